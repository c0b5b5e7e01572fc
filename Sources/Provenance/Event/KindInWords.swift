extension Kind {
  /// The kind within a sentence: `an actor-registered event`, `a union-computed event`.
  package var inWords: String {
    let isVowel = "aeio".contains { rawValue.hasPrefix(String($0)) }
    return "\(isVowel ? "an" : "a") \(rawValue) event"
  }
}
