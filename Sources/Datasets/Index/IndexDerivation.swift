internal import Files
internal import LedgerCrypto
internal import SetCommitment

/// The index of a release from its parent's: less some keys, and with some records added.
///
/// The parent's own root comes of the same fold and must be the published one, so that what is derived
/// stands on that root and not on the file. Memory: a group of records for each worker.
struct IndexDerivation {
  /// What came of it.
  struct Outcome {
    let index: IndexResult
    /// Keys of the parent that went.
    let removedKeys: Int
    /// Their rows.
    let removedRows: UInt64
    /// The parent's rows.
    let parentRows: UInt64
  }

  /// The part of the index below one prefix.
  private struct Part: Sendable {
    let index: IndexPart
    let parent: SubtreeSummary
    var removedKeys = 0
    var removedRows: UInt64 = 0
  }

  private let parent: IndexFile
  private let removed: [Digest]
  private let added: [SetEntry]
  private let work: Work
  private let scratch: String
  private let bits: Int

  /// Takes keys and records in ascending order; a key that the parent has not is passed over.
  init(
    of parent: IndexFile, removing removed: [Digest], adding added: [SetEntry], _ work: Work,
    scratch: String
  ) {
    self.parent = parent
    self.removed = removed
    self.added = added
    self.work = work
    self.scratch = scratch
    bits = SetAssembly.groupBits(of: Int(clamping: parent.rows), atMost: 16, work)
  }

  /// Folds the parent's index; writes the derived one, sealed, when `path` is given.
  ///
  /// - Throws: ``DatasetFailure/index(path:_:)`` where the parent's does not give its root.
  func run(_ crew: Crew, index path: String?) throws(DatasetFailure) -> Outcome {
    guard let prefixes = KeyPrefix.partition(length: bits) else {
      preconditionFailure("groups have at most 16 bits")
    }
    let writer = try IndexWriter(.release, bits: bits, path: path, scratch: scratch)
    var whole = SetRootBuilder(.release)
    var (keys, rows) = (0, UInt64(0))
    var groups = prefixes.makeIterator()
    // As good as its copy in each job: it holds a reference and values.
    let derivation = self
    try crew.inOrder(
      next: { () throws(DatasetFailure) in
        if work.isCancelled() { throw .cancelled }
        return groups.next()
      },
      work: { (prefix) throws(DatasetFailure) in try derivation.part(of: prefix) },
      take: { (part) throws(DatasetFailure) in
        try writer.append(part.index)
        do throws(SetBuildError) {
          try whole.push(part.parent)
        } catch {
          throw derivation.damaged
        }
        keys += part.removedKeys
        rows += part.removedRows
      })
    let root = whole.finish()
    guard root.root == parent.root else { throw damaged }
    return Outcome(
      index: try writer.finish(), removedKeys: keys, removedRows: rows, parentRows: root.rows)
  }

  private var damaged: DatasetFailure { .index(path: parent.path, .contentDamaged) }

  /// Reads the parent's records of one prefix, and folds them.
  private func part(of prefix: KeyPrefix) throws(DatasetFailure) -> Part {
    do {
      return try fold(prefix, try range(of: prefix))
    } catch {
      // Records that contradict themselves or do not ascend: the files that were written are sound.
      throw damaged
    }
  }

  private func range(of prefix: KeyPrefix) throws(SetSourceFailure) -> Range<Int> {
    let source = parent.source
    let low = try source.lowerBound(prefix.bits)
    var high = try source.lowerBound(prefix.last)
    if high < source.count, try source.entries(high..<high + 1).first?.key == prefix.last {
      high += 1
    }
    return low..<max(low, high)
  }

  private func fold(_ prefix: KeyPrefix, _ range: Range<Int>) throws -> Part {
    var derivation = SetDerivation()
    var index = IndexPart(reserving: range.count)
    var (keys, rows) = (0, UInt64(0))
    var going = removed[Self.place(prefix.bits, in: removed, by: \.self)...]
    var coming = added[Self.place(prefix.bits, in: added, by: \.key)...]
    func add(before key: Digest?) throws {
      while let entry = coming.first, prefix.contains(entry.key),
        key.map({ entry.key < $0 }) ?? true
      {
        try derivation.push(entry, .added)
        index.append(entry)
        coming.removeFirst()
      }
    }
    var first = range.lowerBound
    while first < range.upperBound {
      let end = min(range.upperBound, first + 4096)
      for entry in try parent.entries(first..<end) {
        guard prefix.contains(entry.key) else { throw damaged }
        if !coming.isEmpty { try add(before: entry.key) }
        while let key = going.first, key < entry.key { going.removeFirst() }
        if going.first == entry.key {
          try derivation.push(entry, .removed)
          keys += 1
          rows += entry.rows
        } else {
          try derivation.push(entry, .kept)
          index.append(entry)
        }
      }
      first = end
    }
    try add(before: nil)
    let (parent, nodes) = derivation.finish(within: prefix)
    index.nodes = nodes
    return Part(index: index, parent: parent, removedKeys: keys, removedRows: rows)
  }

  /// The place of the first element whose key is at least `key`.
  private static func place<Element>(
    _ key: Digest, in elements: [Element], by path: (Element) -> Digest
  ) -> Int {
    var (low, high) = (0, elements.count)
    while low < high {
      let middle = low + (high - low) / 2
      if path(elements[middle]) < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
