package import CanonicalJSON
package import LedgerCrypto

/// What can stand in a list; it says how its lists are spelled: ascending and each once, but for one
/// whose order means something.
package protocol ListElement: Hashable, Sendable {
  static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self]
  static func set(_ list: [Self], _ name: String, in object: inout JSONObject)
  static var listShape: MemberShape { get }
  static var listOrder: ListOrder { get }
  static var listMentions: MentionKinds { get }
  static func mention(_ list: [Self], in mentions: inout Mentions)
}
extension ListElement {
  package static var listMentions: MentionKinds { [] }
  package static func mention(_ list: [Self], in mentions: inout Mentions) {}
}
extension ListElement where Self: StatementPart {
  package static func set(_ list: [Self], _ name: String, in object: inout JSONObject) {
    object.set(name, parts: list)
  }
}

extension Array: MemberValue where Element: ListElement {
  package typealias Unit = Element
  package static func takeIfThere(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self? {
    reader.has(name) ? try Element.takeList(name, from: &reader) : nil
  }
  package static func take(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> Self { try Element.takeList(name, from: &reader) }
  package func set(_ name: String, in object: inout JSONObject) {
    Element.set(self, name, in: &object)
  }
  package static var shape: MemberShape { Element.listShape }
  package static var order: ListOrder { Element.listOrder }
  package static var mentioned: MentionKinds { Element.listMentions }
  package func mention(_ name: String, in mentions: inout Mentions) {
    Element.mention(self, in: &mentions)
  }
  package var units: [Element] { self }
}

extension Topic: ListElement {
  package static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self] { try reader.topics(name) }
  package static var listShape: MemberShape { .ref("topics") }
  package static var listOrder: ListOrder { .byThing }
  package static var listMentions: MentionKinds { .events }
  package static func mention(_ list: [Self], in mentions: inout Mentions) {
    mentions.events += list.compactMap(\.eventID)
  }
}

extension Count: ListElement {
  package static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self] { try reader.counts(name, isOptional: false) }
  package static var listShape: MemberShape { .ref("counts") }
  package static var listOrder: ListOrder { .by("unit") }
  package static var listMentions: MentionKinds { .times }
  package static func mention(_ list: [Self], in mentions: inout Mentions) {
    mentions.times += list.map(\.asOf)
  }
}

extension EventID: ListElement {
  package static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self] { try reader.eventIDs(name) }
  package static func set(_ list: [Self], _ name: String, in object: inout JSONObject) {
    object.set(name, events: list)
  }
  package static var listShape: MemberShape { .ref("eventIds") }
  package static var listOrder: ListOrder { .ascending }
  package static var listMentions: MentionKinds { .events }
  package static func mention(_ list: [Self], in mentions: inout Mentions) {
    mentions.events += list
  }
}

extension Digest: ListElement {
  package static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self] { try reader.digests(name) }
  package static func set(_ list: [Self], _ name: String, in object: inout JSONObject) {
    object[name] = .array(list.map { .string($0.hex) })
  }
  package static var listShape: MemberShape { .ref("digests") }
  package static var listOrder: ListOrder { .ascending }
}

/// Text in a list is a column's name: no other text stands in an entry. The order is the dataset's own.
extension String: ListElement {
  package static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self] {
    var names: [String] = []
    var seen: Set<[UInt8]> = []
    for item in try reader.array(name, count: 1...4096) {
      guard let text = item.string, ColumnName.isValid(text),
        seen.insert(Array(text.utf8)).inserted
      else { throw .outOfRange(reader.path(of: name)) }
      names.append(text)
    }
    return names
  }
  package static func set(_ list: [Self], _ name: String, in object: inout JSONObject) {
    object[name] = .array(list.map { .string($0) })
  }
  package static var listShape: MemberShape { .list("columnName", 1...4096, isUnique: true) }
  package static var listOrder: ListOrder { .asGiven }
}

extension ActorName: ListElement {
  package static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self] { try reader.actors(name, count: 1...64) }
  package static func set(_ list: [Self], _ name: String, in object: inout JSONObject) {
    object[name] = .array(list.map { .string($0.text) })
  }
  package static var listShape: MemberShape { .ref("actorNames") }
  package static var listOrder: ListOrder { .ascending }
}
