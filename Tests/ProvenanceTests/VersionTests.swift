import CanonicalJSON
import Foundation
import LedgerCrypto
import Provenance
import TestSupport
import Testing

/// The kind model-registered, as if its member had had other names before.
private enum RenamedMember {
  static let upcasters = Upcasters([.modelRegistered: [fromFirst, fromSecond]])

  @Sendable private static func fromFirst(_ object: JSONObject) -> JSONObject? {
    moved(object, "files", "weights")
  }

  @Sendable private static func fromSecond(_ object: JSONObject) -> JSONObject? {
    moved(object, "weights", "artifacts")
  }

  private static func moved(_ object: JSONObject, _ old: String, _ new: String) -> JSONObject? {
    var object = object
    guard let value = object[old], object[new] == nil else { return nil }
    object[old] = nil
    object[new] = value
    return object
  }
}

/// One version of the statement, and what its member is called there.
private struct Spelling {
  let version: Int
  var member: String?
}

@Suite struct `Versions of a kind` {
  private let statement = Statement(
    header: StatementSamples.header(.modelRegistered), body: .model())

  /// The statement as an older version would have written it.
  private func written(_ version: Int, calling name: String?) throws -> [UInt8] {
    guard case .object(var object) = try JSON(parsingCanonical: statement.payload),
      case .object(var predicate)? = object["predicate"]
    else { return [] }
    if let name {
      predicate[name] = predicate["artifacts"]
      predicate["artifacts"] = nil
    }
    object["predicate"] = .object(predicate)
    object["predicateType"] = .string("https://winnow.dev/event/model-registered/v\(version)")
    return JSON.object(object).canonicalBytes
  }

  @Test func `that are older are read as the latest`() throws {
    let spellings = [
      Spelling(version: 1, member: "files"), Spelling(version: 2, member: "weights"),
      Spelling(version: 3),
    ]
    for spelling in spellings {
      let payload = try written(spelling.version, calling: spelling.member)
      #expect(try Statement(payload: payload, upcasters: RenamedMember.upcasters) == statement)
    }
    #expect(RenamedMember.upcasters.version(of: .modelRegistered) == 3)
    #expect(RenamedMember.upcasters.version(of: .modelDeprecated) == 1)
  }

  @Test func `hold each to its own members`() throws {
    let spellings = [
      Spelling(version: 1, member: "weights"), Spelling(version: 1),
      Spelling(version: 2, member: "files"), Spelling(version: 2),
      Spelling(version: 3, member: "files"), Spelling(version: 3, member: "weights"),
    ]
    for spelling in spellings {
      let payload = try written(spelling.version, calling: spelling.member)
      #expect(throws: EventError.self) {
        try Statement(payload: payload, upcasters: RenamedMember.upcasters)
      }
    }
  }

  @Test func `that are to come are unknown`() throws {
    for version in [4, 5, 999] {
      let payload = try written(version, calling: nil)
      let type = "https://winnow.dev/event/model-registered/v\(version)"
      #expect(throws: EventError.unknownKind(type)) {
        try Statement(payload: payload, upcasters: RenamedMember.upcasters)
      }
    }
    let second = try written(2, calling: "weights")
    #expect(throws: EventError.unknownKind("https://winnow.dev/event/model-registered/v2")) {
      try Statement(payload: second)
    }
  }

  @Test(arguments: [
    "v", "v0", "v01", "v1000", "v-1", "v1 ", "v+1", "v1/", "V1", "v\u{661}", "1", "v1v", "",
  ])
  func `have one spelling`(version: String) {
    #expect(
      KindVersion(predicateType: "https://winnow.dev/event/model-registered/\(version)") == nil)
  }

  @Test func `of long ago are read for ever`() throws {
    // What the first version of each kind wrote; lines are added, and never changed.
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/statements-v1.jsonl")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1",
      !FileManager.default.fileExists(atPath: path.path)
    {
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(StatementSamples.payloads.joined(separator: [0x0a])).write(to: path)
    }
    let lines = try Data(contentsOf: path).split(separator: 0x0a).map { [UInt8]($0) }
    var kinds: Set<Kind> = []
    for line in lines {
      let statement = try Statement(payload: line)
      kinds.insert(statement.body.kind)
      let version = Upcasters.current.version(of: statement.body.kind)
      if version == 1 { #expect(statement.payload == line) }
    }
    #expect(kinds == Set(Kind.allCases))
  }
}
