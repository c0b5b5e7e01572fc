/// The members of a JSON object, sorted by the UTF-16 code units of their names (RFC 8785).
///
/// No name stands twice. Names are compared by their bytes.
package struct JSONObject: Sendable {
  /// The members in canonical order.
  package private(set) var members: [(name: String, value: JSON)]

  /// Makes an object without members.
  package init() { members = [] }

  /// Takes members in any order and sorts them.
  ///
  /// Two members of one name are a broken invariant of the caller.
  package init(_ members: [(String, JSON)]) {
    let sorted = members.map { (name: $0.0, value: $0.1) }
      .sorted { NameOrder.precedes($0.name, $1.name) }
    for index in sorted.indices.dropFirst() {
      precondition(
        !NameOrder.areSame(sorted[index - 1].name, sorted[index].name),
        "a JSON object has no two members of one name")
    }
    self.members = sorted
  }

  /// Takes members that are known to be sorted and distinct.
  init(sortedMembers: [(name: String, value: JSON)]) { members = sortedMembers }

  /// The value of the member of exactly these bytes; setting `nil` removes it.
  ///
  /// Reading takes a number of comparisons logarithmic in the count of members; adding is linear.
  package subscript(name: String) -> JSON? {
    get { index(of: name).map { members[$0].value } }
    set {
      let position = firstIndex(notBefore: name)
      let isThere = position < members.count && NameOrder.areSame(members[position].name, name)
      switch (newValue, isThere) {
      case (let value?, true): members[position].value = value
      case (let value?, false):
        // Most objects have a few members: room for them is made once.
        if members.isEmpty { members.reserveCapacity(8) }
        members.insert((name, value), at: position)
      case (nil, true): members.remove(at: position)
      case (nil, false): break
      }
    }
  }

  /// The place of the member of that name in ``members``.
  func index(of name: String) -> Int? {
    let position = firstIndex(notBefore: name)
    guard position < members.count, NameOrder.areSame(members[position].name, name) else {
      return nil
    }
    return position
  }

  private func firstIndex(notBefore name: String) -> Int {
    var low = 0
    var high = members.count
    while low < high {
      let middle = low + (high - low) / 2
      if NameOrder.precedes(members[middle].name, name) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension JSONObject: Equatable {
  /// Whether both have the same members, byte for byte.
  package static func == (a: JSONObject, b: JSONObject) -> Bool {
    a.members.count == b.members.count
      && zip(a.members, b.members).allSatisfy { a, b in
        NameOrder.areSame(a.name, b.name) && a.value == b.value
      }
  }
}
