import Foundation

@testable import Files

/// A directory of its own for one test, removed with everything in it afterwards.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/winnow-files-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func put(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
    return self(name)
  }

  func names() throws -> [String] { try Directory.names(in: path) }
}

/// The 64-bit generator of Steele, Lea and Flood; a seed gives one sequence everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// How many mutated inputs a parser is given.
func fuzzInputs() -> Int {
  if let text = ProcessInfo.processInfo.environment["WINNOW_FUZZ_INPUTS"], let count = Int(text) {
    return count
  }
  #if DEBUG
    return 2_000
  #else
    return 100_000
  #endif
}

/// `bytes` as one gzip member.
func gzipped(_ bytes: [UInt8]) -> [UInt8] {
  var output: [UInt8] = []
  func take(_ span: Span<UInt8>) {
    for index in 0..<span.count { output.append(span[index]) }
  }
  let writer = GzipWriter()
  writer.write(bytes.span, to: take)
  writer.finish(to: take)
  return output
}

/// The content of a file by chunks that end after a newline.
func lines(
  _ path: String, chunkSize: Int = 64, maxRecord: Int = 1 << 16
) throws(FileFailure) -> [[UInt8]] {
  let source = try ByteSource(path: path, chunkSize: chunkSize, maxRecord: maxRecord)
  var chunk = ByteSource.Chunk()
  var chunks: [[UInt8]] = []
  while try source.next(into: &chunk, boundary: lastNewline) {
    chunks.append(chunk.withSpan { span in span.indices.map { span[$0] } })
  }
  return chunks
}

func lastNewline(_ span: Span<UInt8>) -> Int {
  var end = span.count
  while end > 0, span[end - 1] != 10 { end -= 1 }
  return end
}
