internal import CanonicalJSON

/// How the columns of one file map to the identity and content columns of a dataset.
///
/// Columns of the file beyond these are carried, not committed.
package struct RowProjection: Sendable {
  /// One cell that is written for each row.
  struct Slot: Sendable {
    /// `nil` where the file lacks the column, and each row has null.
    let fileColumn: Int?
    let rule: CellRule
  }

  /// The file's columns.
  package let file: FileSchema
  /// The dataset's identity columns.
  package let identity: [Column]
  /// The dataset's content columns.
  package let content: [Column]
  /// The content columns in order, then identity columns that are not among them.
  let slots: [Slot]
  /// For each identity column its place in ``slots``.
  let identitySlots: [Int]
  /// Hashes keys and digests of the dataset.
  package let hasher: RowHasher
  /// Whether members of JSON Lines that the first rows do not show are carried too, or refused.
  let carriesOthers: Bool

  /// The places in the file of the columns that are committed, ascending.
  package var committedPlaces: [Int] { Set(slots.compactMap(\.fileColumn)).sorted() }

  /// The places in the file of the columns that identify rows.
  package var identityPlaces: [Int] { identitySlots.compactMap { slots[$0].fileColumn } }

  /// The type that the dataset has for the column at a place in the file; `nil` for one that is carried.
  package func committedType(ofPlace place: Int) -> ColumnType? {
    let name = file.names[place]
    return (content + identity).first { NameOrder.areSame($0.name, name) }?.type
  }

  /// The file's columns that are not committed, as far as its first rows show them.
  package var carried: [String] {
    let committed = Set((identity + content).map { Array($0.name.utf8) })
    return file.names.filter { !committed.contains(Array($0.utf8)) }
  }

  /// The committed columns that the file lacks, as far as its first rows show, ascending.
  package var lacking: [String] {
    let names = Set((identity + content).map { Array($0.name.utf8) })
    return names.map { String(decoding: $0, as: UTF8.self) }.filter { !file.holds($0) }
      .sorted(by: Column.precedes)
  }

  /// Maps a file to the registered columns of a dataset.
  ///
  /// - Parameters:
  ///   - file: the file's columns.
  ///   - identity: the identity columns, in their order.
  ///   - content: the content columns, by the bytes of their names.
  ///   - missing: columns that the file may lack, whose cells are then null.
  ///   - carriesOthers: whether members that the first rows do not show are carried, not refused.
  ///   - secret: the dataset's secret, when it is keyed.
  /// - Throws: ``ColumnError/missing(_:)`` and ``ColumnError/lacking(_:)`` for an identity or content
  ///   column that the file lacks, ``ColumnError/notConvertible(_:from:to:)`` where its type is not
  ///   exactly one of the dataset's, ``ColumnError/notAscending`` for content in another order.
  package init(
    file: FileSchema, identity: [Column], content: [Column],
    missing: MissingColumns = .only([]), carryingOthers carriesOthers: Bool = false,
    secret: RowSecret? = nil
  ) throws(ColumnError) {
    for column in identity + content { try column.validate() }
    try Column.requireDistinct(identity)
    try Column.requireDistinct(content)
    guard Column.areAscending(content.map(\.name)) else { throw .notAscending }
    let places = Dictionary(
      file.names.enumerated().map { (Array($0.element.utf8), $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var slots: [Slot] = []
    func slot(_ column: Column) throws(ColumnError) -> Slot? {
      let index = places[Array(column.name.utf8)]
      guard file.holds(column.name) || missing.includes(column.name) else { return nil }
      guard let index else {
        guard let rule = CellRule(reading: column.type, writing: column.type) else {
          throw .unknownType(column.type.text)
        }
        return Slot(fileColumn: nil, rule: rule)
      }
      return Slot(fileColumn: index, rule: try file.rule(at: index, for: column.type))
    }
    // An identity column that is missing is said before any other.
    var identityOwn: [Slot] = []
    for column in identity {
      guard let slot = try slot(column) else { throw .missing(column.name) }
      identityOwn.append(slot)
    }
    for column in content {
      guard let slot = try slot(column) else { throw .lacking(column.name) }
      slots.append(slot)
    }
    var identitySlots: [Int] = []
    for (column, own) in zip(identity, identityOwn) {
      if let place = content.firstIndex(where: { NameOrder.areSame($0.name, column.name) }) {
        guard content[place].type == column.type else { throw .conflictingTypes(column.name) }
        identitySlots.append(place)
      } else {
        identitySlots.append(slots.count)
        slots.append(own)
      }
    }
    self.file = file
    self.identity = identity
    self.content = content
    self.slots = slots
    self.identitySlots = identitySlots
    self.carriesOthers = carriesOthers
    hasher = RowHasher(identity: identity, content: content, secret: secret)
  }

  /// Maps the only file of a first release, whose types come from it.
  ///
  /// `content` names the content columns; `nil` stands for all columns of the file.
  package init(
    registering file: FileSchema, identity: [String], content: [String]? = nil,
    secret: RowSecret? = nil
  ) throws(ColumnError) {
    let columns: (identity: [Column], content: [Column])
    do {
      columns = try UnitedColumns([file]).columns(identity: identity, content: content)
    } catch {
      throw error.error
    }
    try self.init(
      file: file, identity: columns.identity, content: columns.content, secret: secret)
  }
}
