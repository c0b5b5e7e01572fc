internal import Files
internal import LedgerCrypto

/// Puts keys and secrets under another passphrase.
///
/// All files are opened first, under the old passphrase or, where an earlier run was interrupted,
/// the new one; only when each opens is any of them replaced. Each is replaced whole and durably, so
/// that at every moment each opens with one of the two, and a further run completes.
package enum PassphraseChange {
  /// What is changed.
  package enum Place: Sendable {
    /// The key files of a directory.
    case keys(KeyDirectory)
    /// The keys and secrets of a ledger.
    case ledger(LedgerDirectory)
  }

  /// Paths, by what happened to them.
  package struct Done: Sendable {
    package let changed: [String]
    package let already: [String]
  }

  /// One file and its new bytes; `nil` where it has the new passphrase already.
  private struct Step {
    let path: String
    let bytes: [UInt8]?
  }

  package static func change(
    _ place: Place, from old: Passphrase, to new: Passphrase
  ) throws -> Done {
    let keys: KeyDirectory
    switch place {
    case .keys(let directory):
      keys = directory
      guard Directory.exists(keys.path) else { throw WorkflowFailure.noFile(keys.path) }
    case .ledger(let directory):
      guard Directory.holds("\(directory.path)/ledger.db") else {
        throw WorkflowFailure.noLedger(directory.path)
      }
      keys = KeyDirectory(directory.keys)
    }
    // Two changes at once could leave each half done under a passphrase of its own.
    let lock = try FileLock(of: "\(keys.path)/passphrase", waiting: false)
    defer { withExtendedLifetime(lock) {} }
    var steps = try keys.all().map { try step(key: $0, old, new) }
    guard !steps.isEmpty else { throw WorkflowFailure.noKeys(keys.path) }
    if case .ledger(let directory) = place {
      steps.append(try step(secrets: directory.secrets, old, new))
    }
    for case .some((let path, let bytes)) in steps.map({ step in step.bytes.map { (step.path, $0) }
    }) {
      try AtomicFile.write(bytes, to: path, mode: 0o600)
    }
    return Done(
      changed: steps.filter { $0.bytes != nil }.map(\.path),
      already: steps.filter { $0.bytes == nil }.map(\.path))
  }

  private static func step(key path: String, _ old: Passphrase, _ new: Passphrase) throws -> Step {
    do {
      let key = try KeyDirectory.read(path, passphrase: old)
      return Step(
        path: path, bytes: try key.encryptedPEM(passphrase: new.bytes, rounds: new.rounds))
    } catch CryptoFailure.wrongPassphrase {
      return try already(path) { _ = try KeyDirectory.read(path, passphrase: new) }
    }
  }

  private static func step(
    secrets path: String, _ old: Passphrase, _ new: Passphrase
  ) throws -> Step {
    let file = SecretDirectory.wrappingPath(path)
    do {
      return Step(
        path: file, bytes: try SecretDirectory.rewrapped(at: path, from: old, to: new))
    } catch CryptoFailure.wrongPassphrase {
      return try already(file) { _ = try SecretDirectory(at: path, passphrase: new) }
    }
  }

  private static func already(_ path: String, _ open: () throws -> Void) throws -> Step {
    do {
      try open()
      return Step(path: path, bytes: nil)
    } catch CryptoFailure.wrongPassphrase {
      throw WorkflowFailure.otherPassphrase(path)
    }
  }
}
