package import CanonicalJSON

/// Removed rows are to come back as they were, or rows that were to go are to stay.
package struct ReinstatementDecided: EventBody {
  package static let kind = Kind.reinstatementDecided
  /// The release of the line on which it is decided.
  package let release: VersionedName
  /// The removals that the keys are taken back from, ascending; a key that another removal also names stays removed.
  package let removals: [EventID]
  /// What it rests on, ascending: disputes resolved in favour of who opened them, or verifications with the outcome `false-positive`, whose counts bear out as many keys as they say of keys or rows, `exact` or `at-least`.
  package let grounds: [EventID]
  /// For a verified match: the union-computed events by which the removals rest on it, ascending.
  package let unions: [EventID]
  /// The keys, and the rows that they had when they were removed.
  package let reinstated: Tally
  /// The keys.
  package let set: SetReference

  package init(
    release: VersionedName, removals: [EventID], grounds: [EventID], unions: [EventID] = [],
    reinstated: Tally, set: SetReference
  ) {
    self.release = release
    self.removals = removals.sorted()
    self.grounds = grounds.sorted()
    self.unions = unions.sorted()
    self.reinstated = reinstated
    self.set = set
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    removals = try reader.eventIDs("removals")
    grounds = try reader.eventIDs("grounds")
    unions = try reader.eventIDs("unions", count: 0...256)
    reinstated = try reader.nested("reinstated")
    set = try reader.nested("set")
    guard set.keys == reinstated.keys, reinstated.keys > 0 else {
      throw .outOfRange(reader.path(of: "reinstated"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("removals", events: removals)
    object.set("grounds", events: grounds)
    object.set("unions", events: unions)
    object.set("reinstated", part: reinstated)
    object.set("set", part: set)
  }

  package var concerns: [Topic] { [.release(release)] + removals.map { .event($0) } }
  package var subjects: [Subject] {
    [Subject(named: release.description), Subject("set", root: self.set.root)]
  }
  package var references: [EventID] { removals + grounds + unions }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    self.set.members.map { [("set", $0)] } ?? []
  }
}
