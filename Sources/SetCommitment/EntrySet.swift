package import LedgerCrypto

/// A set of keys alone, ascending and without repeats.
///
/// *Open*, its root is over the keys. *Sealed*, it is over HMAC-SHA-256(set secret, key): the same
/// type again, which ``sealed(under:)`` gives; keys and secret stay with the custodian.
package struct EntrySet: Hashable, Sendable {
  /// The keys, strictly ascending.
  package let members: [Digest]

  /// Takes keys in any order, and each once however often it comes.
  package init(_ keys: some Sequence<Digest>) {
    var members: [Digest] = []
    for key in keys.sorted() where key != members.last { members.append(key) }
    self.members = members
  }

  /// Takes keys that are known to be strictly ascending.
  init(ascending members: [Digest]) {
    self.members = members
  }

  /// How many keys.
  package var count: Int { members.count }

  /// What commits to the set; two hashes a key.
  package var root: SetRoot {
    var stack = PrefixStack<SubtreePart>()
    var none: Void = ()
    for key in members {
      let part = SubtreePart(rows: 1, hash: SetHash.leaf(SetEntry(member: key)))
      stack.push(key, part, into: &none, combine: SubtreePart.combine)
    }
    let top = stack.finish(into: &none, combine: SubtreePart.combine)
    let count = UInt64(members.count)
    return SetRoot(kind: .entrySet, rows: count, keys: count, top: top?.hash ?? SetHash.empty)
  }

  /// The set of tags whose root is the sealed root of this set.
  ///
  /// One fresh secret for each set, or equal keys show across sets.
  package func sealed(under secret: HMAC256) -> EntrySet {
    EntrySet(members.lazy.map { secret.tag(of: $0) })
  }

  /// The set's tree, from which membership is proved; about 400 bytes a key.
  package func tree() throws(SetBuildError) -> SetTree {
    try SetTree(.entrySet, members.map { SetEntry(member: $0) })
  }

  /// Whether the set holds `key`.
  package func contains(_ key: Digest) -> Bool {
    var (low, high) = (0, members.count)
    while low < high {
      let middle = low + (high - low) / 2
      if members[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < members.count && members[low] == key
  }
}
