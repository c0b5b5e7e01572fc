internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import Synchronization

/// Who signs what a command says, and with what.
package struct Signers: Sendable {
  package let signing: Signing
  private let opened = Opened()

  /// The keys that were opened, by their files: deriving a key from a passphrase takes a fifth of a
  /// second.
  private final class Opened: Sendable {
    let keys = Mutex<[String: SigningKey]>([:])
  }

  package init(_ signing: Signing) {
    self.signing = signing
  }

  /// A statement that a command said, and all who are to sign it.
  package struct Said: Sendable {
    package let draft: PartlySigned
    package let signers: [Signer]
  }

  /// What became of statements that were to be signed.
  package enum Signed: Sendable {
    /// All have signed.
    case events([SignedEvent])
    /// Others are to sign elsewhere; nobody has signed yet who is not here.
    case awaiting([PartlySigned])
  }

  /// Whether a program is asked for signatures: its answers are not asked for twice.
  package var isAsked: Bool { signing.command != nil }

  /// Signs with the keys that are here, and by the program that is asked, which can take minutes.
  package func sign(_ said: [Said]) throws -> Signed {
    var drafts = said.map(\.draft)
    for (place, item) in said.enumerated() {
      for signer in item.signers { try drafts[place].sign(as: signer) }
    }
    guard signing.unsigned == nil else { return .awaiting(drafts) }
    return .events(try drafts.map { try SignedEvent($0) })
  }
}

/// Whose keys these are.
extension Signers {
  /// Every signer of a command, each with its key as `view` knows it.
  package func resolved(in view: LedgerView) throws -> [Signer] {
    var resolved: [Signer] = []
    for name in try signing.signers.isEmpty ? [founder(in: view)] : signing.signers {
      let signer: Signer
      if signing.unsigned != nil {
        signer = try elsewhere(name, in: view)
      } else if let command = signing.command {
        signer = Signer(name.actor, try elsewhere(name, in: view).publicKey, .command(command))
      } else {
        signer = try open(name, in: view)
      }
      resolved.append(signer)
    }
    for name in signing.cosigners { resolved.append(try elsewhere(name, in: view)) }
    var seen: Set<Digest> = []
    for signer in resolved where !seen.insert(signer.publicKey.id).inserted {
      throw WorkflowFailure.badInput(
        "\(signer.actor) is named twice as a signer with one key; name each signer once.")
    }
    return resolved
  }

  /// Who signs when nobody is named: the actor that came with the ledger.
  private func founder(in view: LedgerView) throws -> SignerName {
    let founders = view.state.authority.actors.values.filter { $0.registered == 0 }.map(\.actor)
    guard let founder = founders.first else { throw WorkflowFailure.noLedger("this directory") }
    guard founders.count == 1 else {
      throw WorkflowFailure.severalFounders(founders.sorted())
    }
    return SignerName(founder)
  }

  private func counting(_ name: SignerName, in view: LedgerView) -> [KeyRecord] {
    view.state.authority.keys.values.filter {
      $0.actor == name.actor && $0.revoked == nil && name.matches($0.publicKey.id)
    }
  }

  /// The keys of `records` whose files are in a keyring.
  private func files(
    of records: [KeyRecord]
  ) throws -> [(record: KeyRecord, path: String, keyring: Signing.Keyring)] {
    try signing.keyrings.flatMap { keyring in
      try keyring.directory.files().flatMap { file in
        records.filter {
          $0.actor == file.actor && $0.publicKey.id.hex.hasPrefix(file.prefix)
        }.map { ($0, file.path, keyring) }
      }
    }
  }

  private var places: String {
    signing.keyrings.map(\.directory.path).joined(separator: " or ")
  }

  private func open(_ name: SignerName, in view: LedgerView) throws -> Signer {
    guard view.state.authority.actors[name.actor] != nil else {
      throw Refusal.actorUnknown(name.actor)
    }
    let files = try files(of: counting(name, in: view))
    guard let file = files.first else {
      throw WorkflowFailure.noKey(actor: name.actor, directory: places)
    }
    guard files.count == 1 else {
      throw WorkflowFailure.severalKeys(actor: name.actor, directory: places)
    }
    return Signer(name.actor, try key(at: file.path, of: file.keyring))
  }

  private func key(at path: String, of keyring: Signing.Keyring) throws -> SigningKey {
    if let known = opened.keys.withLock({ $0[path] }) { return known }
    let key = try KeyDirectory.read(path, passphrase: try keyring.passphrase())
    opened.keys.withLock { $0[path] = key }
    return key
  }

  /// The key of one who signs elsewhere: the only one that counts, or the one whose file is here.
  private func elsewhere(_ name: SignerName, in view: LedgerView) throws -> Signer {
    guard view.state.authority.actors[name.actor] != nil else {
      throw Refusal.actorUnknown(name.actor)
    }
    var counting = counting(name, in: view)
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
