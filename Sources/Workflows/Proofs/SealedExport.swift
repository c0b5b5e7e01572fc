package import CanonicalJSON
package import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance

extension Vault {
  /// The data keys of the sealed attachments of `bundle`, one line of JSON each:
  /// `{"attachment": sha256 in hex, "dataKey": 32 bytes in base64, "event": id, "field": name}`.
  ///
  /// With a line and the attachment's bytes anyone reads the content: AES-256-GCM, associated data
  /// ledger ‖ event kind ‖ field, padded as ``SealedContent`` says.
  ///
  /// - Throws: for a wrong passphrase, before anything is written.
  package func dataKeys(of bundle: Bundle) throws -> [JSON] {
    let secrets = try secrets()
    var wanted = Set(bundle.attachments.map(\.reference.sha256))
    var lines: [JSON] = []
    for item in bundle.items {
      let event = try view.event(item.sequence)
      for (field, reference) in event.statement.attachments
      where reference.disclosure == .sealed && wanted.remove(reference.sha256) != nil {
        guard let key = try secrets.get(SecretDirectory.attachmentName(reference.sha256)) else {
          continue
        }
        lines.append([
          "attachment": .string(reference.sha256.hex), "dataKey": .string(Base64.encode(key)),
          "event": .string(event.id.description), "field": .string(field),
        ])
      }
    }
    return lines
  }
}

extension BundleFile {
  /// Writes data keys, for their file's owner alone to read.
  package static func write(_ dataKeys: [JSON], to target: OutputTarget) throws {
    try target.write(dataKeys.flatMap { $0.canonicalBytes + [0x0a] }, mode: 0o600)
  }
}
