/// How much the fuzz tests do.
package enum Fuzz {
  /// How many mutated inputs each parser gets.
  package static var inputs: Int { Mutations.standardCount }
}

extension [UInt8] {
  /// The UTF-8 of text.
  package init(_ text: String) { self = Array(text.utf8) }

  /// These bytes with one to four edits: a flip, a removal, an insertion, a doubling, or a cut.
  package func mutated(by random: inout SplitMix64, dictionary: [String] = []) -> [UInt8] {
    var bytes = self
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<7, using: &random) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 3:
        let end = Int.random(in: place...bytes.count, using: &random)
        bytes.insert(contentsOf: bytes[place..<Swift.min(end, place + 40)], at: place)
      case 4: bytes.removeSubrange(place..<Swift.min(place + 3, bytes.count))
      case 5: if Int.random(in: 0..<8, using: &random) == 0 { bytes.removeSubrange(place...) }
      default:
        if let word = dictionary.randomElement(using: &random) {
          bytes.insert(contentsOf: word.utf8, at: place)
        }
      }
    }
    return bytes
  }
}
