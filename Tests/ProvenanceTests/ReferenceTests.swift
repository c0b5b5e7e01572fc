import Foundation
import Provenance
import TestSupport
import Testing

/// The reference of kinds and their members is written from the schemas: one source, no copy.
///
/// `UPDATE_GOLDEN=1` writes it again.
@Suite struct `The reference of kinds` {
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let article = package.appendingPathComponent("Sources/Provenance/Provenance.docc/Kinds.md")

  typealias Object = [String: Any]

  private func schema(_ name: String) throws -> Object {
    let file = Self.package.appendingPathComponent("Schemas/\(name)")
    return try #require(
      JSONSerialization.jsonObject(with: try Data(contentsOf: file)) as? Object)
  }

  /// What a member may be, in a few words.
  private func type(_ member: Object) -> String {
    if let words = member["enum"] as? [String] {
      return words.map { "`\($0)`" }.joined(separator: " ")
    }
    if let reference = member["$ref"] as? String, let name = reference.split(separator: "/").last {
      return "*\(name)*"
    }
    if let items = member["items"] as? Object { return "list of \(type(items))" }
    if let value = member["const"] { return "`\(value)`" }
    return (member["type"] as? String) ?? ""
  }

  private func table(_ predicate: Object, leaving header: Set<String>) throws -> [String] {
    let members = try #require(predicate["properties"] as? [String: Object])
    let required = Set(predicate["required"] as? [String] ?? [])
    let names = members.keys.filter { !header.contains($0) }.sorted()
    guard !names.isEmpty else { return [] }
    return ["| member | | is | |", "|---|---|---|---|"]
      + names.map { name in
        let member = members[name] ?? [:]
        return
          "| `\(name)` | \(required.contains(name) ? "" : "optional") | \(type(member)) | \((member["description"] as? String) ?? "") |"
      }
  }

  private func written() throws -> String {
    let common = try #require(schema("common.schema.json")["$defs"] as? [String: Object])
    let header: Set = [
      "ledger", "signers", "nonce", "occurredAt", "occurredPrecision", "occurredUntil",
      "attestation", "attributedTo", "causes", "case", "evidence", "expects", "notAfter",
    ]
    var lines = [
      "# Kinds of event", "",
      "Written from `Schemas/` and the sentences of the rules; a test holds it to both.", "",
      "## What every event has", "", "| member | |", "|---|---|",
    ]
    for name in header.sorted() {
      lines.append("| `\(name)` | \((common[name]?["description"] as? String) ?? "") |")
    }
    for kind in Kind.allCases {
      let document = try schema("statement-\(kind.rawValue).schema.json")
      let properties = try #require(document["properties"] as? [String: Object])
      let predicate = try #require(properties["predicate"])
      lines += ["", "## \(kind.rawValue)", "", (document["description"] as? String) ?? "", ""]
      for shape in [predicate] + ((predicate["oneOf"] as? [Object]) ?? [])
      where shape["properties"] != nil {
        lines += try table(shape, leaving: header)
      }
    }
    lines += ["", "## Values", "", "| name | |", "|---|---|"]
    for (name, value) in common.sorted(by: { $0.key < $1.key }) where !header.contains(name) {
      let words = (value["enum"] as? [String]).map { $0.map { "`\($0)`" }.joined(separator: " ") }
      let text = [value["description"] as? String, words].compactMap(\.self).joined(separator: ": ")
      lines.append("| *\(name)* | \(text) |")
    }
    lines += ["", "## What the rules refuse", "", "In the words of an example:", ""]
    lines += Refusal.samples.map { "- \($0.description)" }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func `says what the schemas say`() throws {
    let text = try written()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: Self.article.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: Self.article, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: Self.article, encoding: .utf8) == text)
  }

  @Test func `has every kind and a description of every member`() throws {
    for kind in Kind.allCases {
      let document = try schema("statement-\(kind.rawValue).schema.json")
      #expect(!((document["description"] as? String) ?? "").isEmpty, "\(kind.rawValue)")
    }
    #expect(try written().contains("| `grounds` |"))
  }
}
