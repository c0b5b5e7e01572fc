package import CanonicalJSON
package import LedgerCrypto

/// A family of datasets, in which a row has one key, that rows of class `illegal` were decided to
/// leave: nothing that lists rows of it is open from then on.
package struct FamilyRecord: ProjectedRecord {
  package static let table = ProjectionTable.family
  package let family: Digest
  /// The decision that marked it.
  package let event: EventID
  package let sequence: UInt64
  /// What that decision says of the secret by which rows are drawn.
  package let commitment: Digest
  package var key: String { family.hex }

  init(family: Digest, event: EventID, sequence: UInt64, commitment: Digest) {
    self.family = family
    self.event = event
    self.sequence = sequence
    self.commitment = commitment
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    family = try reader.digest("family")
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
    commitment = try reader.digest("commitment")
  }

  package func write(to object: inout JSONObject) {
    object.set("family", family)
    object.set("event", event)
    object.set("sequence", sequence: sequence)
    object.set("commitment", commitment)
  }
}

extension DatasetRegistered {
  /// The datasets in which lists of one tell about rows of another: the plain ones with these identity
  /// columns, in whatever order; a keyed one is alone.
  package var family: Digest {
    let members: JSON =
      tagging == .plain
      ? .array(identity.sorted { NameOrder.precedes($0, $1) }.map { .string($0) })
      : .string(dataset.text)
    return Digest(sha256: Array("winnow family v1\n".utf8) + members.canonicalBytes)
  }
}

/// The secret of a family: 32 bytes by which its custodian draws rows that nobody chooses.
package struct FamilySecret: Sendable {
  private let tags: HMAC256
  /// SHA-256("winnow family secret v1" ‖ 0A ‖ secret).
  package let commitment: Digest

  /// Takes a secret of 32 bytes, or gives `nil`.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    tags = HMAC256(key: bytes)
    commitment = Digest(sha256: Array("winnow family secret v1\n".utf8) + bytes)
  }

  /// Where the search for the row begins that is drawn as the `number`th for `what`:
  /// HMAC-SHA-256(secret, what ‖ u64 number).
  package func place(_ number: UInt64, for what: Digest) -> Digest {
    var message = what.bytes
    message.append(bigEndian: number)
    return tags.tag(of: message.span)
  }
}

extension Catalog {
  /// What marked the family of `dataset`, if anything did.
  package func mark(of dataset: Name) -> FamilyRecord? {
    datasets[dataset].flatMap { families[$0.registration.family] }
  }

  /// The datasets of the family of `dataset`, itself included.
  package func family(of dataset: Name) -> Set<Name> {
    guard let family = datasets[dataset]?.registration.family else { return [dataset] }
    return Set(datasets.values.map(\.registration).filter { $0.family == family }.map(\.dataset))
  }
}
