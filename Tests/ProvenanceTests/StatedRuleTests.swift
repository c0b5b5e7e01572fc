import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

/// The history of `registry`, who does not sign, as alice records it: dataset `theirs`.
struct Imported {
  var ledger: TestLedger
  let release: EventID
  let list: EventID
  let match: EventID

  init() throws {
    var ledger = try Surroundings().ledger
    let edit = Surroundings.imports("registry")
    try ledger.admit(.dataset("theirs"), by: "alice", edit: edit)
    release = try ledger.admit(.releaseStated("theirs@1"), by: "alice", edit: edit)
    list = try ledger.admit(.listStated("registry@1"), by: "alice", edit: edit)
    match = try ledger.admit(.matchStated("theirs@1", list: list), by: "alice", edit: edit)
    self.ledger = ledger
  }

  func refusal(_ body: Body, by actor: String = "alice") throws -> Refusal? {
    try ledger.refusal(body, by: actor, edit: Surroundings.imports("registry"))
  }
}

@Suite struct `An import without a root` {
  let test: Imported
  init() throws { test = try Imported() }

  @Test func `is always an import`() throws {
    for body in [
      Body.releaseStated("theirs@2"), .listStated("registry@2"), .matchStated("theirs@1"),
      .filterStated("theirs@1"), .unionStated("theirs@1", of: [test.match]),
      .removalStated("theirs@1"),
    ] {
      #expect(try test.refusal(body) == nil)
      #expect(
        try test.ledger.refusal(body, by: "alice") == .statedOutsideImport(body.kind))
    }
    let model = Body.modelRegistered(ModelRegistered(model: .named("theirs/m"), artifacts: []))
    #expect(try test.refusal(model) == nil)
    #expect(
      try test.ledger.refusal(model, by: "alice") == .artifactsMissing(.named("theirs/m")))
  }

  @Test func `takes a name once, as a release with a root does`() throws {
    let at = try #require(test.ledger.state.stated.releases[.named("theirs@1")]?.sequence)
    let exists = Refusal.releaseExists(.named("theirs@1"), at: at)
    #expect(try test.refusal(.releaseStated("theirs@1")) == exists)
    #expect(
      try test.ledger.refusal(.release("theirs@1", columns: .laion), by: "alice") == exists)
    let published = try #require(
      test.ledger.state.catalog.releases[.named("laion@1")]?.published)
    #expect(
      try test.refusal(.releaseStated("laion@1"))
        == .releaseExists(.named("laion@1"), at: published))
    let list = try #require(test.ledger.state.stated.lists[.named("registry@1")]?.sequence)
    #expect(
      try test.refusal(.listStated("registry@1")) == .listExists(.named("registry@1"), at: list))
    #expect(
      try test.ledger.refusal(.hashList("registry@1"), by: "carol")
        == .listExists(.named("registry@1"), at: list))
    #expect(
      try test.refusal(.listStated("hotline@1")) == .listExists(.named("hotline@1"), at: 9))
  }

  @Test func `is nothing that a root could be checked against`() throws {
    let at = try #require(test.ledger.state.stated.releases[.named("theirs@1")]?.sequence)
    let unknown = Refusal.rootUnknown(.named("theirs@1"), at: at)
    #expect(unknown.clash == at)
    let found = Tally(keys: 20, rows: 22)
    for (body, actor) in [
      (Body.match("theirs@1", list: test.list), "carol"), (.filter("theirs@1"), "alice"),
      (.union("theirs@1", of: [(test.match, found)]), "carol"),
      (.removal("theirs@1", of: [(test.match, found)]), "alice"),
      (
        .release("theirs@2", columns: .laion, derivation: .from("theirs@1")), "alice"
      ),
    ] {
      #expect(try test.ledger.refusal(body, by: actor) == unknown)
    }
    // A match as stated is no source of a union that has a root.
    #expect(
      try test.ledger.refusal(.union("laion@1", of: [(test.match, found)]), by: "carol")
        == .wrongReference(test.match, expected: "a match or filter on laion@1"))
  }

  @Test func `refers to what is there`() throws {
    #expect(
      try test.refusal(.releaseStated("nobody@1")) == .datasetUnknown(.named("nobody")))
    #expect(
      try test.refusal(.releaseStated("theirs@2", parent: "theirs@0"))
        == .releaseUnknown(.named("theirs@0")))
    #expect(try test.refusal(.releaseStated("theirs@2", parent: "theirs@1")) == nil)
    #expect(
      try test.refusal(.listStated("registry@2", issuer: "stranger"))
        == .actorUnknown(.named("stranger")))
    #expect(
      try test.refusal(.matchStated("theirs@1", list: test.match)) == .listUnknown(test.match))
    #expect(
      try test.refusal(.matchStated("theirs@7")) == .releaseUnknown(.named("theirs@7")))
    #expect(
      try test.refusal(.unionStated("theirs@1", of: [test.list]))
        == .wrongReference(test.list, expected: "a match, filter, removal or suspicion"))
    #expect(
      try test.refusal(.removalStated("theirs@1", sources: [test.list]))
        == .wrongReference(test.list, expected: "a match, filter, union or suspicion"))
  }

  @Test func `can be spoken of like any other`() throws {
    let release = Topic.release(.named("theirs@1"))
    #expect(try test.ledger.refusal(.suspicion(about: [release]), by: "wendy") == nil)
    #expect(try test.ledger.refusal(.training(on: "theirs@1"), by: "alice") == nil)
    #expect(try test.ledger.refusal(.withdrawal("theirs@1"), by: "alice") == nil)
    #expect(
      try test.ledger.refusal(.availability(release), by: "wendy") == nil)
    #expect(
      try test.ledger.refusal(.dataset("child", derivedFrom: "theirs@1"), by: "alice") == nil)
  }

  @Test func `is verified up to what was stated exactly`() throws {
    func refusal(_ count: UInt64, unit: CountUnit = .rows) throws -> Refusal? {
      try test.ledger.refusal(.verification(test.match, count: count, unit: unit), by: "vera")
    }
    #expect(try refusal(1_129) == nil)
    #expect(try refusal(1_130) == .moreThanFound(test.match, found: 1_129))
    #expect(try refusal(1_130, unit: .uniqueImages) == nil)
    #expect(
      try test.ledger.refusal(.verification(test.list), by: "vera")
        == .wrongReference(
          test.list,
          expected: "a match, filter, removal or suspicion about a release, which can be verified"))
  }

  @Test func `has figures or a root, and never both`() throws {
    for kind in [
      Kind.releasePublished, .hashListReceived, .matchCompleted, .filterCompleted,
      .unionComputed, .removalDecided,
    ] {
      let samples = StatementSamples.statements.filter { $0.body.kind == kind }
      let stated = try #require(samples.first { $0.body.content.json.has("stated") })
      let exact = try #require(samples.first { !$0.body.content.json.has("stated") })
      #expect(throws: EventError.self) {
        try Statement(payload: stated.mixed(with: exact).canonicalBytes)
      }
      #expect(throws: EventError.self) {
        try Statement(payload: exact.mixed(with: stated).canonicalBytes)
      }
    }
  }
}

extension JSON {
  fileprivate func has(_ name: String) -> Bool {
    guard case .object(let object) = self else { return false }
    return object[name] != nil
  }
}

extension Statement {
  /// The statement with the members of another's body beside its own.
  fileprivate func mixed(with other: Statement) -> JSON {
    guard let json = try? JSON(parsingCanonical: payload), case .object(var object) = json,
      case .object(var predicate)? = object["predicate"],
      case .object(let more) = other.body.content.json
    else { return .null }
    for member in more.members where predicate[member.name] == nil {
      predicate[member.name] = member.value
    }
    object["predicate"] = .object(predicate)
    return .object(object)
  }
}
