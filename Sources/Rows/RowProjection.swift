internal import CanonicalJSON

/// How the columns of one file map to the identity and content columns of a dataset.
///
/// Columns of the file beyond these are carried, not committed.
package struct RowProjection: Sendable {
  /// One cell that is written for each row.
  struct Slot: Sendable {
    let fileColumn: Int
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

  /// Maps a file to the registered columns of a dataset.
  ///
  /// - Throws: ``ColumnError/missing(_:)`` for a column that the file lacks, and
  ///   ``ColumnError/notConvertible(_:from:to:)`` where its type is not exactly one of the dataset's.
  package init(
    file: FileSchema, identity: [Column], content: [Column], secret: RowSecret? = nil
  ) throws(ColumnError) {
    for column in identity + content { try column.validate() }
    try Column.requireDistinct(identity)
    try Column.requireDistinct(content)
    let places = Dictionary(
      file.names.enumerated().map { (Array($0.element.utf8), $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var slots: [Slot] = []
    func slot(_ column: Column) throws(ColumnError) -> Slot {
      guard let index = places[Array(column.name.utf8)] else { throw .missing(column.name) }
      return Slot(fileColumn: index, rule: try file.rule(at: index, for: column.type))
    }
    for column in content { slots.append(try slot(column)) }
    var identitySlots: [Int] = []
    for column in identity {
      if let place = content.firstIndex(where: { NameOrder.areSame($0.name, column.name) }) {
        guard content[place].type == column.type else { throw .conflictingTypes(column.name) }
        identitySlots.append(place)
      } else {
        identitySlots.append(slots.count)
        slots.append(try slot(column))
      }
    }
    self.file = file
    self.identity = identity
    self.content = content
    self.slots = slots
    self.identitySlots = identitySlots
    hasher = RowHasher(identity: identity, content: content, secret: secret)
  }

  /// Maps a first release, whose types come from the file.
  ///
  /// `content` names the content columns in order; `nil` stands for all columns of the file.
  package init(
    registering file: FileSchema, identity: [String], content: [String]? = nil,
    secret: RowSecret? = nil
  ) throws(ColumnError) {
    func columns(_ names: [String]) throws(ColumnError) -> [Column] {
      var columns: [Column] = []
      for name in names {
        guard let index = file.index(of: name) else { throw .missing(name) }
        columns.append(Column(name, try file.type(at: index)))
      }
      return columns
    }
    try self.init(
      file: file, identity: columns(identity), content: columns(content ?? file.names),
      secret: secret)
  }
}
