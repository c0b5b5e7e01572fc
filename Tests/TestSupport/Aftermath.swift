package import Provenance

/// What comes after ``Story``: every other kind of event, and the imports that know no root.
package struct Aftermath: Sendable {
  package let story: Story
  package var ledger: TestLedger
  package let notice: EventID
  package let dispute: EventID
  package let resolution: EventID
  package let reinstatement: EventID
  package let reinstated: EventID
  package let claim: EventID
  package let erased: EventID
  /// An attachment that the story's deprecation names, in the end erased.
  package let reason = AttachmentReference.of("why diffusion is deprecated")

  package init() throws {
    story = try Story()
    var ledger = story.ledger
    try ledger.enrol("wendy", .watchdog, .auditor)
    try ledger.admit(.actorRegistered("registry", after: ledger.after), by: "alice")
    let removal = story.removal
    // Dataset.
    try ledger.admit(.withdrawal(), by: "alice")
    try ledger.admit(.observation("laion@2", publication: story.cleaned), by: "wendy")
    try ledger.admit(.dataset("laion-coco", derivedFrom: "laion@1"), by: "alice")
    try ledger.admit(.derivativeCleaned("laion-coco", .sealed), by: "wendy")
    try ledger.admit(.derivativeDeleted(), by: "wendy")
    try ledger.admit(.availability(), by: "wendy")
    // Finding.
    try ledger.admit(.suspicion(), by: "wendy")
    notice = try ledger.admit(.notice(), by: "wendy")
    try ledger.admit(.acknowledgement(notice), by: "alice")
    try ledger.admit(.response(notice), by: "alice")
    try ledger.admit(.filter("laion@2", keys: 100, rows: 105, scanned: 978, .sealed), by: "alice")
    dispute = try ledger.admit(.dispute(removal), by: "wendy")
    resolution = try ledger.admit(.resolution(dispute), by: "alice")
    // Cleanup.
    reinstatement = try ledger.admit(
      .reinstatement("laion@2", of: [removal], grounds: [resolution]), by: "alice")
    reinstated = try ledger.admit(
      .release(
        "laion@3", keys: 971, rows: 980, manifest: .sealed,
        derivation: .from(
          "laion@2", added: Tally(keys: 1, rows: 2), reinstatements: [reinstatement])),
      by: "alice")
    try ledger.admit(.residue("laion@3", removal: removal), by: "wendy")
    try ledger.admit(.authorityReport(), by: "vera")
    (claim, erased) = try Self.goOn(&ledger, reason)
    self.ledger = ledger
  }

  private static func goOn(
    _ ledger: inout TestLedger, _ reason: AttachmentReference
  ) throws -> (EventID, EventID) {
    let named = ledger.entries.first { $0.event.statement.body.kind == .modelDeprecated }!.event.id
    let hold = try ledger.admit(.hold([reason]), by: "alice")
    try ledger.admit(.holdEnded([reason], hold), by: "alice")
    try ledger.admit(.withholding(reason, of: [named]), by: "alice")
    try ledger.admit(.withholding(reason, of: [named], .returned), by: "alice")
    let erased = try ledger.admit(.erasure(reason, of: [named]), by: "bob")
    // Model.
    try ledger.admit(.model("diffusion/copy"), by: "alice")
    try ledger.admit(.derived("diffusion/copy", from: "diffusion"), by: "wendy")
    let request = try ledger.admit(.deprecationRequest(), by: "wendy")
    try ledger.admit(.modelWithdrawal(), by: "alice")
    try ledger.admit(.modelTest(), by: "wendy")
    try ledger.admit(.safeguard(), by: "wendy")
    // Claim.
    let claim = try ledger.admit(.claim(), by: "wendy")
    try ledger.admit(.evidencePinned(about: [.event(claim)]), by: "wendy")
    let advice = try ledger.admit(.recommendation(), by: "wendy")
    try ledger.admit(.measure(answers: [advice, request].sorted()), by: "alice")
    try ledger.admit(.correction(claim), by: "wendy")
    try ledger.admit(.audit(), by: "wendy")
    try ledger.admit(.proceeding(), by: "wendy")
    try tellOthers(&ledger)
    try ledger.admit(
      .logKey(after: ledger.after),
      keys: [TestLedger.TestKeys["bob"], TestLedger.TestKeys["second log"]])
    return (claim, erased)
  }

  /// The history of one who does not sign, as others recorded it.
  private static func tellOthers(_ ledger: inout TestLedger) throws {
    func ofRegistry(_ header: inout Header) {
      header.attestation = .thirdPartyImport
      header.attributedTo = .named("registry")
    }
    try ledger.admit(.dataset("theirs"), by: "alice", edit: ofRegistry)
    try ledger.admit(.releaseStated("theirs@1"), by: "alice", edit: ofRegistry)
    let list = try ledger.admit(.listStated("registry@1"), by: "alice", edit: ofRegistry)
    let match = try ledger.admit(
      .matchStated("theirs@1", list: list), by: "alice", edit: ofRegistry)
    let filter = try ledger.admit(.filterStated("theirs@1"), by: "alice", edit: ofRegistry)
    let union = try ledger.admit(
      .unionStated("theirs@1", of: [match, filter].sorted()), by: "alice", edit: ofRegistry)
    try ledger.admit(.removalStated("theirs@1", sources: [union]), by: "alice", edit: ofRegistry)
    try ledger.admit(
      .releaseStated("theirs@2", parent: "theirs@1"), by: "alice", edit: ofRegistry)
    try ledger.admit(.verification(match, count: 1_008), by: "vera", edit: ofRegistry)
    try ledger.admit(
      .modelRegistered(ModelRegistered(model: .named("theirs/model"), artifacts: [])),
      by: "alice", edit: ofRegistry)
    try ledger.admit(
      .training("theirs/model", on: "theirs@1"), by: "alice", edit: ofRegistry)
  }
}
