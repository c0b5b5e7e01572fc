import CanonicalJSON
import Foundation
import Provenance
import Testing

/// The schemas of statements and every list of kinds are written from the forms; `UPDATE_GOLDEN=1`
/// writes them again.
@Suite struct `The schemas` {
  static let folder = `The reference of kinds`.package.appendingPathComponent("Schemas")
  static let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  /// Expects `text` to be what the file says.
  private func expect(_ text: String, in name: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    if Self.isUpdate { try Data(text.utf8).write(to: file) }
    // Whole, by bytes: `String` compares by Unicode's normal forms.
    #expect(try Data(contentsOf: file) == Data(text.utf8), "\(name)")
  }

  @Test func `of statements say what the forms say`() throws {
    for kind in Kind.allCases {
      let twin = (kind.type as? any AlsoStated.Type)?.statedType
      try expect(
        StatementSchema(kind, kind.type, statedAs: twin).text,
        in: "statement-\(kind.rawValue).schema.json")
    }
  }

  @Test(arguments: [
    "common.schema.json", "answer-common.schema.json", "answer-log.schema.json",
    "answer-show.schema.json",
  ]) func `list the kinds`(name: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    let text = try String(contentsOf: file, encoding: .utf8)
    try expect(Self.listing(text), in: name)
  }

  /// `text` with the kinds in place of each list of them: lines that begin with a kind's name.
  static func listing(_ text: String) -> String {
    let names = Set(Kind.allCases.map(\.rawValue))
    var lines: [String] = []
    var old: (indent: String, rest: String, kinds: [String])?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let indent = String(line.prefix { $0 == " " })
      let parts = line.dropFirst(indent.count).split(
        separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
      if parts.count == 3, parts[0].isEmpty, names.contains(String(parts[1])) {
        var rest = String(parts[2])
        if rest.hasSuffix(",") { rest.removeLast() }
        old = (indent, rest, (old?.kinds ?? []) + [String(parts[1])])
        continue
      }
      if let list = old {
        // Sequence 0 has no rule in a charter.
        let isWhole = list.kinds.contains(Kind.ledgerCreated.rawValue)
        let kinds = Kind.allCases.filter { isWhole || $0 != .ledgerCreated }
        lines.append(
          kinds.map { "\(list.indent)\"\($0.rawValue)\"\(list.rest)" }.joined(separator: ",\n"))
        old = nil
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  @Test func `of a list that lacks a kind or has another order are not those`() {
    let list = Kind.allCases.map { "    \"\($0.rawValue)\"" }
    let whole = "{\n  \"enum\": [\n\(list.joined(separator: ",\n"))\n  ]\n}\n"
    #expect(Self.listing(whole) == whole)
    for changed in [Array(list.dropLast()), Array(list.reversed()), list + [list[3]]] {
      let text = "{\n  \"enum\": [\n\(changed.joined(separator: ",\n"))\n  ]\n}\n"
      #expect(text != whole && Self.listing(text) == (changed.contains(list[0]) ? whole : text))
    }
  }
}
