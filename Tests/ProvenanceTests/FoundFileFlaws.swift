import LedgerCrypto
import Provenance
import TestSupport

/// A release in a bundle, and files that are held against it.
struct HeldRelease {
  static let name = VersionedName.named("laion@1")
  var log: DishonestLog
  let row: OneRow
  /// Where it was published.
  let sequence: UInt64
  private let manifest = Array("salt of thirty-two bytes, as it is{}".utf8)

  init(disclosure: Disclosure = .open, twice: Bool = false) throws {
    log = try DishonestLog()
    row = try OneRow()
    try log.append(.dataset())
    let reference = LedgerReference.of(manifest, disclosure)
    let body = Body.releasePublished(
      ReleasePublished(
        release: Self.name, root: row.root, tally: Tally(keys: 1, rows: 1), columns: OneRow.columns,
        shards: 1, manifest: reference, derivation: nil))
    sequence = try log.append(body)
    if twice { try log.append(body) }
  }

  /// The bundle, with the manifest or without.
  func bundle(withManifest: Bool = true, claiming: UInt64? = nil) throws -> Bundle {
    try log.bundle(
      Array(0..<UInt64(log.entries.count)), attachments: withManifest ? [manifest] : [],
      claims: [.event(claiming ?? sequence)])
  }

  func examine(
    _ bundle: Bundle, of release: VersionedName = Self.name, readsRows: Bool = true,
    anchors: TrustAnchors? = nil
  ) throws -> (verdict: Verdict, release: ProvenRelease?) {
    BundleVerifier(
      anchors: try anchors ?? log.anchors,
      filesOf: FilesQuestion(release: release, readsRows: readsRows)
    ).examine(bundle.bytes)
  }

  var good: FilesEvidence {
    FilesEvidence(
      means: .rows(root: row.root, Tally(keys: 1, rows: 1)), files: 1, difference: FilesDifference()
    )
  }

  /// The verdict on `evidence` where the bundle is sound.
  func verdict(_ evidence: FilesEvidence) throws -> Verdict {
    let (verdict, release) = try examine(bundle())
    guard let release else { return verdict }
    return verdict.with(evidence, of: release)
  }
}

enum LedgerReference {
  static func of(_ bytes: [UInt8], _ disclosure: Disclosure) -> AttachmentReference {
    AttachmentReference(
      sha256: Digest(sha256: bytes), size: UInt64(disclosure == .open ? bytes.count : 4096),
      mediaType: "application/json", disclosure: disclosure)
  }
}

/// What can be wrong with files.
extension FoundFlaw {
  static func ofFiles() throws -> [FoundFlaw] {
    let held = try HeldRelease()
    let name = HeldRelease.name
    let sample = try SampleBundle.complete()
    let (bad, proven) = try held.examine(held.bundle())
    let other = FilesEvidence(
      means: .rows(root: .of("another"), Tally(keys: 1, rows: 1)), files: 1, difference: nil)
    let twice = Tally(keys: 1, rows: 2)
    let more = FilesEvidence(
      means: .rows(root: held.row.root, twice), files: 1, difference: nil)
    let altered = FilesDifference(altered: 1)
    return [
      FoundFlaw(
        .releaseUnknown(name),
        BundleVerifier(
          anchors: sample.anchors, filesOf: FilesQuestion(release: name, readsRows: true)
        ).examine(sample.bytes).verdict),
      FoundFlaw(.filesOfOtherRoot(name, Tally(keys: 1, rows: 1)), try held.verdict(other)),
      FoundFlaw(.filesOfOtherRoot(name, twice), try held.verdict(more)),
      FoundFlaw(
        .filesDiffer(name, altered),
        try held.verdict(.init(means: .listing, files: 1, difference: altered))),
      FoundFlaw(
        .manifestMalformed(name), proven.map { bad.with(malformedManifestOf: $0) } ?? bad),
    ]
  }
}

/// What can be missing for files.
extension FoundLack {
  static func ofFiles() throws -> [FoundLack] {
    let held = try HeldRelease()
    let sealed = try HeldRelease(disclosure: .sealed)
    let name = HeldRelease.name
    let other = VersionedName.named("laion@2")
    let bare = try held.bundle(withManifest: false)
    let unknown = FilesDifference(unknown: 1)
    return [
      FoundLack(.releaseNotShown(other), try held.examine(held.bundle(), of: other).verdict),
      FoundLack(
        .manifestSealed(name),
        try sealed.examine(sealed.bundle(withManifest: false), readsRows: false).verdict),
      FoundLack(.manifestNotShown(name), try held.examine(bare, readsRows: false).verdict),
      FoundLack(
        .digestsUnknown(name, 1),
        try held.verdict(.init(means: .listing, files: 1, difference: unknown))),
      FoundLack(
        .filesNotRead, try held.examine(held.bundle(), of: other).verdict.withoutFiles()),
    ]
  }
}
