package import CanonicalJSON
internal import GRDB
internal import LedgerCrypto
package import Provenance

/// The rows of the projections.
extension Ledger {
  /// The documents of one kind, by the bytes of their keys: as many as the log has given.
  package func records(_ kind: ProjectionTable) throws -> [JSONElement] {
    try documents(Records.all, [kind.rawValue], kind)
  }

  /// The document of one key, or `nil`.
  package func record(_ kind: ProjectionTable, key: String) throws -> JSONElement? {
    try documents(Records.one, [kind.rawValue, key], kind).first
  }

  /// The matches, filters, unions, removals and reinstatements on exactly `release`, in the order of
  /// the log.
  package func findings(on release: VersionedName) throws -> [FindingRecord] {
    try records(startingWith: "\(release) ")
  }

  /// What observers found of `release`, in the order of the log.
  package func observations(of release: VersionedName) throws -> [ObservationRecord] {
    try records(startingWith: "\(release) ")
  }

  /// What was asserted of `model`'s training, in the order of the log.
  package func trainings(of model: Name) throws -> [TrainingRecord] {
    try records(startingWith: "\(model) ")
  }

  /// Where events name attachments whose digests begin with these hexadecimal digits, by digest and
  /// then in the order of the log.
  ///
  /// The digits are in lower case; others begin no digest.
  package func attachmentUses(startingWith digits: String) throws -> [AttachmentUseRecord] {
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return [] }
    return try records(startingWith: digits)
  }

  /// The rows whose keys begin with `start`, which is ASCII.
  private func records<Record: ProjectedRecord>(startingWith start: String) throws -> [Record] {
    let kind = Record.table
    // Keys are ASCII too: all that begin so lie below the start with the last byte of ASCII behind it.
    return try documents(Records.range, [kind.rawValue, start, start + "\u{7f}"], kind).map {
      do {
        var reader = try MemberReader($0, path: kind.rawValue)
        let record = try Record(from: &reader)
        try reader.finish()
        return record
      } catch {
        throw LedgerFailure.damaged("a row of the projection \(kind.rawValue)")
      }
    }
  }

  private func documents(
    _ sql: String, _ arguments: StatementArguments, _ kind: ProjectionTable
  ) throws -> [JSONElement] {
    try reading { db, _ in
      let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
      var documents: [JSONElement] = []
      while let row = try rows.next() {
        do {
          documents.append(try JSONDocument(parsingCanonical: Array(row.text(0).utf8)).root)
        } catch {
          throw LedgerFailure.damaged("a row of the projection \(kind.rawValue)")
        }
      }
      return documents
    }
  }
}

/// What is asked of the projections: always a range of the table, by kind and key.
enum Records {
  static let all = "SELECT document FROM projection WHERE kind = ? ORDER BY key"
  static let one = "SELECT document FROM projection WHERE kind = ? AND key = ?"
  static let range = """
    SELECT document FROM projection WHERE kind = ? AND key >= ? AND key < ? ORDER BY key
    """
}
