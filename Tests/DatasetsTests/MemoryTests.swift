import Foundation
import Testing

@testable import Datasets

// Indexing what is large enough to tell takes long where nothing is optimized.
@Suite(
  .enabled(
    if: Fuzz.isOptimized && FileManager.default.fileExists(atPath: "/proc/self/clear_refs")))
struct `The memory of indexing` {
  private static func peak(_ body: () throws -> Void) throws -> Int {
    try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    try body()
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }

  // Keys and digests of the larger file alone take 23 MiB.
  @Test(arguments: [false, true])
  func `does not grow with the rows beyond what it may hold, nor with those of one key`(
    ofOneKey: Bool
  ) async {
    await #expect(processExitsWith: .success) { [ofOneKey] in
      let scratch = try Scratch()
      func file(_ rows: Int) throws -> String {
        var text: [UInt8] = Array("URL,n\n".utf8)
        let host = Array("https://\(String(repeating: "a", count: 100)).example.org/".utf8)
        for row in 0..<rows { text += host + Array("\(ofOneKey ? 0 : row),\(row)\n".utf8) }
        return try scratch.put(text, "\(rows).csv")
      }
      let paths = [try file(60_000), try file(360_000)]
      let peaks = try paths.map { path in
        try Self.peak {
          let work = smallWork(chunk: 1 << 16, memory: 1 << 20)
          _ = try release([path]).index(to: path + ".index", work: work)
        }
      }
      // In KiB; the first run's own memory is used again.
      exit(peaks[1] - peaks[0] < 10 << 10 ? 0 : 1)
    }
  }
}
