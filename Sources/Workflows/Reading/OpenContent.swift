internal import LedgerStore
package import Provenance

/// Open attachments: 32 random bytes ‖ content, so that a digest tells nothing about what it is of.
extension LedgerView {
  /// The random bytes before the content.
  package static let saltSize = 32

  /// The most bytes of an attachment that is read into memory: 4 GiB.
  package static let maximumAttachment = 4 << 30

  /// The content of an open attachment, or `nil` when it is not here or not to be shown.
  package func openContent(_ reference: AttachmentReference) throws -> [UInt8]? {
    guard reference.disclosure == .open, state.attachments.missing(reference.sha256) == nil,
      let bytes = try ledger.attachment(reference.sha256), bytes.count >= Self.saltSize
    else { return nil }
    return Array(bytes[Self.saltSize...])
  }
}
