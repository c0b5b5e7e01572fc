package import CanonicalJSON
package import LedgerCrypto

/// Typed members of statements: each reads one strict spelling and writes the same.
extension MemberReader {
  private func bad(_ name: String, _ allowed: String) -> FieldError {
    .notAllowed(path(of: name), allowed: allowed)
  }

  /// What a value may be, in the words of an error.
  private enum Allowed {
    static let eventID = "an event id, 64 hexadecimal digits in lower case"
    static let name =
      "a name: 1 to 128 of the characters a-z, 0-9, `.`, `_`, `-` and `/`, such as laion/2b-en"
    static let actor =
      "an actor's name: 1 to 128 of the characters a-z, 0-9, `.`, `_` and `-`, such as hotline"
    static let versioned = "a release or list as NAME@VERSION, such as laion@1.0"
    static let time = "a time with whole seconds in UTC, such as 2024-03-20T00:00:00Z"
  }

  package mutating func digest(_ name: String) throws(FieldError) -> Digest {
    guard let value = try text(name).digest else { throw .outOfRange(path(of: name)) }
    return value
  }

  package mutating func eventID(_ name: String) throws(FieldError) -> EventID {
    EventID(try digest(name))
  }

  package mutating func optionalEventID(_ name: String) throws(FieldError) -> EventID? {
    guard let text = try optionalText(name) else { return nil }
    guard let digest = text.digest else { throw bad(name, Allowed.eventID) }
    return EventID(digest)
  }

  /// Event ids, ascending without repetition, at most 256.
  package mutating func eventIDs(
    _ name: String, count: ClosedRange<Int> = 1...256
  ) throws(FieldError) -> [EventID] {
    guard
      let list = try count.lowerBound == 0
        ? optionalArray(name, count: 1...count.upperBound) : array(name, count: count)
    else { return [] }
    var result: [EventID] = []
    for item in list {
      guard let digest = item.digest, result.last.map({ $0.digest < digest }) ?? true else {
        throw bad(name, "event ids, ascending and each once")
      }
      result.append(EventID(digest))
    }
    return result
  }

  package mutating func actor(_ name: String) throws(FieldError) -> ActorName {
    guard let value = ActorName(try string(name)) else { throw bad(name, Allowed.actor) }
    return value
  }

  package mutating func optionalActor(_ name: String) throws(FieldError) -> ActorName? {
    guard let text = try optionalString(name) else { return nil }
    guard let value = ActorName(text) else { throw bad(name, Allowed.actor) }
    return value
  }

  package mutating func name(_ name: String) throws(FieldError) -> Name {
    guard let value = Name(try string(name)) else { throw bad(name, Allowed.name) }
    return value
  }

  package mutating func optionalName(_ name: String) throws(FieldError) -> Name? {
    guard let text = try optionalString(name) else { return nil }
    guard let value = Name(text) else { throw bad(name, Allowed.name) }
    return value
  }

  package mutating func versioned(_ name: String) throws(FieldError) -> VersionedName {
    guard let value = VersionedName(try string(name)) else { throw bad(name, Allowed.versioned) }
    return value
  }

  package mutating func optionalVersioned(_ name: String) throws(FieldError) -> VersionedName? {
    guard let text = try optionalString(name) else { return nil }
    guard let value = VersionedName(text) else { throw bad(name, Allowed.versioned) }
    return value
  }

  /// A moment spelled with whole seconds.
  package mutating func time(_ name: String) throws(FieldError) -> Timestamp {
    guard let value = try text(name).seconds else { throw bad(name, Allowed.time) }
    return value
  }

  package mutating func optionalTime(_ name: String) throws(FieldError) -> Timestamp? {
    guard let text = try optionalText(name) else { return nil }
    guard let value = text.seconds else { throw bad(name, Allowed.time) }
    return value
  }

  /// A count of things, 0 to 2^53 − 1.
  package mutating func amount(_ name: String) throws(FieldError) -> UInt64 {
    UInt64(try integer(name, in: 0...9_007_199_254_740_991))
  }

  /// A word of a closed vocabulary.
  package mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _: Word.Type = Word.self
  ) throws(FieldError) -> Word {
    guard let value = Word(rawValue: try string(name)) else {
      throw bad(name, Self.list(of: Word.self))
    }
    return value
  }

  package mutating func optionalWord<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _: Word.Type = Word.self
  ) throws(FieldError) -> Word? {
    guard let text = try optionalString(name) else { return nil }
    guard let value = Word(rawValue: text) else { throw bad(name, Self.list(of: Word.self)) }
    return value
  }

  /// The words of a vocabulary, as an error lists them.
  static func list<Word: RawRepresentable<String> & CaseIterable>(of _: Word.Type) -> String {
    let words = Word.allCases.map(\.rawValue).sorted()
    guard words.count > 1 else { return words.joined() }
    return "one of \(words.dropLast().joined(separator: ", ")) or \(words[words.count - 1])"
  }

  /// A raw Ed25519 public key in base64.
  package mutating func publicKey(_ name: String) throws(FieldError) -> VerifyingKey {
    guard let bytes = try text(name).base64, let raw = Digest(bytes: bytes) else {
      throw .outOfRange(path(of: name))
    }
    return VerifyingKey(bytes: raw)
  }

  /// A nested value that is read by its own initialiser.
  package mutating func nested<Value: StatementPart>(
    _ name: String, _: Value.Type = Value.self
  ) throws(FieldError) -> Value {
    var reader = try object(name)
    let value = try Value(from: &reader)
    try reader.finish()
    return value
  }

  package mutating func optionalNested<Value: StatementPart>(
    _ name: String, _: Value.Type = Value.self
  ) throws(FieldError) -> Value? {
    guard var reader = try optionalObject(name) else { return nil }
    let value = try Value(from: &reader)
    try reader.finish()
    return value
  }

  /// A list of nested values; one that may be absent is never there and empty.
  package mutating func nestedList<Value: StatementPart>(
    _ name: String, count: ClosedRange<Int>, _: Value.Type = Value.self
  ) throws(FieldError) -> [Value] {
    let list =
      try count.lowerBound == 0
      ? optionalArray(name, count: 1...count.upperBound) ?? [] : array(name, count: count)
    var result: [Value] = []
    for item in list {
      var reader = try reader(of: item)
      result.append(try Value(from: &reader))
      try reader.finish()
    }
    return result
  }
}

/// A JSON object inside a statement, read strictly and written back the same.
package protocol StatementPart: Hashable, Sendable {
  /// Reads the members; whoever calls checks that none is left over.
  init(from reader: inout MemberReader) throws(FieldError)
  /// Writes the members.
  func write(to object: inout JSONObject)
}

extension StatementPart {
  package var json: JSON {
    var object = JSONObject()
    write(to: &object)
    return .object(object)
  }
}

extension JSONObject {
  package mutating func set(_ name: String, _ value: some CustomStringConvertible) {
    self[name] = .string(value.description)
  }

  package mutating func set(_ name: String, _ value: (some RawRepresentable<String>)?) {
    if let value { self[name] = .string(value.rawValue) }
  }

  package mutating func set(_ name: String, amount: UInt64) {
    self[name] = .integer(Int64(clamping: amount))
  }

  package mutating func set(_ name: String, time: Timestamp?) {
    if let time { self[name] = .string(time.seconds) }
  }

  package mutating func set(_ name: String, part: (some StatementPart)?) {
    if let part { self[name] = part.json }
  }

  package mutating func set(_ name: String, parts: [some StatementPart]) {
    self[name] = .array(parts.map(\.json))
  }

  /// Event ids, written only when there are any.
  package mutating func set(_ name: String, events: [EventID]) {
    if !events.isEmpty { self[name] = .array(events.map { .string($0.description) }) }
  }
}
