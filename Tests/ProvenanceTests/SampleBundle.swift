import LedgerCrypto
import Provenance
import TestSupport
import TransparencyLog

/// Bundles of a small ledger, and what verifies them.
struct SampleBundle {
  let ledger: TestLedger
  let bundle: Bundle
  let anchors: TrustAnchors

  var bytes: [UInt8] { bundle.bytes }

  /// All entries of a ledger with an open attachment.
  static func complete() throws -> SampleBundle {
    let (ledger, attachment) = try sample()
    return try SampleBundle(
      ledger, items: Array(0..<ledger.size), inclusions: false, attachments: [attachment],
      claims: [.complete])
  }

  /// One entry, and the one that brings its key.
  static func compact() throws -> SampleBundle {
    let (ledger, _) = try sample()
    return try SampleBundle(ledger, items: [0, 4], inclusions: true, claims: [.event(4)])
  }

  private static func sample() throws -> (TestLedger, Bundle.Attachment) {
    var ledger = try TestLedger()
    let bytes = AttachmentReference.bytes("Carol")
    let reference = AttachmentReference.of("Carol")
    try ledger.admit(
      .actorRegistered(.init(actor: .named("carol"), title: reference, after: ledger.after)),
      by: "alice")
    try ledger.admit(.keyAdded("carol", after: ledger.after), by: "alice", "carol")
    try ledger.admit(.dataset(), by: "alice")
    try ledger.admit(.model(), by: "alice")
    try ledger.admit(.dataset("coyo"), by: "alice")
    return (
      ledger,
      Bundle.Attachment(
        reference: BlobReference(sha256: reference.sha256, size: reference.size), bytes: bytes)
    )
  }

  init(
    _ ledger: TestLedger, items: [UInt64], inclusions: Bool,
    attachments: [Bundle.Attachment] = [], claims: [Claim], checkpoint: [UInt8]? = nil
  ) throws {
    self.ledger = ledger
    let tree = ledger.tree
    bundle = Bundle(
      origin: ledger.origin, genesis: ledger.genesis,
      checkpoint: try checkpoint ?? ledger.checkpoint(),
      items: try items.map {
        Bundle.Item(
          sequence: $0, bytes: ledger.entries[Int($0)].bytes,
          inclusion: inclusions ? try tree.inclusion(of: $0) : nil)
      }, attachments: attachments, claims: claims)
    anchors = TrustAnchors(policy: try ledger.policy(), genesis: ledger.genesis)
  }

  func verdict(anchors: TrustAnchors? = nil) -> Verdict {
    BundleVerifier(anchors: anchors ?? self.anchors).verify(bytes)
  }
}

extension Bundle {
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    forEachLine { bytes += $0 }
    return bytes
  }

  func with(
    origin: Origin? = nil, genesis: EventID? = nil, checkpoint: [UInt8]? = nil,
    items: [Item]? = nil, attachments: [Attachment]? = nil, claims: [Claim]? = nil
  ) -> Bundle {
    Bundle(
      origin: origin ?? self.origin, genesis: genesis ?? self.genesis,
      checkpoint: checkpoint ?? self.checkpoint, items: items ?? self.items,
      attachments: attachments ?? self.attachments, claims: claims ?? self.claims)
  }
}
