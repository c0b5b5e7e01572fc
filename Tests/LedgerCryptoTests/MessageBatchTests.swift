import LedgerCrypto
import TestSupport
import Testing

@Suite struct `Messages hashed together` {
  private func header(_ blocks: Int) -> [UInt8] {
    (0..<64 * blocks).map { UInt8(truncatingIfNeeded: $0 &* 5 &+ 3) }
  }

  private func hasher(_ bytes: [UInt8]) -> SHA256 {
    var hasher = SHA256()
    hasher.update(bytes)
    return hasher
  }

  @Test(arguments: [0, 1, 2]) func `have their own digests, of every length`(blocks: Int) {
    let header = header(blocks)
    var batch = MessageBatch(after: hasher(header), of: header.count)
    for lengths in [Array(0...300), [5_000, 0, 64], Array((100...260).reversed())] {
      let messages = lengths.map { length in
        (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ length) }
      }
      for message in messages {
        batch.append(message.span.extracting(first: message.count / 3))
        batch.append(message.span.extracting(droppingFirst: message.count / 3))
        batch.end()
      }
      #expect(batch.count == messages.count)
      batch.hash()
      #expect(batch.digests == messages.map { Digest(sha256: header + $0) })
      #expect(batch.count == 0 && batch.used == 0)
    }
  }

  @Test func `hold counted parts, parts of others, and nothing that was cut`() {
    let header = header(1)
    var batch = MessageBatch(after: hasher(header), of: 64)
    var other = MessageBatch(after: hasher(header), of: 64)
    var messages: [[UInt8]] = []
    var others: [[UInt8]] = []
    let more: [UInt8] = [1, 2, 3]
    for length in 0...150 {
      let text = (0..<length).map { UInt8(truncatingIfNeeded: $0 ^ length) }
      let counted = [9, 0, 0, 0, UInt8(length)] + text
      batch.append(tag: 9, counted: text.span)
      let start = batch.used
      batch.append(more.span)
      other.append(batch.start..<start, of: batch)
      other.append(start + 1..<batch.used, of: batch)
      other.end()
      others.append(counted + [2, 3])
      batch.cut(to: start)
      batch.end()
      messages.append(counted)
    }
    batch.hash()
    other.hash()
    #expect(batch.digests == messages.map { Digest(sha256: header + $0) })
    #expect(other.digests == others.map { Digest(sha256: header + $0) })
  }

  @Test func `begin between two blocks, and end before they are hashed`() async {
    await #expect(processExitsWith: .failure) {
      _ = MessageBatch(after: SHA256(), of: 63)
    }
    await #expect(processExitsWith: .failure) {
      var batch = MessageBatch(after: SHA256(), of: 0)
      let message: [UInt8] = [1]
      batch.append(message.span)
      batch.hash()
    }
  }

  @Test func `hold words, at whatever place`() {
    let header = header(1)
    var batch = MessageBatch(after: hasher(header), of: 64)
    var messages: [[UInt8]] = []
    for length in 0...150 {
      let text = [UInt8](repeating: 7, count: length)
      batch.append(text.span)
      batch.append(tag: 3, bigEndian: 0x0102_0304_0506_0708)
      batch.append(text.span)
      batch.end()
      messages.append(header + text + [3, 1, 2, 3, 4, 5, 6, 7, 8] + text)
    }
    batch.hash()
    #expect(batch.digests == messages.map { Digest(sha256: $0) })
  }
}
