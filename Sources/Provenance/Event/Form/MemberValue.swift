package import CanonicalJSON

/// What a value can mention; known from its type alone.
package struct MentionKinds: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  package static let events = MentionKinds(rawValue: 1)
  package static let attachments = MentionKinds(rawValue: 2)
  /// Moments that are spoken of as past.
  package static let times = MentionKinds(rawValue: 4)
  package static let sets = MentionKinds(rawValue: 8)
}

/// What values mentioned.
package struct Mentions: Sendable {
  package var events: [EventID] = []
  package var attachments: [(field: String, reference: AttachmentReference)] = []
  package var times: [Timestamp] = []
  package var sets: [SetReference] = []
}

/// A type of member: how it is spelled, what its schema says, and what a value of it mentions.
package protocol MemberValue: Hashable, Sendable {
  associatedtype Unit = Self
  /// Takes the member, or gives `nil` when it is not there.
  static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self?
  /// Takes the member; what may be absent is then `nil`.
  static func take(_ name: String, from reader: inout MemberReader) throws(FieldError) -> Self
  /// Sets the member; what is absent sets nothing.
  func set(_ name: String, in object: inout JSONObject)
  static var shape: MemberShape { get }
  static var isOptional: Bool { get }
  /// How the elements of a list are ordered.
  static var order: ListOrder { get }
  static var mentioned: MentionKinds { get }
  /// Adds what the value mentions; an attachment goes by the name of the member that holds it, which
  /// is part of the format: sealed bytes are bound to it.
  func mention(_ name: String, in mentions: inout Mentions)
  /// The single things of which topics can be made.
  var units: [Unit] { get }
}

/// What a member's schema says beside its meaning.
package indirect enum MemberShape: Hashable, Sendable, ExpressibleByStringLiteral {
  /// A definition of `common.schema.json`; what a literal is.
  case ref(String)
  /// One of the words.
  case words([String])
  case truth
  case list(MemberShape, ClosedRange<Int>, isUnique: Bool)

  package init(stringLiteral name: String) { self = .ref(name) }

  static let sealedAttachment = MemberShape.ref("sealedAttachment")
}

/// In which order a statement has a list's elements: ascending by bytes, where the order means nothing.
package enum ListOrder: Hashable, Sendable {
  case asGiven
  /// Words, names and ids.
  case ascending
  /// Objects, by one of their members.
  case by(String)
  /// Things that a statement is about: by kind, then by name.
  case byThing
}

extension MemberValue {
  package static func take(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self {
    guard let value = try takeIfThere(name, from: &reader) else {
      throw .missing(reader.path(of: name))
    }
    return value
  }
  package static var isOptional: Bool { false }
  package static var order: ListOrder { .asGiven }
  package static var mentioned: MentionKinds { [] }
  package func mention(_ name: String, in mentions: inout Mentions) {}
}
extension MemberValue where Unit == Self {
  package var units: [Self] { [self] }
}

extension Optional: MemberValue where Wrapped: MemberValue {
  package typealias Unit = Wrapped.Unit
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { .some(try Wrapped.takeIfThere(name, from: &reader)) }
  package static func take(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self { try Wrapped.takeIfThere(name, from: &reader) }
  package func set(_ name: String, in object: inout JSONObject) { self?.set(name, in: &object) }
  package static var shape: MemberShape { Wrapped.shape }
  package static var isOptional: Bool { true }
  package static var order: ListOrder { Wrapped.order }
  package static var mentioned: MentionKinds { Wrapped.mentioned }
  package func mention(_ name: String, in mentions: inout Mentions) {
    self?.mention(name, in: &mentions)
  }
  package var units: [Wrapped.Unit] { self?.units ?? [] }
}

/// A closed vocabulary, in the order in which its words are explained.
package protocol Vocabulary: MemberValue, RawRepresentable<String>, CaseIterable {}
extension Vocabulary {
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalWord(name) }
  package func set(_ name: String, in object: inout JSONObject) {
    object[name] = .string(rawValue)
  }
  package static var shape: MemberShape { .words(allCases.map(\.rawValue)) }
}

extension Bool: MemberValue {
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalBool(name) }
  package func set(_ name: String, in object: inout JSONObject) { object[name] = .bool(self) }
  package static var shape: MemberShape { .truth }
}

extension UInt64: MemberValue {
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalAmount(name) }
  package func set(_ name: String, in object: inout JSONObject) { object.set(name, amount: self) }
  package static var shape: MemberShape { .ref("amount") }
}
