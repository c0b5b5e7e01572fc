internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// Draws rows of a release that leave for others, or with them: by the family's secret, so that nobody
/// chooses them and a second try draws the same.
struct RowDraw {
  let release: VersionedName
  let source: SetSource
  let secret: FamilySecret
  /// Keys that are not drawn: all that decisions name, and those drawn so far.
  private(set) var excluded: Set<Digest>

  init(
    _ release: VersionedName, _ source: SetSource, _ secret: FamilySecret, excluding keys: EntrySet
  ) {
    self.release = release
    self.source = source
    self.secret = secret
    excluded = Set(keys.members)
  }

  /// Draws the `number`th key for `what`: the first at or after the place that the secret gives, in the
  /// order of keys and round, that has `rows` rows.
  ///
  /// Cost: a few reads; parts of the index in which no key can have so many rows are passed over.
  ///
  /// - Throws: ``WorkflowFailure/tooFewRows(_:)``.
  mutating func draw(_ number: UInt64, for what: Digest, rows: UInt64) throws -> Digest {
    let place = try source.lowerBound(secret.place(number, for: what))
    for range in [place..<source.count, 0..<place] where source.nodeCount > 0 {
      if let key = try first(in: range, with: rows, below: source.nodeCount - 1) {
        excluded.insert(key)
        return key
      }
    }
    throw WorkflowFailure.tooFewRows(release)
  }

  /// The first fitting key among the records of `range` below a node.
  private func first(in range: Range<Int>, with rows: UInt64, below number: Int) throws -> Digest? {
    // Nodes lead to lower numbers only, as those of a sound index do.
    let node = try source.node(number)
    let part = range.clamped(to: node.first..<node.first + node.count)
    // All its keys have a row each, and one can have what is left over.
    guard !part.isEmpty, node.rows - min(node.rows, UInt64(node.count)) >= rows - 1 else {
      return nil
    }
    switch node.content {
    case .inner(_, let left, let right):
      guard left < number, right < number else {
        throw SetSourceFailure.damaged("node \(number) contradicts itself")
      }
      return try first(in: range, with: rows, below: left)
        ?? first(in: range, with: rows, below: right)
    case .frontier:
      return try source.entries(part).first {
        $0.rows == rows && !excluded.contains($0.key)
      }?.key
    }
  }
}

extension Vault {
  /// The secret of the family of `dataset` by which its decision committed to it.
  func familySecret(of dataset: Name) throws -> FamilySecret {
    guard let mark = view.state.catalog.mark(of: dataset),
      let bytes = try secrets().get(SecretDirectory.familyName(mark.family)),
      let secret = FamilySecret(bytes: bytes), secret.commitment == mark.commitment
    else { throw WorkflowFailure.familySecretMissing(dataset) }
    return secret
  }

  /// All keys that decisions of the family of `dataset` name, as far as they are here.
  func decidedKeys(of dataset: Name) throws -> EntrySet {
    let catalog = view.state.catalog
    let family = catalog.family(of: dataset)
    var keys: Set<Digest> = []
    for record in catalog.releases.values where family.contains(record.publication.release.name) {
      for id in record.removals {
        let (event, body) = try view.removal(id)
        keys.formUnion(try membersHere(of: body.set, event: event)?.members ?? [])
        if let decoys = body.decoys {
          keys.formUnion(
            try membersHere(of: decoys.set, event: event, field: "decoys")?.members ?? [])
        }
      }
    }
    return EntrySet(keys)
  }
}

extension Staging {
  /// The secret that a decision of class `illegal` draws by, and its commitment where this one marks
  /// the family.
  mutating func familySecret(
    of dataset: Name
  ) throws -> (secret: FamilySecret, commitment: Digest?) {
    if let mark = desk.view.state.catalog.mark(of: dataset) {
      let secret = try desk.vault.familySecret(of: dataset)
      return (secret, desk.isEarlier(mark.event) ? secret.commitment : nil)
    }
    let family = try desk.view.dataset(dataset).registration.family
    let bytes = try self.secret(as: SecretDirectory.familyName(family), isRecorded: false)
    guard let secret = FamilySecret(bytes: bytes) else {
      throw WorkflowFailure.familySecretMissing(dataset)
    }
    return (secret, secret.commitment)
  }
}
