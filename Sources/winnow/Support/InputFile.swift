internal import Files
internal import Foundation
internal import LedgerCrypto
internal import Workflows

/// A small file, or standard input under the name `-`.
enum InputFile {
  static func read(_ path: String, maximum: Int) throws -> [UInt8] {
    if path == "-" {
      var bytes: [UInt8] = []
      while let chunk = try FileHandle.standardInput.read(upToCount: 1 << 16), !chunk.isEmpty {
        bytes.append(contentsOf: chunk)
        guard bytes.count <= maximum else {
          throw WorkflowFailure.badInput(
            "Standard input holds more than \(maximum.of("byte")); give what is asked for alone.")
        }
      }
      return bytes
    }
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    return try OpenFile.readAll(path, maxBytes: maximum)
  }
}
