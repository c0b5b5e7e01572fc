internal import LedgerStore
package import Provenance
internal import TransparencyLog

extension LedgerView {
  /// Proves that an event is in the log, signed as it says.
  ///
  /// With the publication of a release comes what its files are held against: how rows of the dataset
  /// are read, and the manifest where that may be shown.
  package func proveEvent(_ sequence: UInt64) throws -> Bundle {
    guard case .releasePublished(let release) = try event(sequence).statement.body else {
      return try bundle([.event(sequence)], sequences: [sequence])
    }
    return try bundle(
      [.event(sequence)],
      sequences: context(of: try dataset(release.release.name)) + [sequence],
      blobs: try shownManifest(of: release).map { [$0] } ?? [])
  }

  /// The manifest as it is stored, unless it is sealed, taken away, or of a family that is marked.
  private func shownManifest(of release: ReleasePublished) throws -> [UInt8]? {
    guard release.manifest.disclosure == .open,
      state.catalog.mark(of: release.release.name) == nil,
      state.attachments.missing(release.manifest.sha256) == nil
    else { return nil }
    return try ledger.attachment(release.manifest.sha256)
  }

  /// Proves the same in C2SP's own format, for any log client.
  package func proveEventAsTLogProof(_ sequence: UInt64) throws -> [UInt8] {
    let (head, note) = try latestCheckpoint()
    guard sequence < head.size.rawValue else {
      throw WorkflowFailure.notCovered(sequence, size: head.size.rawValue)
    }
    return try TLogProof(
      index: sequence,
      inclusion: try ledger.inclusionProof(sequence: sequence, size: head.size.rawValue),
      checkpoint: try SignedNote(parsing: note)
    ).bytes
  }
}
