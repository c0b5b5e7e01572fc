package import CanonicalJSON

/// Up to where two perceptual hashes count as the same, and which were good enough to be compared.
package struct Nearness: StatementPart {
  /// The most bits of 256 in which they differ, 0 to ``greatestDistance``.
  package let distance: UInt64
  /// What the rows' own quality had to be, where the release has a column of it.
  package let quality: Quality?

  package struct Quality: Hashable, Sendable {
    package let column: String
    /// The least quality that was compared, 0 to 100.
    package let least: UInt64
    /// Rows below it, which were not compared.
    package let rowsBelow: UInt64

    package init(column: String, least: UInt64, rowsBelow: UInt64) {
      self.column = column
      self.least = least
      self.rowsBelow = rowsBelow
    }
  }

  /// The distance up to which an index of 16-bit parts finds every neighbour.
  package static let greatestDistance: UInt64 = 31

  package init(distance: UInt64, quality: Quality?) {
    self.distance = distance
    self.quality = quality
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    distance = UInt64(try reader.integer("distance", in: 0...Int64(Self.greatestDistance)))
    guard let column = try reader.optionalString("qualityColumn") else {
      quality = nil
      return
    }
    guard ColumnName.isValid(column) else { throw .outOfRange(reader.path(of: "qualityColumn")) }
    quality = Quality(
      column: column, least: UInt64(try reader.integer("leastQuality", in: 0...100)),
      rowsBelow: try reader.amount("rowsBelowQuality"))
  }

  package func write(to object: inout JSONObject) {
    object.set("distance", amount: distance)
    guard let quality else { return }
    object["qualityColumn"] = .string(quality.column)
    object.set("leastQuality", amount: quality.least)
    object.set("rowsBelowQuality", amount: quality.rowsBelow)
  }
}

extension Nearness: PartValue { package static let definition = "nearness" }
