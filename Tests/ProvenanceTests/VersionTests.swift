import Foundation
import Provenance
import Testing

@Suite struct `Versions of a kind` {
  @Test(arguments: [
    "v", "v0", "v2", "v10", "v999", "v01", "v1000", "v-1", "v1 ", "v+1", "v1/", "V1", "v\u{661}",
    "1", "v1v", "",
  ])
  func `other than the first are unknown, which has one spelling`(version: String) {
    #expect(Kind(predicateType: "https://winnow.dev/event/model-registered/\(version)") == nil)
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
      #expect(statement.payload == line)
    }
    #expect(kinds == Set(Kind.allCases))
  }
}
