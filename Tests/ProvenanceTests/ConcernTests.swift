import CanonicalJSON
import Provenance
import TestSupport
import Testing

@Suite struct `What concerns a thing` {
  let aftermath: Aftermath
  let rows: ProjectedRows

  init() throws {
    aftermath = try Aftermath()
    var rows = ProjectedRows()
    for changes in aftermath.ledger.changes { rows.put(changes) }
    self.rows = rows
  }

  /// The kinds that a range of keys finds, as a store reads it.
  func kinds(_ thing: Topic) -> [Kind] {
    let records = rows.rows.compactMap { place, document -> ConcernRecord? in
      guard place.table == .concern, place.key.hasPrefix(thing.label + " "),
        var reader = try? MemberReader(.object(document), path: "")
      else { return nil }
      return try? ConcernRecord(from: &reader)
    }
    return records.sorted { $0.sequence < $1.sequence }.map(\.kind)
  }

  @Test func `is found by the thing's name alone`() {
    #expect(
      kinds(.event(aftermath.story.removal))
        == [.disputeOpened, .reinstatementDecided, .residueFound])
    #expect(kinds(.event(aftermath.dispute)) == [.disputeResolved])
    #expect(kinds(.event(aftermath.notice)) == [.noticeAcknowledged, .responseRecorded])
    #expect(kinds(.event(aftermath.claim)) == [.evidencePinned, .eventCorrected])
    #expect(
      kinds(.release(.named("laion@1")))
        == [.releaseWithdrawn, .suspicionReported, .noticeSent, .authorityReportFiled])
    #expect(kinds(.model(.named("diffusion"))).contains(.availabilityObserved))
    // The copy's name begins like the model's.
    #expect(kinds(.model(.named("diffusion/copy"))) == [.modelDerived])
    #expect(kinds(.event(aftermath.story.match)) == [])
  }

  @Test func `leaves the event as it was`() throws {
    let claim = JSON.string(aftermath.claim.description)
    let before = aftermath.ledger.changes.flatMap(\.self).filter {
      $0.table == .claim && $0.document["event"] == claim
    }
    #expect(before.count == 1)
  }

  @Test func `has a state where it has one`() throws {
    let state = aftermath.ledger.state
    let dispute = try #require(state.disputes.records[aftermath.dispute])
    #expect(dispute.outcome == .upheld)
    #expect(dispute.resolution == aftermath.resolution)
    #expect(dispute.target == aftermath.story.removal)
    #expect(dispute.openers == [.named("wendy")])
    #expect(state.attachments.missing(aftermath.reason.sha256)?.state == .erased)
    #expect(
      state.withdrawals.standing(.release(.named("laion@1")))?.scope == .temporary)
    #expect(state.catalog.datasets[.named("laion-coco")]?.deleted != nil)
    #expect(!state.catalog.pending(for: .named("laion@3")).contains { !$0.isRemoval })
  }
}
