package import CanonicalJSON
package import LedgerCrypto

/// Lists and rarer members of statements, read strictly.
extension MemberReader {
  /// Counts in different units, by unit ascending; at least one where they must be there.
  package mutating func counts(
    _ name: String, isOptional: Bool
  ) throws(FieldError) -> [Count] {
    let counts = try nestedList(
      name, count: (isOptional ? 0 : 1)...CountUnit.allCases.count, Count.self)
    for (a, b) in zip(counts, counts.dropFirst()) where a.unit.rawValue >= b.unit.rawValue {
      throw .notAllowed(path(of: name), allowed: "counts by unit, ascending, each unit once")
    }
    return counts
  }

  /// Words of a closed vocabulary, at least one, ascending without repetition.
  package mutating func words<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _: Word.Type = Word.self
  ) throws(FieldError) -> [Word] {
    var words: [Word] = []
    for item in try array(name, count: 1...Word.allCases.count) {
      guard let text = item.string, let word = Word(rawValue: text),
        words.last.map({ $0.rawValue < text }) ?? true
      else {
        throw .notAllowed(
          path(of: name), allowed: "words, ascending and each once: \(Self.list(of: Word.self))")
      }
      words.append(word)
    }
    return words
  }

  /// Actors, ascending without repetition; a list that may be absent is never there and empty.
  package mutating func actors(
    _ name: String, count: ClosedRange<Int>
  ) throws(FieldError) -> [ActorName] {
    let list =
      try count.lowerBound == 0
      ? optionalArray(name, count: 1...count.upperBound) ?? [] : array(name, count: count)
    var actors: [ActorName] = []
    for item in list {
      guard let text = item.string, let actor = ActorName(text),
        actors.last.map({ $0 < actor }) ?? true
      else {
        throw .notAllowed(path(of: name), allowed: "names of actors, ascending and each once")
      }
      actors.append(actor)
    }
    return actors
  }

  /// Digests, 1 to 256, ascending without repetition.
  package mutating func digests(_ name: String) throws(FieldError) -> [Digest] {
    var digests: [Digest] = []
    for item in try array(name, count: 1...256) {
      guard let digest = item.digest,
        digests.last.map({ $0 < digest }) ?? true
      else {
        throw .notAllowed(
          path(of: name),
          allowed: "digests of 64 hexadecimal digits in lower case, ascending and each once")
      }
      digests.append(digest)
    }
    return digests
  }

  package mutating func optionalDigest(_ name: String) throws(FieldError) -> Digest? {
    guard let text = try optionalString(name) else { return nil }
    guard let digest = Digest(hex: text) else { throw .outOfRange(path(of: name)) }
    return digest
  }

  package mutating func optionalAmount(_ name: String) throws(FieldError) -> UInt64? {
    try optionalInteger(name, in: 0...Int64(1) << 53 - 1).map { UInt64($0) }
  }

  package mutating func host(_ name: String) throws(FieldError) -> HostName {
    guard let host = HostName(try string(name)) else { throw badHost(name) }
    return host
  }

  package mutating func optionalHost(_ name: String) throws(FieldError) -> HostName? {
    guard let text = try optionalString(name) else { return nil }
    guard let host = HostName(text) else { throw badHost(name) }
    return host
  }

  private func badHost(_ name: String) -> FieldError {
    .notAllowed(
      path(of: name), allowed: "a host's name without scheme or path, such as example.org")
  }

  /// An attachment that is for its custodian only.
  package mutating func optionalSealed(
    _ name: String
  ) throws(FieldError) -> AttachmentReference? {
    guard let reference = try optionalNested(name, AttachmentReference.self) else { return nil }
    guard reference.disclosure == .sealed else {
      throw .notAllowed(path(of: name), allowed: "sealed")
    }
    return reference
  }
}
