internal import LedgerCrypto
package import Provenance
internal import Rows

/// Bodies of each kind with defaults that fit together: a dataset `laion`, its list and its model.
extension Body {
  package static func actorRegistered(_ actor: String, after: EventID) -> Body {
    .actorRegistered(ActorRegistered(actor: .named(actor), title: nil, after: after))
  }

  /// Adds the key of `label`, by default the one that bears the actor's name.
  package static func keyAdded(
    _ actor: String, label: String? = nil, custody: Custody = .own, after: EventID
  ) -> Body {
    .keyAdded(
      KeyAdded(
        actor: .named(actor), publicKey: TestLedger.TestKeys[label ?? actor].verifyingKey,
        custody: custody, after: after))
  }

  package static func keyRevoked(
    _ label: String, suspectSince: UInt64? = nil, after: EventID
  ) -> Body {
    .keyRevoked(
      KeyRevoked(
        key: TestLedger.TestKeys[label].verifyingKey.id, suspectSince: suspectSince, after: after))
  }

  package static func roleGranted(_ role: Role, _ actor: String, after: EventID) -> Body {
    .roleGranted(RoleGranted(actor: .named(actor), role: role, after: after))
  }

  package static func roleRevoked(_ role: Role, _ actor: String, after: EventID) -> Body {
    .roleRevoked(RoleRevoked(actor: .named(actor), role: role, after: after))
  }

  package static func dataset(
    _ name: String = "laion", identity: [String] = ["URL"], content: [String]? = nil,
    derivedFrom: String? = nil
  ) -> Body {
    .datasetRegistered(
      DatasetRegistered(
        dataset: .named(name), identity: identity, content: content, tagging: .plain,
        secretCommitment: nil, derivedFrom: derivedFrom.map { .named($0) }))
  }

  package static func release(
    _ release: String, keys: UInt64 = 990, rows: UInt64 = 1000,
    columns: ColumnsFixed? = nil, manifest: Disclosure = .open, derivation: Derivation? = nil
  ) -> Body {
    .releasePublished(
      ReleasePublished(
        release: .named(release), root: .of("root of \(release)"),
        tally: Tally(keys: keys, rows: rows), columns: columns, shards: 2,
        manifest: .of("manifest of \(release)", manifest, mediaType: "application/json"),
        derivation: derivation))
  }

  package static func hashList(
    _ list: String = "hotline@1", issuer: String = "alice", algorithm: HashAlgorithm = .md5,
    of: HashedThing = .image, asOf: String = "2025-12-01T00:00:00Z",
    entries: ListEntries = ListEntries(read: 2_000)
  ) -> Body {
    .hashListReceived(
      HashListReceived(
        list: .named(list), issuer: .named(issuer), algorithm: algorithm, of: of,
        asOf: .at(asOf), entries: entries,
        set: .sealed("list \(list)", keys: 2_000)))
  }

  package static func match(
    _ release: String, list: EventID, keys: UInt64 = 20, rows: UInt64 = 22,
    scanned: UInt64 = 1000, without: UInt64 = 50, other: UInt64 = 0,
    method: MatchMethod = .exact, nearness: Nearness? = nil, bySpelling: UInt64? = nil,
    disclosure: Disclosure = .sealed, hashesAsOf: String = "2025-12-02T00:00:00Z"
  ) -> Body {
    .matchCompleted(
      MatchCompleted(
        release: .named(release), list: list, column: "md5", method: method, nearness: nearness,
        scannedRows: scanned, rowsWithoutHash: without, rowsWithOtherValue: other,
        rowsBySpelling: bySpelling, matched: Tally(keys: keys, rows: rows),
        hashesAsOf: .at(hashesAsOf),
        set: SetReference(
          root: .of("match \(release) \(keys) \(rows)"), keys: keys, disclosure: disclosure,
          members: nil)))
  }

  package static func union(
    _ release: String, of sources: [(EventID, Tally)], keys: UInt64 = 20, rows: UInt64 = 22,
    disclosure: Disclosure = .sealed
  ) -> Body {
    .unionComputed(
      UnionComputed(
        release: .named(release), sources: sources.map { SourceTally(event: $0.0, tally: $0.1) },
        union: Tally(keys: keys, rows: rows),
        set: SetReference(
          root: .of("union \(release) \(keys) \(rows)"), keys: keys, disclosure: disclosure,
          members: nil)))
  }

  package static func verification(
    _ target: EventID, _ outcome: Outcome = .confirmed, count: UInt64 = 22,
    unit: CountUnit = .rows, exactness: Exactness = .exact, asOf: String = "2025-12-03T00:00:00Z",
    replacing replaced: EventID? = nil
  ) -> Body {
    .verificationRecorded(
      VerificationRecorded(
        target: target, outcome: outcome,
        count: Count(count, unit, exactness, asOf: .at(asOf)), replaces: replaced))
  }

  /// A removal; one of class illegal marks its family unless it is said not to.
  package static func removal(
    _ release: String, of sources: [(EventID, Tally)], keys: UInt64 = 20, rows: UInt64 = 22,
    basis: Basis = .hashMatch, reason: ReasonClass = .illegal, decoys: Tally? = nil,
    marks: Bool? = nil, disclosure: Disclosure = .sealed
  ) -> Body {
    .removalDecided(
      RemovalDecided(
        release: .named(release), basis: basis, reasonClass: reason,
        sources: sources.map { SourceTally(event: $0.0, tally: $0.1) },
        removed: Tally(keys: keys, rows: rows),
        set: SetReference(
          root: .of("removal \(release) \(keys) \(rows)"), keys: keys, disclosure: disclosure,
          members: nil),
        decoys: decoys.map { DrawnDecoys(tally: $0, set: .sealed("decoys", keys: $0.keys)) },
        familyCommitment: marks ?? (reason == .illegal) ? .of("family secret") : nil))
  }

  package static func model(_ name: String = "diffusion") -> Body {
    .modelRegistered(
      ModelRegistered(
        model: .named(name),
        artifacts: [
          Artifact(sha256: .of("\(name) weights"), size: 4_000_000_000),
          Artifact(sha256: .of("\(name) config"), size: 900),
        ]))
  }

  package static func training(
    _ model: String = "diffusion", on release: String = "laion@1", _ polarity: Polarity = .trained
  ) -> Body {
    .trainingAsserted(
      TrainingAsserted(
        model: .named(model), release: .named(release), polarity: polarity, use: .pretraining))
  }

  package static func deprecation(_ model: String = "diffusion") -> Body {
    .modelDeprecated(
      ModelDeprecated(model: .named(model), statedReason: .of("why \(model) is deprecated")))
  }
}

extension ColumnsFixed {
  /// The columns of the dataset `laion`.
  package static let laion = ColumnsFixed(
    identity: [Column("URL", .string)],
    content: [Column("TEXT", .string), Column("URL", .string), Column("md5", .string)])
}

extension SetReference {
  package static func sealed(_ text: String, keys: UInt64) -> SetReference {
    SetReference(root: .of(text), keys: keys, disclosure: .sealed, members: nil)
  }
}

extension Derivation {
  /// From `parent`, with what was removed; everything else zero.
  package static func from(
    _ parent: String, removed: Tally = Tally(keys: 0, rows: 0),
    added: Tally = Tally(keys: 0, rows: 0),
    changed: ChangedTally = ChangedTally(keys: 0, rowsBefore: 0, rowsAfter: 0),
    removals: [EventID] = [], reinstatements: [EventID] = [], set: Disclosure = .sealed,
    disclosure: Disclosure = .sealed, unreconciled: Unreconciled? = nil
  ) -> Derivation {
    Derivation(
      parent: .named(parent), removed: removed, added: added, changed: changed,
      removals: removals, reinstatements: reinstatements,
      set: removals.isEmpty && reinstatements.isEmpty
        ? nil
        : SetReference(
          root: .of("left \(parent)"), keys: removed.keys, disclosure: set, members: nil),
      disclosure: disclosure, unreconciled: unreconciled)
  }
}
