internal import Provenance

/// Choices, each of which moves the generator on.
extension TestHistory {
  /// True once in `count` times.
  mutating func isOne(in count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  /// One of `items`, which are not empty.
  mutating func pick<Item>(_ items: some Collection<Item>) -> Item {
    items.randomElement(using: &random)!
  }

  /// A number from 0 to `most`.
  mutating func amount(upTo most: UInt64) -> UInt64 {
    UInt64.random(in: 0...most, using: &random)
  }

  /// The body of an admitted event.
  func body(_ id: EventID) -> Body? { ledger.replay.events[id]?.statement.body }

  /// An event of one of `kinds`; half of the time one of the last eight of its kind.
  mutating func some(_ kinds: Kind...) -> EventID? {
    let lists = kinds.compactMap { ids[$0] }
    if lists.isEmpty { return nil }
    let list = pick(lists)
    return isOne(in: 2) ? pick(list.suffix(8)) : pick(list)
  }

  /// Any event but those that give authority.
  mutating func someAnswerable() -> EventID? {
    let kinds = Kind.allCases.filter { ids[$0] != nil && !$0.isAuthority && $0 != .ledgerCreated }
    return kinds.isEmpty ? nil : some(pick(kinds))
  }

  /// A release with its root.
  mutating func someExactRelease() -> ReleasePublished? {
    guard let id = some(.releasePublished), case .releasePublished(let body) = body(id) else {
      return nil
    }
    return body
  }

  /// A release, as it was published or as others stated it.
  mutating func someRelease() -> VersionedName? {
    guard let id = some(.releasePublished) else { return nil }
    return switch body(id) {
    case .releasePublished(let body): body.release
    case .releaseStated(let body): body.release
    default: nil
    }
  }

  mutating func someDataset() -> DatasetRegistered? {
    guard let id = some(.datasetRegistered), case .datasetRegistered(let body) = body(id) else {
      return nil
    }
    return body
  }

  mutating func someModel() -> ModelRegistered? {
    guard let id = some(.modelRegistered), case .modelRegistered(let body) = body(id) else {
      return nil
    }
    return body
  }

  /// One to three things to speak of.
  mutating func someTopics() -> [Topic] {
    var topics: Set<Topic> = [.actor(pick(actors))]
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: if let dataset = someDataset() { topics.insert(.dataset(dataset.dataset)) }
      case 1: if let release = someRelease() { topics.insert(.release(release)) }
      case 2: if let model = someModel() { topics.insert(.model(model.model)) }
      default: if let id = someAnswerable() { topics.insert(.event(id)) }
      }
    }
    return topics.sorted()
  }

  /// A count in some unit.
  mutating func someCount() -> Count {
    .stated(
      amount(upTo: 9_000), pick(CountUnit.allCases), exactness: pick(Exactness.allCases))
  }
}
