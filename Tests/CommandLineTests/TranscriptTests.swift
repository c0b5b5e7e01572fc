import Foundation
import TestSupport
import Testing

@Suite struct `The command line` {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Transcripts")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  /// How a transcript asks for the data that the project is tried on.
  static let link = "$ ln -s $DATA"
  static let onData = names.filter { name in
    let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    return text?.contains(link) == true
  }

  static let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  @Test(arguments: names.filter { !onData.contains($0) })
  func `answers as transcribed`(name: String) async throws {
    try await answer(name)
  }

  @Test(
    .enabled(if: OutsideData.isExpected("data"), "\(OutsideData.absence)"), arguments: onData)
  func `answers as transcribed, on the real sample`(name: String) async throws {
    try await answer(name)
  }

  private func answer(_ name: String) async throws {
    let file = Self.folder.appendingPathComponent(name)
    var text = try String(contentsOf: file, encoding: .utf8)
    let scratch = try Scratch()
    let there = "$ ln -s '\(OutsideData.url("data").path)'"
    text = text.replacingOccurrences(of: Self.link, with: there)
    let (actual, problems) = try await Transcript(parsing: text).run(in: scratch)
    if Self.isUpdate {
      let updated = actual.text.replacingOccurrences(of: there, with: Self.link)
      try updated.write(to: file, atomically: true, encoding: .utf8)
    }
    for problem in problems { Issue.record("\(name): \(problem)") }
  }

  @Test func `answers as the README says`() async throws {
    let readme = try String(
      contentsOf: Program.package.appendingPathComponent("README.md"), encoding: .utf8)
    var block = ""
    var isTested = false
    var blocks = 0
    var before = ""
    for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
      if isTested, line == "```" {
        isTested = false
      } else if isTested {
        block += line + "\n"
      } else if line == "```console", before == "<!-- tested -->" {
        isTested = true
        blocks += 1
      }
      before = String(line)
    }
    #expect(blocks > 0 && !isTested)
    // One shell for all of them: a reader goes through from top to bottom.
    let (_, problems) = try await Transcript(parsing: block).run(in: try Scratch())
    for problem in problems { Issue.record("README.md: \(problem)") }
  }
}
