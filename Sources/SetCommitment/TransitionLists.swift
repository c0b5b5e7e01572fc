package import LedgerCrypto

/// Why bytes are not the lists of a transition.
package enum TransitionListsError: Error, Hashable, Sendable {
  /// The first line is not `winnow-transition1`.
  case notTransitionLists
  /// The bytes end before a count or the last key.
  case truncated
  /// Bytes follow the last list.
  case trailingBytes
  /// The lists contradict themselves, or could not be read.
  case refused(TransitionRefusal)
}

extension TransitionListsError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .notTransitionLists:
      "The file does not begin with winnow-transition1; name the lists of a transition."
    case .truncated: "The lists end too early; fetch them again."
    case .trailingBytes: "Bytes follow the last list; fetch the lists again."
    case .refused(let refusal): refusal.description
    }
  }
}

/// What a release loses, changes and gains on its way to the next: three lists in memory, each
/// strictly ascending, with no key named twice.
package struct TransitionLists: Hashable, Sendable {
  /// The keys that are no longer there.
  package let removed: [Digest]
  /// The keys that stay, with their new n and D.
  package let changed: [SetEntry]
  /// The keys that are new, with their n and D.
  package let added: [SetEntry]

  /// Takes three lists.
  ///
  /// - Throws: ``TransitionRefusal`` when they are not strictly ascending, name a key twice, or hold
  ///   an entry that no release can hold.
  package init(
    removed: [Digest], changed: [SetEntry], added: [SetEntry]
  ) throws(TransitionRefusal) {
    self.removed = removed
    self.changed = changed
    self.added = added
    var merge = try TransitionMerge(stream)
    while merge.key != nil { try merge.advance() }
  }

  /// Reads the bytes of a lists file (``TransitionListsFile``) and judges every list.
  package init(_ bytes: [UInt8]) throws(TransitionListsError) {
    let file = try TransitionListsFile(length: bytes.count) { range in Array(bytes[range]) }
    var removed: [Digest] = []
    var changed: [SetEntry] = []
    var added: [SetEntry] = []
    removed.reserveCapacity(file.removedCount)
    changed.reserveCapacity(file.changedCount)
    added.reserveCapacity(file.addedCount)
    do throws(TransitionRefusal) {
      var merge = try TransitionMerge(file.stream)
      while let named = merge.named {
        switch named {
        case .removed(let key): removed.append(key)
        case .changed(let entry): changed.append(entry)
        case .added(let entry): added.append(entry)
        }
        try merge.advance()
      }
    } catch {
      throw .refused(error)
    }
    self.removed = removed
    self.changed = changed
    self.added = added
  }

  /// What leads from one set to the other: both ascending by key.
  package init(from before: [SetEntry], to after: [SetEntry]) throws(TransitionRefusal) {
    var removed: [Digest] = []
    var changed: [SetEntry] = []
    var added: [SetEntry] = []
    var (old, new) = (0, 0)
    while old < before.count || new < after.count {
      if new == after.count || (old < before.count && before[old].key < after[new].key) {
        removed.append(before[old].key)
        old += 1
      } else if old == before.count || after[new].key < before[old].key {
        added.append(after[new])
        new += 1
      } else {
        if before[old] != after[new] { changed.append(after[new]) }
        old += 1
        new += 1
      }
    }
    try self.init(removed: removed, changed: changed, added: added)
  }

  /// The bytes of a lists file.
  package var bytes: [UInt8] {
    var bytes = TransitionListsFile.magic
    bytes.reserveCapacity(
      bytes.count + 24 + 32 * removed.count + 72 * (changed.count + added.count))
    bytes.append(bigEndian: UInt64(removed.count))
    for key in removed { key.appendWords(to: &bytes) }
    for list in [changed, added] {
      bytes.append(bigEndian: UInt64(list.count))
      for entry in list { SetIndexLayout.append(entry, to: &bytes) }
    }
    return bytes
  }

  /// The lists as the checker pulls them; each call starts again.
  package var stream: TransitionStream {
    var removed = removed.makeIterator()
    var changed = changed.makeIterator()
    var added = added.makeIterator()
    return TransitionStream(
      removed: { removed.next() }, changed: { changed.next() }, added: { added.next() })
  }
}

extension WitnessMaker {
  /// Makes the witness of `lists`, whole.
  package static func transition(
    _ lists: TransitionLists, in source: SetSource
  ) throws(WitnessMakingFailure) -> [UInt8] {
    var maker = WitnessMaker(
      source, removed: SortedKeys(lists.removed), changed: SortedKeys(lists.changed),
      added: SortedKeys(lists.added))
    var witness: [UInt8] = []
    while let chunk = try maker.nextChunk() { witness.append(contentsOf: chunk) }
    return witness
  }
}
