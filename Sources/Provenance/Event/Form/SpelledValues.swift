package import CanonicalJSON
package import LedgerCrypto

/// A value that is one string.
package protocol Spelled: MemberValue, CustomStringConvertible {
  /// The definition of `common.schema.json`.
  static var definition: String { get }
}
extension Spelled {
  package func set(_ name: String, in object: inout JSONObject) {
    object[name] = .string(description)
  }
  package static var shape: MemberShape { .ref(definition) }
}

extension ActorName: Spelled {
  package static let definition = "actorName"
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalActor(name) }
}

extension Name: Spelled {
  package static let definition = "name"
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalName(name) }
}

extension VersionedName: Spelled {
  package static let definition = "versionedName"
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalVersioned(name) }
}

extension HostName: Spelled {
  package static let definition = "hostName"
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalHost(name) }
}

extension Origin: Spelled {
  package static let definition = "origin"
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? {
    guard let text = try reader.optionalString(name) else { return nil }
    guard let origin = Origin(text) else { throw .outOfRange(reader.path(of: name)) }
    return origin
  }
}

extension EventID: Spelled {
  package static let definition = "eventId"
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalEventID(name) }
  package static var mentioned: MentionKinds { .events }
  package func mention(_ name: String, in mentions: inout Mentions) { mentions.events.append(self) }
}

extension Digest: Spelled {
  package static let definition = "digest"
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalDigest(name) }
}

extension VerifyingKey: MemberValue {
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? {
    reader.has(name) ? try reader.publicKey(name) : nil
  }
  package func set(_ name: String, in object: inout JSONObject) {
    object[name] = .string(bytes.base64)
  }
  package static var shape: MemberShape { .ref("publicKey") }
}

extension Timestamp: MemberValue {
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalTime(name) }
  package func set(_ name: String, in object: inout JSONObject) { object.set(name, time: self) }
  package static var shape: MemberShape { .ref("time") }
  package static var mentioned: MentionKinds { .times }
  package func mention(_ name: String, in mentions: inout Mentions) { mentions.times.append(self) }
}

/// Text whose grammar the member says.
extension String: MemberValue {
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalString(name) }
  package func set(_ name: String, in object: inout JSONObject) { object[name] = .string(self) }
  package static var shape: MemberShape { .ref("text") }
}
