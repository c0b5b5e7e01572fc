import Files
import LedgerCrypto
import LedgerStore
import Provenance
import SetCommitment
import TestSupport
import Testing
import Workflows

/// A line of releases and the model of it: which rows each has, and what each decision took or brought back.
struct RandomLine {
  struct Row: Equatable {
    let key: Int
    let text: String
  }

  struct Release {
    let name: VersionedName
    let rows: [Row]
    let parent: Int?
    /// The name of its one file.
    let shard: String
    /// What it and the releases before it applied.
    var applied: Set<UInt64> = []
    var isByHand = false
  }

  struct Decision {
    let sequence: UInt64
    let release: Int
    /// Of a reinstatement: what it takes back from.
    var removals: Set<UInt64> = []
    let keys: Set<Int>
    var isIllegal = false
    /// What was drawn to go with it.
    var decoys: Set<Int> = []
    /// Its decoys included.
    let tally: Tally
  }

  let seed: UInt64
  let place: Place
  var random: SplitMix64
  var releases: [Release] = []
  var decisions: [Decision] = []
  var texts = 0
  var lists = 0

  init(seed: UInt64) throws {
    self.seed = seed
    place = try Place()
    random = SplitMix64(seed: seed)
    let rows = (0..<40).flatMap { key in
      (0..<(key % 5 == 0 ? 2 : 1)).map { Row(key: key, text: "row \(key) \($0)") }
    }
    try publish(rows, parent: nil)
    _ = try place.session().grant(.matcher, to: ActorName("publisher")!)
  }

  mutating func chosen(_ count: Int, of keys: some Collection<Int>) -> Set<Int> {
    Set(keys.sorted().shuffled(using: &random).prefix(count))
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }

  private func csv(_ rows: [Row]) -> String {
    "URL,TEXT\n" + rows.map { "\(Place.url($0.key)),\($0.text)\n" }.joined()
  }

  private func name(_ version: Int) -> VersionedName { VersionedName("pets@\(version + 1)")! }

  private mutating func publish(_ rows: [Row], parent: Int?) throws {
    let name = name(releases.count)
    let file = try place.put(csv(rows), "\(releases.count).csv")
    _ = try place.session().publishRelease(
      name, files: [file], parent: parent.map { releases[$0].name })
    releases.append(
      Release(
        name: name, rows: rows, parent: parent, shard: "\(releases.count).csv",
        applied: parent.map { releases[$0].applied } ?? [], isByHand: parent != nil))
  }

  /// A release and those before it, the nearest first.
  func line(_ release: Int) -> [Int] {
    Array(sequence(first: release) { releases[$0].parent })
  }

  func pending(_ release: Int) -> [Decision] {
    let line = Set(line(release))
    return decisions.filter {
      line.contains($0.release) && !releases[release].applied.contains($0.sequence)
    }
  }

  /// Of each key the removals of the line that hold it, some reinstatements of the line aside.
  func holders(_ release: Int, of wanted: (Decision) -> Bool = { _ in true }) -> [Int: Set<UInt64>]
  {
    let line = Set(line(release))
    var holders: [Int: Set<UInt64>] = [:]
    for decision in decisions where line.contains(decision.release) && wanted(decision) {
      for key in decision.keys {
        if decision.removals.isEmpty {
          holders[key, default: []].insert(decision.sequence)
        } else {
          holders[key]?.subtract(decision.removals)
        }
      }
    }
    return holders.filter { !$0.value.isEmpty }
  }

  mutating func step() throws {
    let release = number(0...releases.count - 1)
    switch number(0...9) {
    case 0...2: try removeByHand(release)
    case 3...4: try removeByMatch(release)
    case 5...6: try reinstate(release)
    case 7...8: try clean(pending(release).isEmpty ? releases.count - 1 : release)
    default: try change(release)
    }
  }

  private mutating func record(_ release: Int, _ keys: Set<Int>, isIllegal: Bool, decoys: UInt64)
    throws
  {
    let nonce = (0..<16).map { _ in UInt8(number(0...255)) }
    let name = releases[release].name
    let choice =
      isIllegal
      ? RemovalChoice(matches: [try match(keys, on: name)], decoys: decoys)
      : RemovalChoice(rows: .held(keys.sorted().map(place.row)))
    do {
      let done = try place.session(nonce: nonce).remove(
        name, choice, basis: isIllegal ? .hashMatch : .request,
        reasonClass: isIllegal ? .illegal : .privacy)
      let again = try place.session(nonce: nonce).remove(
        name, choice, basis: isIllegal ? .hashMatch : .request,
        reasonClass: isIllegal ? .illegal : .privacy)
      #expect(again.recorded.map(\.receipt.id) == done.recorded.map(\.receipt.id), "seed \(seed)")
      #expect(again.recorded.allSatisfy { !$0.receipt.isNew })
      let rows = UInt64(releases[release].rows.count { keys.contains($0.key) })
      #expect(done.tally == Tally(keys: UInt64(keys.count), rows: rows), "seed \(seed)")
      #expect(done.decoys?.keys ?? 0 == decoys)
      decisions.append(
        Decision(
          sequence: try place.sequence(done), release: release, keys: keys, isIllegal: isIllegal,
          decoys: try drawn(place.sequence(done), from: release),
          tally: done.decoys.map { done.tally + $0 } ?? done.tally))
    } catch WorkflowFailure.alreadyDecided {
      let pending = Set(pending(release).map(\.sequence))
      let held = holders(release) { pending.contains($0.sequence) }
      #expect(keys.isSubset(of: held.keys), "seed \(seed)")
    } catch WorkflowFailure.tooFewRows {
      #expect(decoys > 0)
    }
  }

  /// The decoys of a removal, which its custodian can open.
  private func drawn(_ sequence: UInt64, from release: Int) throws -> Set<Int> {
    let session = try place.session()
    let event = try session.event(sequence)
    guard case .removalDecided(let body) = event.statement.body, let decoys = body.decoys else {
      return []
    }
    let shelf = try session.shelf()
    let members = try shelf.vault.members(of: decoys.set, event: event, field: "decoys")
    return try Set(releases[release].rows.map(\.key)).filter { key in
      let key = try shelf.keys(of: [place.row(key)], in: releases[release].name)
      return key.isSubset(of: members)
    }
  }

  private mutating func removeByHand(_ release: Int) throws {
    let keys = chosen(number(1...3), of: Set(releases[release].rows.map(\.key)))
    if !keys.isEmpty { try record(release, keys, isIllegal: false, decoys: 0) }
  }

  private mutating func removeByMatch(_ release: Int) throws {
    let keys = chosen(number(1...2), of: Set(releases[release].rows.map(\.key)))
    let decoys = UInt64(number(0...1))
    if !keys.isEmpty { try record(release, keys, isIllegal: true, decoys: decoys) }
  }

  private mutating func match(_ keys: Set<Int>, on release: VersionedName) throws -> UInt64 {
    lists += 1
    let list = VersionedName("list@\(lists)")!
    _ = try place.addList(keys.sorted(), list)
    return try place.match(list, on: release).recorded[0].receipt.sequence
  }

  private mutating func reinstate(_ release: Int) throws {
    let holders = holders(release)
    let there = Set(releases[release].rows.map(\.key))
    let able = holders.filter { key, removals in
      !there.contains(key) || !removals.isDisjoint(with: Set(pending(release).map(\.sequence)))
    }
    let keys = chosen(number(1...3), of: able.keys)
    if keys.isEmpty { return }
    let removals = keys.reduce(into: Set<UInt64>()) { $0.formUnion(holders[$1] ?? []) }
    let grounds = try removals.sorted().map { try place.upheld($0) }
    // What was drawn to go stays away, whatever else was decided on it.
    let line = Set(line(release))
    let drawn = decisions.filter { line.contains($0.release) }
      .reduce(into: Set<Int>()) { $0.formUnion($1.decoys) }
    guard keys.isDisjoint(with: drawn) else {
      #expect(throws: WorkflowFailure.self) {
        try place.session().reinstate(
          releases[release].name, removals: [], grounds: grounds,
          rows: keys.sorted().map(place.row))
      }
      return
    }
    let done = try place.session().reinstate(
      releases[release].name, removals: [], grounds: grounds, rows: keys.sorted().map(place.row))
    #expect(done.tally.keys == UInt64(keys.count), "seed \(seed)")
    // Once more they are to come back already.
    #expect(throws: WorkflowFailure.self) {
      try place.session().reinstate(
        releases[release].name, removals: [], grounds: grounds, rows: keys.sorted().map(place.row))
    }
    decisions.append(
      Decision(
        sequence: done.recorded[0].receipt.sequence, release: release, removals: removals,
        keys: keys,
        tally: done.tally))
  }

  private mutating func change(_ parent: Int) throws {
    texts += 1
    var rows = releases[parent].rows
    let keys = chosen(3, of: Set(rows.map(\.key))).sorted()
    guard keys.count == 3 else { return }
    // One goes, one has another content, and one that was gone is there.
    rows.removeAll { $0.key == keys[0] }
    rows = rows.map { $0.key == keys[1] ? Row(key: $0.key, text: "\($0.text) \(texts)") : $0 }
    if let back = (0..<40).first(where: { key in !rows.contains { $0.key == key } }) {
      rows.append(Row(key: back, text: "again \(texts)"))
    }
    try publish(rows, parent: parent)
  }

  private mutating func clean(_ parent: Int) throws {
    let next = pending(parent)
    let target = name(releases.count)
    let name = releases[parent].name
    if next.isEmpty {
      #expect(throws: WorkflowFailure.self) { try place.session().cleaningPlan(name, to: target) }
      return
    }
    let out = "\(place.path)/out-\(releases.count)"
    let plan = try place.session().cleaningPlan(name, to: target)
    let nonce = (0..<16).map { _ in UInt8(number(0...255)) }
    let done = try place.session(nonce: nonce).clean(name, to: target, out: out)
    #expect(plan.removed == done.removed && plan.added == done.added, "seed \(seed)")
    let again = try place.session(nonce: nonce).clean(name, to: target, out: out)
    #expect(again.release.receipt.id == done.release.receipt.id && !again.release.receipt.isNew)
    let shard = releases[parent].shard
    let text = String(
      decoding: try OpenFile.readAll("\(out)/\(shard)", maxBytes: 1 << 20), as: UTF8.self)
    let rows = text.split(separator: "\n").dropFirst().map { line in
      let parts = line.split(separator: ",", maxSplits: 1)
      let key = parts[0].dropFirst("https://example.org/".count).dropLast(".jpg".count)
      return Row(key: Int(key)!, text: String(parts[1]))
    }
    try compare(rows, with: parent, next, done)
    releases.append(
      Release(
        name: target, rows: rows, parent: parent, shard: shard,
        applied: releases[parent].applied.union(next.map(\.sequence))))
  }
}
