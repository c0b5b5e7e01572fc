internal import LedgerCrypto

/// The lists of a transition in a file, read in place.
///
/// `winnow-transition1` LF, u64 removed, keys of 32 bytes; u64 changed, then `key ‖ u64 n ‖ D` of 72
/// bytes each; u64 added, the same. Integers big-endian, every list strictly ascending. Opening
/// checks the lengths; what the lists say is judged when they are read.
package struct TransitionListsFile {
  /// The first line.
  package static let magic = Array("winnow-transition1\n".utf8)

  /// How many keys were removed.
  package let removedCount: Int
  /// How many keys were changed.
  package let changedCount: Int
  /// How many keys were added.
  package let addedCount: Int
  private let removedStart: Int
  private let changedStart: Int
  private let addedStart: Int
  private let read: (Range<Int>) throws(SetSourceFailure) -> [UInt8]

  /// Takes the file's length and how to read a range of its bytes.
  package init(
    length: Int, read: @escaping (Range<Int>) throws(SetSourceFailure) -> [UInt8]
  ) throws(TransitionListsError) {
    self.read = read
    let magic = Self.magic
    guard length >= magic.count, try Self.bytes(0..<magic.count, read) == magic else {
      throw .notTransitionLists
    }
    var position = magic.count
    (removedStart, removedCount) = try Self.list(at: &position, of: 32, length, read)
    (changedStart, changedCount) = try Self.list(at: &position, of: 72, length, read)
    (addedStart, addedCount) = try Self.list(at: &position, of: 72, length, read)
    if position < length { throw .trailingBytes }
  }

  private static func bytes(
    _ range: Range<Int>, _ read: (Range<Int>) throws(SetSourceFailure) -> [UInt8]
  ) throws(TransitionListsError) -> [UInt8] {
    do throws(SetSourceFailure) {
      let bytes = try read(range)
      if bytes.count == range.count { return bytes }
    } catch {
      throw .refused(.unreadable(error.description))
    }
    throw .truncated
  }

  private static func list(
    at position: inout Int, of size: Int, _ length: Int,
    _ read: (Range<Int>) throws(SetSourceFailure) -> [UInt8]
  ) throws(TransitionListsError) -> (start: Int, count: Int) {
    guard length - position >= 8 else { throw .truncated }
    let start = position + 8
    let count = try bytes(position..<start, read).bigEndianWord(at: 0)
    guard count <= UInt64((length - start) / size) else { throw .truncated }
    position = start + Int(count) * size
    return (start, Int(count))
  }

  /// The lists as the checker pulls them, 64 KiB at a time; each call starts again.
  package var stream: TransitionStream {
    var removed = PartCursor(start: removedStart, count: removedCount, size: 32, read: read)
    var changed = PartCursor(start: changedStart, count: changedCount, size: 72, read: read)
    var added = PartCursor(start: addedStart, count: addedCount, size: 72, read: read)
    return TransitionStream(
      removed: { () throws(TransitionRefusal) in
        try removed.next().map { offset in removed.window.digest(at: offset) }
      },
      changed: { () throws(TransitionRefusal) in
        try changed.next().flatMap { SetIndexLayout.entry(changed.window, at: $0) }
      },
      added: { () throws(TransitionRefusal) in
        try added.next().flatMap { SetIndexLayout.entry(added.window, at: $0) }
      })
  }

  /// The removed keys, as a witness is made from them.
  package var removed: SortedKeys { keys(removedStart, removedCount, 32) }

  /// The changed keys.
  package var changed: SortedKeys { keys(changedStart, changedCount, 72) }

  /// The added keys.
  package var added: SortedKeys { keys(addedStart, addedCount, 72) }

  private func keys(_ start: Int, _ count: Int, _ size: Int) -> SortedKeys {
    let read = read
    return SortedKeys(count: count) { (index) throws(SetSourceFailure) in
      let offset = start + index * size
      let bytes = try read(offset..<offset + 32)
      guard bytes.count == 32 else { throw .damaged("a list ends early") }
      return bytes.digest(at: 0)
    }
  }
}

/// Walks over the fixed-size parts of one list.
private struct PartCursor {
  private let end: Int
  private let size: Int
  private let read: (Range<Int>) throws(SetSourceFailure) -> [UInt8]
  private var position: Int
  private var offset = 0
  private(set) var window: [UInt8] = []

  init(
    start: Int, count: Int, size: Int,
    read: @escaping (Range<Int>) throws(SetSourceFailure) -> [UInt8]
  ) {
    position = start
    end = start + count * size
    self.size = size
    self.read = read
  }

  /// Where the next part stands in ``window``, or `nil` at the end.
  mutating func next() throws(TransitionRefusal) -> Int? {
    if offset + size <= window.count {
      defer { offset += size }
      return offset
    }
    if position >= end { return nil }
    let range = position..<min(end, position + 65_536 / size * size)
    do throws(SetSourceFailure) {
      window = try read(range)
    } catch {
      throw .unreadable(error.description)
    }
    guard window.count == range.count else {
      throw .unreadable("A list ends early; read it again.")
    }
    position = range.upperBound
    offset = size
    return 0
  }
}
