internal import LedgerCrypto

extension WitnessMaker {
  /// Writes the top of a task's subtree, and puts its sides before the tasks that wait.
  mutating func open(_ task: Task) throws(WitnessMakingFailure) {
    switch task.node.content {
    case .frontier where task.isInBlock: try openLeaf(task)
    case .frontier:
      let top = try readBlock(task.node)
      tasks.append(
        Task(
          node: top, isInBlock: true, names: task.names, isMoved: task.isMoved,
          bitAbove: task.bitAbove))
    case .inner(let bit, let left, let right):
      guard bit > task.bitAbove, bit < 256 else { throw .damaged("a node's bit does not increase") }
      let sides =
        task.isInBlock ? (block[left], block[right]) : (try node(left), try node(right))
      try openNode(task, bit: bit, left: sides.0, right: sides.1)
    }
  }

  private mutating func openNode(
    _ task: Task, bit: Int, left: SetIndexNode, right: SetIndexNode
  ) throws(WitnessMakingFailure) {
    let (sum, overflows) = left.count.addingReportingOverflow(right.count)
    guard !overflows, sum == task.node.count else { throw .damaged("a node's sides do not add up") }
    let prefix = task.node.prefix
    let removals = try split(removed, task.names.removed, prefix, bit)
    let changes = try split(changed, task.names.changed, prefix, bit)
    let additions = try split(added, task.names.added, prefix, bit)
    if let key = removals.outside { throw .refused(.removedAbsent(try read(removed, key))) }
    if let key = changes.outside { throw .refused(.changedAbsent(try read(changed, key))) }
    WitnessPart.node(bit: bit, prefix: prefix).append(to: &bytes)
    let leftGone = removals.left.count >= left.count
    let rightGone = removals.right.count >= right.count
    tasks.append(
      Task(
        node: right, isInBlock: task.isInBlock,
        names: Names(
          removed: removals.right, changed: changes.right, added: additions.right),
        isMoved: leftGone && !rightGone, bitAbove: bit))
    tasks.append(
      Task(
        node: left, isInBlock: task.isInBlock,
        names: Names(removed: removals.left, changed: changes.left, added: additions.left),
        isMoved: rightGone && !leftGone, bitAbove: bit))
  }

  private mutating func openLeaf(_ task: Task) throws(WitnessMakingFailure) {
    let entry = blockEntries[task.node.first]
    for index in task.names.removed {
      let key = try read(removed, index)
      if key != entry.key { throw .refused(.removedAbsent(key)) }
    }
    for index in task.names.changed {
      let key = try read(changed, index)
      if key != entry.key { throw .refused(.changedAbsent(key)) }
    }
    if !isLookup {
      for index in task.names.added where try read(added, index) == entry.key {
        throw .refused(.addedPresent(entry.key))
      }
    }
    WitnessPart.leaf(entry).append(to: &bytes)
  }

  /// Reads the records of a frontier node and makes every node below it.
  private mutating func readBlock(
    _ node: SetIndexNode
  ) throws(WitnessMakingFailure) -> SetIndexNode {
    let (end, overflows) = node.first.addingReportingOverflow(node.count)
    guard !overflows, node.first >= 0, end <= source.count, node.count <= max(1, source.blockSize)
    else { throw .damaged("a block lies outside the records") }
    let entries = try WitnessMakingFailure.reading { () throws(SetSourceFailure) in
      try source.entries(node.first..<end)
    }
    guard entries.count == node.count else { throw .damaged("records are missing") }
    var builder = SetIndexBuilder(source.kind, blockSize: 1)
    do throws(SetBuildError) {
      for entry in entries { try builder.push(entry) }
    } catch {
      throw .damaged(error.description)
    }
    let root = builder.finish()
    block = builder.takeNodes()
    blockEntries = entries
    guard root.top == node.hash, root.rows == node.rows, let top = block.last else {
      throw .damaged("the records from \(node.first) on have another hash")
    }
    return top
  }

  /// Reads an upper node, whose sides must come before it.
  func node(_ number: Int) throws(WitnessMakingFailure) -> SetIndexNode {
    let node = try WitnessMakingFailure.reading { () throws(SetSourceFailure) in
      try source.node(number)
    }
    guard node.count > 0 else { throw .damaged("node \(number) is empty") }
    if case .inner(_, let left, let right) = node.content {
      guard left >= 0, right >= 0, left < number, right < number else {
        throw .damaged("node \(number) does not follow its sides")
      }
    }
    return node
  }

  private func split(
    _ list: SortedKeys, _ range: Range<Int>, _ prefix: Digest, _ bit: Int
  ) throws(WitnessMakingFailure) -> (left: Range<Int>, right: Range<Int>, outside: Int?) {
    try WitnessMakingFailure.reading { () throws(SetSourceFailure) in
      try list.split(range, prefix: prefix, bit: bit)
    }
  }

  private func read(_ list: SortedKeys, _ index: Int) throws(WitnessMakingFailure) -> Digest {
    try WitnessMakingFailure.reading { () throws(SetSourceFailure) in try list.key(index) }
  }

  func firstKey(
    _ list: SortedKeys, _ range: Range<Int>
  ) throws(WitnessMakingFailure) -> Digest? {
    range.isEmpty ? nil : try read(list, range.lowerBound)
  }
}
