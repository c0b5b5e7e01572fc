internal import LedgerCrypto
package import Provenance
internal import Rows

/// Bodies of each kind, with figures that fit one another.
extension EventMaker {
  /// Bytes to keep as an open attachment, and the reference that names them.
  package static func attachment(
    _ text: String, disclosure: Disclosure = .open
  ) -> (bytes: [UInt8], reference: AttachmentReference) {
    let bytes = Digest(sha256: "salt of \(text)").bytes + Array(text.utf8)
    let reference = AttachmentReference(
      sha256: Digest(sha256: bytes), size: UInt64(bytes.count), mediaType: "text/plain",
      disclosure: disclosure)
    return (bytes, reference)
  }

  /// A sealed set of `keys` keys whose members are held elsewhere.
  package static func sealedSet(_ name: String, keys: UInt64) -> SetReference {
    SetReference(
      root: Digest(sha256: "set \(name)"), keys: keys, disclosure: .sealed, members: nil)
  }

  package static func actor(_ name: String, after: EventID) -> Body {
    .actorRegistered(ActorRegistered(actor: ActorName(name)!, title: nil, after: after))
  }

  /// The key that ``key(_:)`` makes of `key` becomes `actor`'s.
  package static func keyAdded(
    _ key: String, to actor: String, custody: Custody = .own, after: EventID
  ) -> Body {
    .keyAdded(
      KeyAdded(
        actor: ActorName(actor)!, publicKey: self.key(key).verifyingKey, custody: custody,
        after: after))
  }

  package static func keyRevoked(_ key: String, after: EventID) -> Body {
    .keyRevoked(
      KeyRevoked(key: self.key(key).verifyingKey.id, suspectSince: nil, after: after))
  }

  package static func roleGranted(_ role: Role, to actor: String, after: EventID) -> Body {
    .roleGranted(RoleGranted(actor: ActorName(actor)!, role: role, after: after))
  }

  package static func dataset(_ name: String) -> Body {
    .datasetRegistered(
      DatasetRegistered(
        dataset: Name(name)!, identity: ["URL"], content: nil, tagging: .plain,
        secretCommitment: nil, derivedFrom: nil))
  }

  /// A release without a parent; its manifest is a sealed attachment that is held elsewhere.
  package static func release(
    _ name: String, isFirst: Bool = true, keys: UInt64 = 1_000, rows: UInt64 = 1_010
  ) -> Body {
    let columns = ColumnsFixed(
      identity: [Column("URL", .string)],
      content: [Column("URL", .string), Column("TEXT", .string)])
    return .releasePublished(
      ReleasePublished(
        release: VersionedName(name)!, root: Digest(sha256: "root of \(name)"),
        tally: Tally(keys: keys, rows: rows), columns: isFirst ? columns : nil, shards: 2,
        manifest: attachment("manifest of \(name)", disclosure: .sealed).reference,
        derivation: nil))
  }

  package func hashList(_ name: String, issuer: String = "publisher") -> Body {
    .hashListReceived(
      HashListReceived(
        list: VersionedName(name)!, issuer: ActorName(issuer)!, algorithm: .md5, of: .image,
        asOf: clock, set: Self.sealedSet(name, keys: 500)))
  }

  package func match(
    on release: String, list: EventID, rows scanned: UInt64 = 1_010, keys: UInt64 = 5,
    matched: UInt64 = 6
  ) -> Body {
    .matchCompleted(
      MatchCompleted(
        release: VersionedName(release)!, list: list, column: "md5", scannedRows: scanned,
        rowsWithoutHash: 0, matched: Tally(keys: keys, rows: matched), hashesAsOf: clock,
        set: Self.sealedSet("match \(list)", keys: keys)))
  }

  /// The union of one match, as ``match(on:list:rows:keys:matched:)`` makes it.
  package static func union(
    on release: String, of match: EventID, keys: UInt64 = 5, rows: UInt64 = 6
  ) -> Body {
    let tally = Tally(keys: keys, rows: rows)
    return .unionComputed(
      UnionComputed(
        release: VersionedName(release)!, sources: [SourceTally(event: match, tally: tally)],
        minus: [], union: tally, set: sealedSet("union \(match)", keys: keys)))
  }

  package static func removal(
    on release: String, union: EventID, keys: UInt64 = 5, rows: UInt64 = 6
  ) -> Body {
    .removalDecided(
      RemovalDecided(
        release: VersionedName(release)!, basis: .hashMatch, reasonClass: .privacy, union: union,
        removed: Tally(keys: keys, rows: rows)))
  }

  package func verification(of match: EventID, outcome: Outcome = .confirmed) -> Body {
    .verificationRecorded(
      VerificationRecorded(
        target: match, outcome: outcome, count: Count(3, .rows, .exact, asOf: clock)))
  }

  package static func model(_ name: String) -> Body {
    .modelRegistered(
      ModelRegistered(
        model: Name(name)!,
        artifacts: [Artifact(sha256: Digest(sha256: "weights of \(name)"), size: 4_096)]))
  }

  package static func training(_ model: String, on release: String) -> Body {
    .trainingAsserted(
      TrainingAsserted(
        model: Name(model)!, release: VersionedName(release)!, polarity: .trained,
        use: .pretraining))
  }

  /// The reason is an open attachment, whose bytes ``attachment(_:disclosure:)`` gives for `reason`.
  package static func deprecated(_ model: String, reason: String) -> Body {
    .modelDeprecated(
      ModelDeprecated(model: Name(model)!, statedReason: attachment(reason).reference))
  }
}
