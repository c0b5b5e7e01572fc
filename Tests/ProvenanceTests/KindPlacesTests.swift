import Foundation
import Provenance
import Testing

/// Where a kind's name stands in the sources: to add a kind is to write its file and its lines of the
/// list, so that no other place may know it.
@Suite struct `The name of a kind` {
  /// Places that all kinds stand in.
  static let lists: Set = ["Kind.swift", "Body.swift"]

  /// Kinds that only record, and who else knows them: kinds whose rules ask for them, and what a proof
  /// says against an event.
  static let alone: [Kind: Set<String>] = [
    .derivativeCleaned: [], .noticeAcknowledged: [], .residueFound: [], .authorityReportFiled: [],
    .modelDerived: [], .modelTested: [], .safeguardNoted: [], .claimRecorded: [],
    .evidencePinned: [], .measureTaken: [], .auditCompleted: [], .proceedingNoted: [],
    .noticeSent: ["MeasureTaken.swift", "NoticeAcknowledged.swift"],
    .suspicionReported: ["MeasureTaken.swift", "RemovalDecided.swift", "UnionComputed.swift"],
    .deprecationRequested: ["MeasureTaken.swift"], .recommendationMade: ["MeasureTaken.swift"],
    .responseRecorded: ["Concerns.swift", "ConcernSentences.swift"],
  ]

  static let sources = `The reference of kinds`.package.appendingPathComponent("Sources")

  /// The names that each file has, but in comments, which may speak of any kind.
  static func files(in room: String = "") throws -> [(name: String, names: Set<String>)] {
    let all = FileManager.default.enumerator(
      at: sources.appendingPathComponent(room), includingPropertiesForKeys: nil)
    var files: [(String, Set<String>)] = []
    while let file = all?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        .filter { !$0.drop(while: { $0 == " " }).hasPrefix("//") }
      files.append((file.lastPathComponent, names(in: lines.joined(separator: "\n"))))
    }
    return files
  }

  /// Words, those after a dot with it, and what stands between quotation marks.
  static func names(in text: String) -> Set<String> {
    var names = Set(text.split(separator: "\"").map { "\"\($0)\"" })
    var word: [UInt8] = []
    var isMember = false
    for byte in text.utf8 + [UInt8(ascii: " ")] {
      let character = Character(UnicodeScalar(byte))
      if character.isLetter || character.isNumber || character == "_" {
        word.append(byte)
        continue
      }
      let text = String(decoding: word, as: UTF8.self)
      names.insert(isMember ? ".\(text)" : text)
      isMember = byte == UInt8(ascii: ".")
      word = []
    }
    return names
  }

  /// Its type, its case and its name in signed bytes.
  static func names(of kind: Kind) -> Set<String> {
    let type = "\(kind.type)"
    return [type, ".\(type.prefix(1).lowercased())\(type.dropFirst())", "\"\(kind.rawValue)\""]
  }

  @Test func `stands in its own file and the list`() throws {
    let files = try Self.files()
    #expect(files.count > 100)
    for (kind, others) in Self.alone {
      let own = "\(kind.type).swift"
      let names = Self.names(of: kind)
      let places = Set(files.filter { !$0.names.isDisjoint(with: names) }.map(\.name))
      #expect(places == others.union(Self.lists).union([own]), "\(kind.rawValue)")
    }
  }

  @Test func `is the name of a file for every kind`() throws {
    let files = Set(try Self.files().map(\.name))
    let missing = Kind.allCases.filter { !files.contains("\($0.type).swift") }
    #expect(missing.isEmpty, "\(missing.map(\.rawValue))")
  }

  @Test(arguments: [
    // Sequence 0 is bound to its origin rather than to a ledger.
    ("Event", [Kind.ledgerCreated]),
    // Nobody disputes sequence 0; and a refusal has a kind's name.
    ("Rules", [.ledgerCreated, .derivativeDeleted]),
  ]) func `does not stand where all kinds are treated alike`(room: String, known: [Kind]) throws {
    let files = try Self.files(in: "Provenance/\(room)")
    #expect(files.count > 5)
    for kind in Kind.allCases where !known.contains(kind) {
      let names = Self.names(of: kind)
      let places = files.filter { !$0.names.isDisjoint(with: names) }.map(\.name)
      #expect(places.isEmpty, "\(kind.rawValue)")
    }
  }

  @Test func `is found where it stands`() {
    let names = Self.names(of: .noticeSent)
    for text in [
      "case .noticeSent(let body): x", "Kind.noticeSent", "NoticeSent.self", "x[\"notice-sent\"]",
      "if kind == .noticeSent { }", "Body.noticeSent(x)", "let body: NoticeSent?",
    ] { #expect(!Self.names(in: text).isDisjoint(with: names), "\(text)") }
    for text in [
      "noticeSentBefore", "NoticeSentLater", "\"notice-sent-x\"", "let noticeSent = 1", "",
    ] { #expect(Self.names(in: text).isDisjoint(with: names), "\(text)") }
  }
}
