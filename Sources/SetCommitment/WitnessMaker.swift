package import LedgerCrypto

/// Why a witness could not be made.
package enum WitnessMakingFailure: Error, Hashable, Sendable {
  /// The set could not be read.
  case source(SetSourceFailure)
  /// The lists are not of this set: any witness would be refused.
  case refused(TransitionRefusal)
}

extension WitnessMakingFailure: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .source(let failure): failure.description
    case .refused(let refusal): refusal.description
    }
  }
}

/// Makes the smallest witness that decides about the named keys, chunk by chunk.
///
/// Opens the path to each key as far as the set decides about it, and the top of a side that moves up
/// because the other side of its node is wholly removed. Everything else is opaque. Memory: the path
/// (at most 256 nodes) and one block of records.
package struct WitnessMaker {
  struct Names {
    var removed: Range<Int>
    var changed: Range<Int>
    var added: Range<Int>
    var isEmpty: Bool { removed.isEmpty && changed.isEmpty && added.isEmpty }
  }

  struct Task {
    let node: SetIndexNode
    let isInBlock: Bool
    let names: Names
    /// Whether the top is opened even if no key leads here.
    let isMoved: Bool
    let bitAbove: Int
  }

  let source: SetSource
  let removed: SortedKeys
  let changed: SortedKeys
  let added: SortedKeys
  /// Whether an added key may be present and the others absent: for a lookup.
  let isLookup: Bool
  var tasks: [Task] = []
  var block: [SetIndexNode] = []
  var blockEntries: [SetEntry] = []
  private var started = false
  var bytes: [UInt8] = []

  /// Makes the witness of a transition; each list is strictly ascending.
  package init(
    _ source: SetSource, removed: SortedKeys, changed: SortedKeys, added: SortedKeys
  ) {
    self.init(source, removed, changed, added, isLookup: false)
  }

  private init(
    _ source: SetSource, _ removed: SortedKeys, _ changed: SortedKeys, _ added: SortedKeys,
    isLookup: Bool
  ) {
    self.source = source
    self.removed = removed
    self.changed = changed
    self.added = added
    self.isLookup = isLookup
  }

  /// The witness that decides whether the set holds `key`, and with what.
  ///
  /// Cost: two nodes for each level above a block, one block, and two hashes a record of it.
  package static func lookup(
    _ key: Digest, in source: SetSource
  ) throws(SetSourceFailure) -> [UInt8] {
    let none = SortedKeys([Digest]())
    var maker = WitnessMaker(source, none, none, SortedKeys([key]), isLookup: true)
    var witness: [UInt8] = []
    do throws(WitnessMakingFailure) {
      while let chunk = try maker.nextChunk() { witness.append(contentsOf: chunk) }
    } catch {
      switch error {
      case .source(let failure): throw failure
      case .refused(let refusal): throw .damaged(refusal.description)
      }
    }
    return witness
  }

  /// The next bytes of the witness, about 64 KiB, or `nil` at the end.
  package mutating func nextChunk() throws(WitnessMakingFailure) -> [UInt8]? {
    if !started { try start() }
    while bytes.count < 65_536, let task = tasks.popLast() {
      if task.names.isEmpty, !task.isMoved {
        WitnessPart.opaque(rows: task.node.rows, hash: task.node.hash).append(to: &bytes)
      } else {
        try open(task)
      }
    }
    if bytes.isEmpty { return nil }
    let chunk = bytes
    bytes = []
    return chunk
  }

  private mutating func start() throws(WitnessMakingFailure) {
    started = true
    guard source.nodeCount > 0 else {
      if source.count > 0 { throw .damaged("it has records and no nodes") }
      if let named = try firstKey(removed, 0..<removed.count) {
        throw .refused(.removedAbsent(named))
      }
      if let named = try firstKey(changed, 0..<changed.count) {
        throw .refused(.changedAbsent(named))
      }
      WitnessPart.empty.append(to: &bytes)
      return
    }
    let root = try node(source.nodeCount - 1)
    guard root.first == 0, root.count == source.count else {
      throw .damaged("its root does not cover its records")
    }
    tasks.append(
      Task(
        node: root, isInBlock: false,
        names: Names(
          removed: 0..<removed.count, changed: 0..<changed.count, added: 0..<added.count),
        isMoved: false, bitAbove: -1))
  }
}

extension WitnessMakingFailure {
  static func damaged(_ what: String) -> WitnessMakingFailure { .source(.damaged(what)) }

  /// Runs `body`, which reads the set or a list.
  static func reading<Result>(
    _ body: () throws(SetSourceFailure) -> Result
  ) throws(WitnessMakingFailure) -> Result {
    do throws(SetSourceFailure) {
      return try body()
    } catch {
      throw .source(error)
    }
  }
}
