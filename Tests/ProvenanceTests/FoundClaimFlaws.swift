import LedgerCrypto
import Provenance
import SetCommitment
import TestSupport

/// What can be wrong with a claim of an operator who logs anything.
extension FoundFlaw {
  static func ofRows() throws -> [FoundFlaw] {
    let row = try OneRow()
    let held = HeldRow(json: Array(OneRow.url.utf8), secret: nil)
    let other = HeldRow(json: Array("{\"URL\":\"https://b.example/\"}".utf8), secret: nil)
    let secret = HeldRow(json: held.json, secret: [UInt8](repeating: 7, count: 32))
    let keyed = Body.datasetRegistered(
      DatasetRegistered(
        dataset: .named("laion"), identity: ["URL"], content: nil, tagging: .keyed,
        secretCommitment: .of("another secret"), derivedFrom: nil))
    func verdict(
      _ before: Body..., release: Body? = nil, present: Bool = true, witness: [UInt8]? = nil,
      held: HeldRow? = nil
    ) throws -> Verdict {
      var log = try DishonestLog()
      for body in before { try log.append(body) }
      let last = try log.append(release ?? row.release("laion@1"))
      let witness = witness ?? row.witness
      let claim =
        present
        ? Claim.presence(release: last, key: row.entry.key, witness: witness)
        : .absence(release: last, key: row.entry.key, witness: witness)
      return BundleVerifier(anchors: try log.anchors, row: held)
        .verify(try log.bundle(Array(0...last), claims: [claim]).bytes)
    }
    let compact = try SampleBundle.compact()
    func claiming(_ claim: Claim) -> Verdict {
      BundleVerifier(anchors: compact.anchors).verify(compact.bundle.with(claims: [claim]).bytes)
    }
    return [
      FoundFlaw(.notInBundle(5), claiming(.event(5))),
      FoundFlaw(.notARelease(4), claiming(.presence(release: 4, key: .zero, witness: []))),
      FoundFlaw(.witness(.truncated), try verdict(.dataset(), witness: [])),
      FoundFlaw(.claimDiffers(isPresent: false), try verdict(.dataset(), present: false)),
      FoundFlaw(
        .claimDiffers(isPresent: true),
        try verdict(
          .dataset(), release: OneRow.emptied("laion@2", from: "laion@1"), witness: [0])),
      FoundFlaw(
        .rowsDiffer(.named("laion@1")), try verdict(.dataset(), release: miscounted(row))),
      FoundFlaw(.otherRow, try verdict(.dataset(), held: other)),
      FoundFlaw(
        .columnsDiffer(.named("laion")),
        try verdict(.dataset(), .dataset(content: ["TEXT"]), held: held)),
      FoundFlaw(.otherSecret, try verdict(keyed, held: secret)),
    ]
  }

  static func ofTransitions() throws -> [FoundFlaw] {
    let row = try OneRow()
    let lists = try TransitionLists(removed: [row.entry.key], changed: [], added: []).bytes
    let parent = row.release("laion@1")
    let child = OneRow.emptied("laion@2", from: "laion@1")
    func verdict(
      _ first: Body, _ second: Body, turned: Bool = false, witness: [UInt8]? = nil,
      lists: [UInt8] = lists, isThere: Bool = true
    ) throws -> Verdict {
      var log = try DishonestLog()
      let sequences = [try log.append(first), try log.append(second)]
      let witness = witness ?? row.witness
      let claim = Claim.transition(
        from: sequences[turned ? 1 : 0], to: sequences[turned ? 0 : 1],
        witness: DishonestLog.reference(witness), lists: DishonestLog.reference(lists))
      return try log.verdict(
        try log.bundle(
          [0] + sequences, attachments: isThere ? [witness, lists] : [], claims: [claim]))
    }
    let another = Body.releasePublished(
      ReleasePublished(
        release: .named("laion@2"), root: SetHash.root(.release, count: 0, top: SetHash.empty),
        tally: Tally(keys: 0, rows: 0), columns: nil, shards: 1, manifest: .of("m", .sealed),
        derivation: .from("laion@1", removed: Tally(keys: 1, rows: 2), disclosure: .open)))
    return [
      FoundFlaw(
        .notDerived(.named("laion@2"), from: .named("laion@1")),
        try verdict(parent, OneRow.emptied("laion@2", from: "laion@0"))),
      FoundFlaw(
        .parentLater(.named("laion@1"), at: 2, child: .named("laion@2"), childAt: 1),
        try verdict(child, parent, turned: true)),
      FoundFlaw(.transitionMissing, try verdict(parent, child, isThere: false)),
      FoundFlaw(.transition(.witness(.truncated)), try verdict(parent, child, witness: [])),
      FoundFlaw(.lists(.notTransitionLists), try verdict(parent, child, lists: [7])),
      FoundFlaw(.transitionRowsDiffer, try verdict(miscounted(row), child)),
      FoundFlaw(.transitionDiffers(.named("laion@2")), try verdict(parent, another)),
    ]
  }

  /// A release of one row that is said to have two.
  private static func miscounted(_ row: OneRow) -> Body {
    .releasePublished(
      ReleasePublished(
        release: .named("laion@1"), root: row.root, tally: Tally(keys: 1, rows: 2),
        columns: OneRow.columns, shards: 1, manifest: .of("m", .sealed), derivation: nil))
  }
}
