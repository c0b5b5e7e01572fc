package import CanonicalJSON

/// A nested object.
package protocol PartValue: StatementPart, MemberValue {
  /// The definition of `common.schema.json`.
  static var definition: String { get }
}
extension PartValue {
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? { try reader.optionalNested(name) }
  package func set(_ name: String, in object: inout JSONObject) { object[name] = json }
  package static var shape: MemberShape { .ref(definition) }
}

extension AttachmentReference: PartValue {
  package static let definition = "attachment"
  package static var mentioned: MentionKinds { .attachments }
  package func mention(_ name: String, in mentions: inout Mentions) {
    mentions.attachments.append((name, self))
  }
}

extension SetReference: PartValue {
  package static let definition = "set"
  package static var mentioned: MentionKinds { [.attachments, .sets] }
  package func mention(_ name: String, in mentions: inout Mentions) {
    mentions.sets.append(self)
    members?.mention(name, in: &mentions)
  }
}

extension Evidence: PartValue {
  package static let definition = "evidenceItem"
  package static var mentioned: MentionKinds { [.attachments, .times] }
  package func mention(_ name: String, in mentions: inout Mentions) {
    attachment.mention(name, in: &mentions)
    mentions.times.append(retrievedAt)
  }
}

extension Count: PartValue {
  package static let definition = "count"
  package static var mentioned: MentionKinds { .times }
  package func mention(_ name: String, in mentions: inout Mentions) { mentions.times.append(asOf) }
}

extension Topic: PartValue {
  package static let definition = "topic"
  package static var mentioned: MentionKinds { .events }
  package func mention(_ name: String, in mentions: inout Mentions) {
    if case .event(let id) = self { mentions.events.append(id) }
  }
}

extension Tally: PartValue { package static let definition = "tally" }
extension ColumnsFixed: PartValue { package static let definition = "columns" }
extension Charter: PartValue { package static let definition = "charter" }
