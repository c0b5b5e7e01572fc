internal import LedgerCrypto

extension EntrySet {
  /// The keys of either set; linear.
  package func union(_ other: EntrySet) -> EntrySet {
    merge(other, keepingLeft: true, keepingBoth: true, keepingRight: true)
  }

  /// The keys of this set that the other does not hold; linear.
  package func subtracting(_ other: EntrySet) -> EntrySet {
    merge(other, keepingLeft: true, keepingBoth: false, keepingRight: false)
  }

  /// The keys of both sets; linear.
  package func intersection(_ other: EntrySet) -> EntrySet {
    merge(other, keepingLeft: false, keepingBoth: true, keepingRight: false)
  }

  /// How many keys both sets hold; linear, without building their set.
  package func overlapCount(with other: EntrySet) -> Int {
    var (left, right, count) = (0, 0, 0)
    while left < members.count, right < other.members.count {
      let (a, b) = (members[left], other.members[right])
      if a == b { count += 1 }
      if a <= b { left += 1 }
      if b <= a { right += 1 }
    }
    return count
  }

  /// Whether the other set holds every key of this one.
  package func isSubset(of other: EntrySet) -> Bool {
    overlapCount(with: other) == count
  }

  private func merge(
    _ other: EntrySet, keepingLeft: Bool, keepingBoth: Bool, keepingRight: Bool
  ) -> EntrySet {
    var output: [Digest] = []
    var (left, right) = (0, 0)
    while left < members.count, right < other.members.count {
      let (a, b) = (members[left], other.members[right])
      if a == b {
        if keepingBoth { output.append(a) }
        left += 1
        right += 1
      } else if a < b {
        if keepingLeft { output.append(a) }
        left += 1
      } else {
        if keepingRight { output.append(b) }
        right += 1
      }
    }
    if keepingLeft { output.append(contentsOf: members[left...]) }
    if keepingRight { output.append(contentsOf: other.members[right...]) }
    return EntrySet(ascending: output)
  }
}
