import Files
import LedgerCrypto
import LedgerStore
import Provenance
import Testing
import Workflows

/// Rows of class `illegal` that another list than their batch's would show.
@Suite struct `A row that is removed twice` {
  let place: Place

  init() throws { place = try Place() }

  /// At least `minimum` rows must leave for each of class `illegal`.
  private func setDilution(_ minimum: UInt64) throws {
    _ = try place.session().set(
      Charter(
        rules: Charter.initial.rules, minimumDilution: minimum, allowsUnreconciled: false))
  }

  private func isShown(_ child: VersionedName) throws -> Bool {
    let session = try place.session()
    _ = try session.checkpoint()
    do {
      _ = try session.proveTransition(from: Place.release, to: child)
      return true
    } catch WorkflowFailure.transitionSealed(child) {
      return false
    }
  }

  @Test func `first openly and then as illegal is no longer listed`() throws {
    try setDilution(4)
    try place.decide(0..<8)
    #expect(try place.clean().disclosure == .open)
    #expect(try isShown(Place.cleaned))
    // The removal itself is never held up.
    let done = try place.remove(.illegal)
    #expect(done.recorded.removal.receipt.isNew && done.exposed == [Place.cleaned])
    #expect(try !isShown(Place.cleaned))
    // Cleaned again, both decisions are one batch.
    let again = try place.clean(to: VersionedName("pets@3")!, out: "again")
    #expect(again.disclosure == .sealed && again.publication.manifest.disclosure == .sealed)
  }

  @Test func `stays listed among enough others`() throws {
    try setDilution(4)
    try place.decide(0..<8)
    _ = try place.clean()
    let few = VersionedName("hot@2")!
    _ = try place.addList([0, 1, 20], few)
    let match = try place.match(few).recorded.receipt.sequence
    #expect(try place.remove(.illegal, matches: [match]).exposed == [])
    #expect(try isShown(Place.cleaned))
    // A third of them is one too many.
    let third = VersionedName("hot@3")!
    _ = try place.addList([2], third)
    let more = try place.match(third).recorded.receipt.sequence
    #expect(try place.remove(.illegal, matches: [more]).exposed == [Place.cleaned])
    #expect(try !isShown(Place.cleaned))
  }

  @Test func `that the list does not hold does not matter`() throws {
    try setDilution(4)
    try place.decide(0..<8)
    _ = try place.clean()
    let others = VersionedName("hot@2")!
    _ = try place.addList(20..<28, others)
    let match = try place.match(others).recorded.receipt.sequence
    #expect(try place.remove(.illegal, matches: [match]).exposed == [])
    #expect(try isShown(Place.cleaned))
  }

  @Test func `first as illegal is not listed by a later batch of another release`() throws {
    try setDilution(4)
    try place.decide(0..<8)
    _ = try place.remove(.illegal)
    #expect(try place.clean().disclosure == .sealed)
    // The same rows once more, in a release that nobody derived from the first.
    let twin = VersionedName("pets@9")!
    _ = try place.session().publishRelease(twin, files: try place.putShards("twin"))
    _ = try place.match(on: twin)
    _ = try place.remove(.privacy, on: twin)
    let session = try place.session()
    let done = try session.clean(
      twin, to: VersionedName("pets@10")!, out: "\(place.path)/twin-out")
    #expect(done.disclosure == .sealed && done.publication.manifest.disclosure == .sealed)
    #expect(try session.verifyLedger(remembered: nil).isIntact)
  }

  @Test func `as illegal by members that are sealed here counts in full`() throws {
    try setDilution(4)
    try place.decide(0..<8)
    _ = try place.clean()
    let others = VersionedName("hot@2")!
    _ = try place.addList(20..<28, others)
    let match = try place.match(others).recorded.receipt.sequence
    let removal = try place.remove(.illegal, matches: [match])
    let event = try place.session().ledger.event(id: removal.recorded.union.receipt.id)
    guard case .unionComputed(let union) = event?.statement.body else {
      Issue.record("there is no union")
      return
    }
    let members = try #require(union.set.members)
    try place.session().secrets().discard(SecretDirectory.attachmentName(members.sha256))
    #expect(try !isShown(Place.cleaned))
  }
}
