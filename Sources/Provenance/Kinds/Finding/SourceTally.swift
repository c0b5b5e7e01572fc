package import CanonicalJSON

/// How much one source gave to a union or a removal.
package struct SourceTally: StatementPart {
  package let event: EventID
  package let tally: Tally

  package init(event: EventID, tally: Tally) {
    self.event = event
    self.tally = tally
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    event = try reader.eventID("event")
    tally = try reader.nested("tally")
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("tally", part: tally)
  }
}

extension SourceTally: ListElement {
  package static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self] {
    let sources: [SourceTally] = try reader.nestedList(name, count: 1...256)
    for (a, b) in zip(sources, sources.dropFirst()) where a.event >= b.event {
      throw .outOfRange(reader.path(of: name))
    }
    return sources
  }
  package static var listShape: MemberShape { .list("sourceTally", 1...256, isUnique: false) }
  package static var listOrder: ListOrder { .by("event") }
  package static var listMentions: MentionKinds { .events }
  package static func mention(_ list: [Self], in mentions: inout Mentions) {
    mentions.events += list.map(\.event)
  }
}

extension Judging {
  /// Sources are matches on the release, or filters on it, with the counts that they recorded; what is
  /// sealed in them is not opened by what unites them.
  ///
  /// Never both: by the count of a union of what a list found and of a row that somebody asked for, who
  /// asked would learn whether the list had it.
  func checkSources(
    _ sources: [SourceTally], of release: VersionedName, set: SetReference
  ) throws(Refusal) {
    var areMatches: Set<Bool> = []
    for source in sources {
      guard let content = references[source.event]?.statement.body.content else {
        throw .causeUnknown(source.event)
      }
      guard let finding = content.finding, finding.release == release,
        case .matched(let found) = finding.found, let foundSet = content.sets.first
      else { throw .wrongReference(source.event, expected: "a match or filter on \(release)") }
      guard found == source.tally else { throw .sourceDiffers(source.event) }
      guard set.disclosure == .sealed || foundSet.disclosure == .open else {
        throw .disclosureDiffers(source.event)
      }
      areMatches.insert(body(of: source.event, MatchCompleted.self) != nil)
    }
    guard areMatches.count < 2 else { throw .sourcesMixed(release) }
  }
}
