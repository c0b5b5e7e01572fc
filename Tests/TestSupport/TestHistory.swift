package import Provenance

/// A random history that every rule admits: the same seed gives the same events.
package struct TestHistory: Sendable {
  package private(set) var ledger: EventMaker
  private var random: SplitMix64
  private var number = 0
  private var lastAuthority: EventID
  private var actors: [String] = []
  private var keyed: [String] = []
  private var datasets: [String: Int] = [:]
  private var releases: [String] = []
  private var lists: [EventID] = []
  private var matches: [(id: EventID, release: String)] = []
  private var unions: [(id: EventID, release: String)] = []
  private var models: [String] = []
  private var deprecated: Set<String> = []

  /// The text of every open attachment that the events name.
  package private(set) var openTexts: [String] = []

  package init(seed: UInt64) throws {
    ledger = try EventMaker()
    random = SplitMix64(seed: seed)
    lastAuthority = ledger.genesis.id
  }

  package var genesis: SignedEvent { ledger.genesis }

  /// The next `count` events.
  package mutating func events(_ count: Int) throws -> [SignedEvent] {
    try (0..<count).map { _ in try next() }
  }

  /// The next event.
  package mutating func next() throws -> SignedEvent {
    number += 1
    ledger.clock = ledger.clock.advanced(bySeconds: Int64.random(in: 0...3, using: &random))
    if models.isEmpty { return try model() }
    if releases.isEmpty { return try release() }
    return switch UInt64.random(in: 0..<16, using: &random) {
    case 0: try authority()
    case 1: try release()
    case 2: try list()
    case 3, 4: try match()
    case 5, 6: try union()
    case 7: try removal()
    case 8: try verification()
    case 9: try model()
    case 10: try deprecation()
    default: try training()
    }
  }

  private mutating func authority() throws -> SignedEvent {
    let event: SignedEvent
    if let actor = actors.last, keyed.last != actor {
      keyed.append(actor)
      event = try ledger.event(
        EventMaker.keyAdded(actor, to: actor, after: lastAuthority), by: ["publisher", actor])
    } else {
      actors.append("actor-\(number)")
      event = try ledger.event(EventMaker.actor("actor-\(number)", after: lastAuthority))
    }
    lastAuthority = event.id
    return event
  }

  private mutating func release() throws -> SignedEvent {
    if datasets.isEmpty || random.next().isMultiple(of: 4) {
      datasets["data-\(number)"] = 0
      return try ledger.event(EventMaker.dataset("data-\(number)"))
    }
    let name = datasets.keys.sorted().randomElement(using: &random)!
    let version = datasets[name]!
    datasets[name] = version + 1
    let release = "\(name)@v\(version)"
    releases.append(release)
    return try ledger.event(EventMaker.release(release, isFirst: version == 0))
  }

  private mutating func list() throws -> SignedEvent {
    let event = try ledger.event(ledger.hashList("list@v\(number)"))
    lists.append(event.id)
    return event
  }

  private mutating func match() throws -> SignedEvent {
    guard let list = lists.randomElement(using: &random) else { return try self.list() }
    let release = releases.randomElement(using: &random)!
    let event = try ledger.event(ledger.match(on: release, list: list))
    matches.append((event.id, release))
    return event
  }

  private mutating func union() throws -> SignedEvent {
    guard let source = matches.randomElement(using: &random) else { return try match() }
    let event = try ledger.event(EventMaker.union(on: source.release, of: source.id))
    unions.append((event.id, source.release))
    return event
  }

  private mutating func removal() throws -> SignedEvent {
    guard let union = unions.randomElement(using: &random) else { return try self.union() }
    return try ledger.event(EventMaker.removal(on: union.release, union: union.id))
  }

  private mutating func verification() throws -> SignedEvent {
    guard let target = matches.randomElement(using: &random) else { return try match() }
    return try ledger.event(ledger.verification(of: target.id))
  }

  private mutating func model() throws -> SignedEvent {
    models.append("model-\(number)")
    return try ledger.event(EventMaker.model("model-\(number)"))
  }

  private mutating func deprecation() throws -> SignedEvent {
    guard let model = models.first(where: { !deprecated.contains($0) }) else {
      return try self.model()
    }
    deprecated.insert(model)
    openTexts.append("why \(model) goes")
    return try ledger.event(EventMaker.deprecated(model, reason: "why \(model) goes"))
  }

  private mutating func training() throws -> SignedEvent {
    try ledger.event(
      EventMaker.training(
        models.randomElement(using: &random)!, on: releases.randomElement(using: &random)!))
  }
}
