package import LedgerCrypto
internal import TransparencyLog

/// The log's verifier key as events name it.
package enum LogKey {
  /// The public key in a vkey whose name is `origin` and whose type is Ed25519, or `nil`.
  package static func publicKey(ofVkey vkey: String, origin: Origin) -> VerifyingKey? {
    guard let key = ed25519(vkey), key.name.bytes.elementsEqual(origin.text.utf8) else {
      return nil
    }
    return key.key
  }

  /// The public key in a vkey of any name whose type is Ed25519, or `nil`.
  package static func publicKey(ofVkey vkey: String) -> VerifyingKey? { ed25519(vkey)?.key }

  private static func ed25519(_ vkey: String) -> NoteVerifierKey? {
    guard let key = try? NoteVerifierKey(parsing: Array(vkey.utf8)), key.algorithm == .ed25519
    else { return nil }
    return key
  }
}
