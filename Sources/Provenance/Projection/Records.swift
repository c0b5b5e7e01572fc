package import CanonicalJSON
internal import LedgerCrypto

/// The kinds of row that the projections have.
package enum ProjectionTable: String, CaseIterable, Sendable {
  case actor, key, role, charter, dataset, release, family
  case hashList = "hash_list"
  case finding, verification, model, training
  case stated, withdrawal, dispute, attachment, hold
  case statedFigure = "stated_figure"
  case observation, availability, derivative, notice, residue
  case authorityReport = "authority_report"
  case modelEvent = "model_event"
  case claim, concern
  case attachmentUse = "attachment_use"
}

/// One row of a projection: its key among those of its kind, and what it says as one JSON document.
package protocol ProjectedRecord: StatementPart {
  static var table: ProjectionTable { get }
  var key: String { get }
}

/// A row that an event put into a projection, in place of any with the same key.
package struct ProjectionChange: Sendable, Hashable {
  package let table: ProjectionTable
  package let key: String
  private let record: any StatementPart

  package init<Record: ProjectedRecord>(_ record: Record) {
    table = Record.table
    key = record.key
    self.record = record
  }

  init(table: ProjectionTable, key: String, _ record: some StatementPart) {
    self.table = table
    self.key = key
    self.record = record
  }

  /// What the row says, made each time it is asked for: of most changes that share a key only the
  /// last is ever written, and on another core.
  package var document: JSONObject {
    var document = JSONObject()
    record.write(to: &document)
    return document
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.table == b.table && a.key == b.key && a.document == b.document
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(table)
    hasher.combine(key)
  }
}

extension MemberReader {
  mutating func sequence(_ name: String) throws(FieldError) -> UInt64 { try amount(name) }

  mutating func optionalSequence(_ name: String) throws(FieldError) -> UInt64? {
    try optionalInteger(name, in: 0...Int64(1) << 53 - 1).map { UInt64($0) }
  }
}

extension JSONObject {
  mutating func set(_ name: String, sequence: UInt64?) {
    if let sequence { set(name, amount: sequence) }
  }
}

extension ProjectionChange {
  /// The key of a row that one event puts, or its end: the sequence in 16 digits.
  ///
  /// Rows then lie and are read in the log's order; keys that follow from an id would scatter each
  /// append over the whole table. Before it stands, with a space between, what rows are asked by.
  package static func key(of sequence: UInt64) -> String {
    let digits = String(sequence)
    return String(repeating: "0", count: max(0, 16 - digits.utf8.count)) + digits
  }
}
