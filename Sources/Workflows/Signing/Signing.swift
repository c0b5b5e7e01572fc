package import Files
package import LedgerCrypto
internal import LedgerStore
package import Provenance

/// Who signs what a command records, with what, and within which bounds.
package struct Signing: Sendable {
  /// A directory of keys and what opens them.
  package struct Keyring: Sendable {
    package let directory: KeyDirectory
    package let passphrase: @Sendable () throws -> Passphrase

    package init(
      _ directory: KeyDirectory, _ passphrase: @escaping @Sendable () throws -> Passphrase
    ) {
      self.directory = directory
      self.passphrase = passphrase
    }
  }

  /// Those whose keys are here, or are asked by ``command``; at least one.
  package var signers: [SignerName]
  /// Those who sign elsewhere.
  package var cosigners: [SignerName] = []
  /// Where keys are looked for.
  package var keyrings: [Keyring]
  /// Signs in place of a key file.
  package var command: SignerCommand?
  /// The file for the statements, when they are to be signed elsewhere and not recorded now.
  package var unsigned: OutputTarget?
  /// The authority event that a decision follows; the last one by default.
  package var after: EventID?
  /// Until when the statement can be recorded.
  package var notAfter: Timestamp?

  package init(signers: [SignerName], keyrings: [Keyring]) {
    self.signers = signers
    self.keyrings = keyrings
  }

  /// Every signer of a command, each with its key as `state` knows it.
  func resolve(in state: LedgerState) throws -> [Signer] {
    var resolved: [Signer] = []
    for name in signers {
      let signer: Signer
      if unsigned != nil {
        signer = try elsewhere(name, in: state)
      } else if let command {
        signer = Signer(name.actor, try elsewhere(name, in: state).publicKey, .command(command))
      } else {
        signer = try open(name, in: state)
      }
      resolved.append(signer)
    }
    for name in cosigners { resolved.append(try elsewhere(name, in: state)) }
    var seen: Set<Digest> = []
    for signer in resolved where !seen.insert(signer.publicKey.id).inserted {
      throw WorkflowFailure.badInput(
        "\(signer.actor) is named twice as a signer with one key; name each signer once.")
    }
    return resolved
  }

  private func counting(_ name: SignerName, in state: LedgerState) -> [KeyRecord] {
    state.authority.keys.values.filter {
      $0.actor == name.actor && $0.revoked == nil && name.matches($0.publicKey.id)
    }
  }

  /// The keys of `records` whose files are in a keyring.
  private func files(
    of records: [KeyRecord]
  ) throws -> [(record: KeyRecord, path: String, keyring: Keyring)] {
    try keyrings.flatMap { keyring in
      try keyring.directory.files().flatMap { file in
        records.filter {
          $0.actor == file.actor && $0.publicKey.id.hex.hasPrefix(file.prefix)
        }.map { ($0, file.path, keyring) }
      }
    }
  }

  private var places: String { keyrings.map(\.directory.path).joined(separator: " or ") }

  private func open(_ name: SignerName, in state: LedgerState) throws -> Signer {
    let files = try files(of: counting(name, in: state))
    guard let file = files.first else {
      throw WorkflowFailure.noKey(actor: name.actor, directory: places)
    }
    guard files.count == 1 else {
      throw WorkflowFailure.severalKeys(actor: name.actor, directory: places)
    }
    return Signer(
      name.actor,
      try KeyDirectory.read(file.path, passphrase: try file.keyring.passphrase()))
  }

  /// The key of one who signs elsewhere: the only one that counts, or the one whose file is here.
  private func elsewhere(_ name: SignerName, in state: LedgerState) throws -> Signer {
    guard state.authority.actors[name.actor] != nil else { throw Refusal.actorUnknown(name.actor) }
    var counting = counting(name, in: state)
    guard !counting.isEmpty else { throw WorkflowFailure.noCountingKey(name.actor) }
    if counting.count > 1 {
      let here = try Set(files(of: counting).map(\.record.publicKey))
      if here.count == 1 { counting = counting.filter { here.contains($0.publicKey) } }
    }
    guard counting.count == 1, let record = counting.first else {
      throw WorkflowFailure.severalCountingKeys(name.actor)
    }
    return Signer(name.actor, record.publicKey, .elsewhere)
  }
}

extension Session {
  /// The one key of an actor that counts.
  package func countingKey(of actor: ActorName) throws -> VerifyingKey {
    let state = try ledger.state
    guard state.authority.actors[actor] != nil else { throw Refusal.actorUnknown(actor) }
    let keys = state.authority.keys.values.filter { $0.actor == actor && $0.revoked == nil }
    guard let key = keys.first else { throw WorkflowFailure.noCountingKey(actor) }
    guard keys.count == 1 else { throw WorkflowFailure.severalCountingKeys(actor) }
    return key.publicKey
  }
}
