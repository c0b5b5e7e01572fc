import LedgerCrypto
import Rows
import TestSupport
import Testing

@Suite struct `A batch of rows` {
  private let columns = [Column("a", .string), Column("b", .string), Column("c", .string)]

  /// Rows whose fields are of all lengths about the ends of blocks, quoted every other time.
  private func rows(_ count: Int, _ random: inout SplitMix64) -> [[String]] {
    (0..<count).map { _ in
      (0..<3).map { _ in
        let text = String(repeating: "ü", count: Int.random(in: 0...3, using: &random))
        return text + String(repeating: "x", count: Int.random(in: 0...140, using: &random))
          + (Bool.random(using: &random) ? "\"," : "")
      }
    }
  }

  private func csv(_ rows: [[String]]) -> [UInt8] {
    var text = "a,b,c\n"
    for row in rows {
      let fields = row.map { $0.contains("\"") ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }
      text += fields.joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }

  @Test(arguments: [nil, RowSecret(bytes: Array(1...32))])
  func `gives the tags of each, whatever stands in it`(secret: RowSecret?) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    for (identity, content) in [([0], [0, 1, 2]), ([2, 0], [1, 2]), ([0, 1, 2], [1])] {
      let rows = rows(300, &random)
      let bytes = csv(rows)
      let projection = try RowProjection(
        file: FileSchema(csv: bytes.span), identity: identity.map { columns[$0] },
        content: content.map { columns[$0] }, secret: secret)
      let expected = rows.map { row in
        RowTags(
          key: projection.hasher.key(identity.map { .string(row[$0]) }),
          digest: projection.hasher.digest(content.map { .string(row[$0]) }))
      }
      #expect(try RowText.batchedTags(projection, bytes) == expected, "seed \(seed)")
    }
  }

  @Test func `takes rows of any length, few of the longest at once`() throws {
    let long = String(repeating: "long ", count: 120_000)
    let rows = [["k", long, ""], ["l", "", long + long], ["m", "", ""], [long, long, long]]
    let bytes = csv(rows)
    let projection = try RowProjection(
      file: FileSchema(csv: bytes.span), identity: [columns[0]], content: columns)
    var reader = RowReader(projection, at: projection.file.dataStart)
    var batch = RowBatch(projection.hasher)
    #expect(!batch.isFull)
    _ = try reader.next(in: bytes.span)
    try batch.append(reader, in: bytes.span)
    #expect(batch.isFull)
    let tags = try RowText.tags(projection, bytes)
    #expect(tags[1].digest == projection.hasher.digest(rows[1].map { .string($0) }))
  }

  @Test func `without rows gives none, again and again`() {
    var batch = RowBatch(RowHasher(identity: [columns[0]], content: columns))
    for _ in 0..<3 {
      batch.hash()
      #expect(batch.hashed == 0)
    }
  }

  @Test func `refuses a value with its row and column`() throws {
    let lines = Array("{\"a\":1,\"b\":2}\n{\"a\":3,\"b\":\"x\"}\n".utf8)
    let file = try FileSchema(jsonLines: lines.span, types: ["b": .int, "a": .int])
    let projection = try RowProjection(
      file: file, identity: [Column("b", .int)], content: [Column("a", .int)])
    for digests in [true, false] {
      var reader = RowReader(projection)
      var batch = RowBatch(projection.hasher, digests: digests)
      _ = try reader.next(in: lines.span)
      try batch.append(reader, in: lines.span)
      _ = try reader.next(in: lines.span)
      #expect(throws: RowError(row: 2, column: "b", reason: .wrongType(expected: .int))) {
        try batch.append(reader, in: lines.span)
      }
    }
  }
}
