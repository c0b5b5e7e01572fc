import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

/// The rows of all projections, as a store keeps them.
struct ProjectedRows {
  struct Place: Hashable { let table: ProjectionTable, key: String }
  var rows: [Place: JSONObject] = [:]

  mutating func put(_ changes: [ProjectionChange]) {
    for change in changes { rows[Place(table: change.table, key: change.key)] = change.document }
  }

  /// The state that a store would come up with.
  func restored(size: UInt64, lastRecordedAt: Timestamp?) throws -> LedgerState {
    var state = LedgerState()
    for (place, document) in rows where LedgerState.restoredTables.contains(place.table) {
      let bytes = JSON.object(document).canonicalBytes
      try state.restore(place.table, JSONDocument(parsingCanonical: bytes).root)
    }
    state.restore(size: size, lastRecordedAt: lastRecordedAt)
    return state
  }
}

func expectSame(_ a: LedgerState, _ b: LedgerState, _ comment: Comment) {
  #expect(a.size == b.size, comment)
  #expect(a.lastRecordedAt == b.lastRecordedAt, comment)
  #expect(a.ledger == b.ledger, comment)
  #expect(a.authority.founding == b.authority.founding, comment)
  #expect(a.authority.actors == b.authority.actors, comment)
  #expect(a.authority.keys == b.authority.keys, comment)
  #expect(a.authority.roles == b.authority.roles, comment)
  #expect(a.catalog.datasets == b.catalog.datasets, comment)
  #expect(a.catalog.releases == b.catalog.releases, comment)
  #expect(a.catalog.lists == b.catalog.lists, comment)
  #expect(a.models.models == b.models.models, comment)
  #expect(a.stated.releases == b.stated.releases, comment)
  #expect(a.stated.lists == b.stated.lists, comment)
  #expect(a.withdrawals.records == b.withdrawals.records, comment)
  #expect(a.disputes.records == b.disputes.records, comment)
  #expect(a.attachments.records == b.attachments.records, comment)
  #expect(a.attachments.holds == b.attachments.holds, comment)
}

@Suite struct `The projections` {
  @Test func `give the folded state back at every prefix of a story`() throws {
    try expectRestored(Aftermath().ledger, "the story and what comes after")
  }

  @Test func `go on from a restored state as from the folded one`() throws {
    let ledger = try Aftermath().ledger
    var rows = ProjectedRows()
    var events: [EventID: AdmittedEvent] = [:]
    var state = LedgerState()
    for (sequence, entry) in ledger.entries.enumerated() {
      // A store opens anew before each entry.
      state = try rows.restored(
        size: UInt64(sequence), lastRecordedAt: sequence == 0 ? nil : state.lastRecordedAt)
      let references = Dictionary(
        uniqueKeysWithValues: entry.event.statement.references.compactMap { id in
          events[id].map { (id, $0) }
        })
      let step = try state.step(entry, references, signatures: .unchecked)
      rows.put(step.changes)
      events[step.event.id] = step.event
    }
    expectSame(state, ledger.state, "opened anew before each entry")
  }

  @Test func `keep findings, verifications and training, which no rule reads`() throws {
    let story = try Aftermath()
    var rows = ProjectedRows()
    for changes in story.ledger.changes { rows.put(changes) }
    let tables = rows.rows.keys.map(\.table)
    #expect(tables.count { $0 == .finding } == 5)
    #expect(tables.count { $0 == .verification } == 2)
    #expect(tables.count { $0 == .training } == 2)
    #expect(Set(tables) == Set(ProjectionTable.allCases))
    for (place, document) in rows.rows {
      var reader = try MemberReader(.object(document), path: "")
      switch place.table {
      case .finding: #expect(try FindingRecord(from: &reader).key == place.key)
      case .verification: #expect(try VerificationRecord(from: &reader).key == place.key)
      case .training: #expect(try TrainingRecord(from: &reader).key == place.key)
      case .observation: #expect(try ObservationRecord(from: &reader).key == place.key)
      case .concern: #expect(try ConcernRecord(from: &reader).key == place.key)
      case .attachmentUse: #expect(try AttachmentUseRecord(from: &reader).key == place.key)
      case let table where LedgerState.restoredTables.contains(table): continue
      default:
        let record = try EventRecord(from: &reader)
        #expect(ProjectionChange.key(of: record.sequence) == place.key)
        #expect(record.body.recordTable == place.table)
      }
      try reader.finish()
    }
  }

  @Test func `refuse a damaged document`() throws {
    let ledger = try Aftermath().ledger
    for changes in ledger.changes {
      for change in changes where LedgerState.restoredTables.contains(change.table) {
        for member in change.document.members {
          var document = change.document
          document[member.name] = .null
          var state = LedgerState()
          #expect(throws: FieldError.self) {
            try state.restore(change.table, JSONElement(.object(document)))
          }
        }
        var document = change.document
        document["extra"] = 1
        var state = LedgerState()
        #expect(throws: FieldError.self) {
          try state.restore(change.table, JSONElement(.object(document)))
        }
        #expect(throws: FieldError.self) { try state.restore(change.table, JSONElement([])) }
      }
    }
  }

  @Test func `of a damaged store cannot make a line of releases without end`() throws {
    var state = LedgerState()
    let a = Body.release("laion@1", derivation: .from("laion@2"))
    let b = Body.release("laion@2", derivation: .from("laion@1"))
    for body in [a, b] {
      guard case .releasePublished(let publication) = body else { continue }
      var record = JSONObject()
      record["publication"] = publication.json
      record["event"] = .string(Digest.of(publication.release.description).hex)
      record["published"] = 5
      try state.restore(.release, JSONElement(.object(record)))
    }
    #expect(state.catalog.line(of: .named("laion@1")).count == 1)
    #expect(!state.catalog.pending(for: .named("laion@2")).contains { $0.isRemoval })
  }

  @Test func `show from when a key counts and who was there`() throws {
    let story = try Story()
    let state = story.ledger.state
    let carol = try #require(
      state.authority.keys[TestLedger.TestKeys["carol"].verifyingKey.id])
    #expect(carol.added == 2)
    #expect(carol.revoked == 20)
    #expect(carol.suspectSince == 5)
    #expect(state.authority.roles(of: .named("carol")) == [])
    #expect(state.authority.roles(of: .named("alice")) == [.administrator, .publisher, .steward])
    #expect(state.models.models[.named("diffusion")]?.deprecated == 18)
    #expect(
      state.catalog.line(of: .named("laion@2")).map(\.publication.release.version) == ["2", "1"])
  }
}
