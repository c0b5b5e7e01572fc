package import LedgerCrypto

/// The three lists of a transition, each pulled key by key until it gives `nil`.
package struct TransitionStream {
  /// The next removed key.
  package let removed: () throws(TransitionRefusal) -> Digest?
  /// The next changed key with its new n and D.
  package let changed: () throws(TransitionRefusal) -> SetEntry?
  /// The next added key with its n and D.
  package let added: () throws(TransitionRefusal) -> SetEntry?

  /// Takes how to read each list.
  package init(
    removed: @escaping () throws(TransitionRefusal) -> Digest?,
    changed: @escaping () throws(TransitionRefusal) -> SetEntry?,
    added: @escaping () throws(TransitionRefusal) -> SetEntry?
  ) {
    self.removed = removed
    self.changed = changed
    self.added = added
  }
}

/// What a list says about a key.
enum NamedKey {
  case removed(Digest)
  case changed(SetEntry)
  case added(SetEntry)
}

/// Merges the three lists into one ascending order of keys, judging what the lists alone show.
struct TransitionMerge {
  private let stream: TransitionStream
  private var removed: Digest?
  private var changed: SetEntry?
  private var added: SetEntry?

  /// How many keys were read from each list.
  private(set) var counts = (removed: 0 as UInt64, changed: 0 as UInt64, added: 0 as UInt64)
  /// The lowest key that is left, or `nil` at the end.
  private(set) var key: Digest?
  /// What its list says.
  private(set) var named: NamedKey?

  init(_ stream: TransitionStream) throws(TransitionRefusal) {
    self.stream = stream
    try readRemoved()
    try readChanged()
    try readAdded()
    try choose()
  }

  /// Goes to the next key.
  mutating func advance() throws(TransitionRefusal) {
    switch named {
    case .removed: try readRemoved()
    case .changed: try readChanged()
    case .added: try readAdded()
    case nil: return
    }
    try choose()
  }

  private mutating func choose() throws(TransitionRefusal) {
    key = removed
    named = removed.map { .removed($0) }
    if let changed {
      if changed.key == key { throw .namedTwice(changed.key) }
      if key.map({ changed.key < $0 }) ?? true { (key, named) = (changed.key, .changed(changed)) }
    }
    if let added {
      if added.key == key { throw .namedTwice(added.key) }
      if key.map({ added.key < $0 }) ?? true { (key, named) = (added.key, .added(added)) }
    }
  }

  private mutating func readRemoved() throws(TransitionRefusal) {
    let before = removed
    removed = try stream.removed()
    guard let removed else { return }
    counts.removed += 1
    if let before, removed <= before { throw .notAscending(removed) }
  }

  private mutating func readChanged() throws(TransitionRefusal) {
    let before = changed
    changed = try stream.changed()
    guard let changed else { return }
    counts.changed += 1
    try Self.judge(changed, after: before)
  }

  private mutating func readAdded() throws(TransitionRefusal) {
    let before = added
    added = try stream.added()
    guard let added else { return }
    counts.added += 1
    try Self.judge(added, after: before)
  }

  private static func judge(
    _ entry: SetEntry, after before: SetEntry?
  ) throws(TransitionRefusal) {
    guard entry.isWellFormed(in: .release) else { throw .entryMalformed(entry) }
    if let before, entry.key <= before.key { throw .notAscending(entry.key) }
  }
}
