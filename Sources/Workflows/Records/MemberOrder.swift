internal import CanonicalJSON
internal import Provenance

/// Puts lists whose order means nothing into the order in which statements write them.
enum MemberOrder {
  /// The orders of lists, by the names of members, as the forms of kinds have them.
  private static let orders: [String: Set<ListOrder>] = {
    // What all kinds have, and what a release says of how it came from its parent.
    var orders: [String: Set<ListOrder>] = [
      "causes": [.ascending], "removals": [.ascending], "reinstatements": [.ascending],
    ]
    for kind in Kind.allCases {
      for member in kind.members { orders[member.name, default: []].insert(member.order) }
    }
    return orders
  }()

  /// `json`, in order if it is a list that has one.
  static func restored(_ json: JSON, of name: String) -> JSON {
    guard case .array(let items) = json else { return json }
    for order in orders[name, default: []] {
      // What has no key is misshapen, and stays for the reader to refuse.
      let keys = items.map { key(of: $0, order) }
      guard keys.allSatisfy({ $0 != nil }) else { continue }
      return .array(
        zip(items, keys.compactMap(\.self)).sorted { $0.1.lexicographicallyPrecedes($1.1) }
          .map(\.0))
    }
    return json
  }

  private static func key(of item: JSON, _ order: ListOrder) -> [UInt8]? {
    switch (order, item) {
    case (.ascending, .string(let text)): return Array(text.utf8)
    case (.by(let member), .object(let object)):
      guard case .string(let text)? = object[member] else { return nil }
      return Array(text.utf8)
    case (.byThing, .object(let object)):
      guard object.members.count == 1, let (name, value) = object.members.first,
        case .string(let text) = value
      else { return nil }
      return Array(name.utf8) + [0] + Array(text.utf8)
    default: return nil
    }
  }
}
