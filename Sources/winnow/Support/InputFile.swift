internal import Files
internal import LedgerCrypto
internal import Workflows

/// A small file or pipe, or standard input under the name `-`.
enum InputFile {
  static func isThere(_ path: String) -> Bool { Directory.holds(path) }

  static func read(_ path: String, maximum: Int) throws -> [UInt8] {
    if path == "-" {
      do {
        return try WholeInput.readStandardInput(maxBytes: maximum)
      } catch .pipeTooLarge {
        throw WorkflowFailure.badInput(
          "Standard input holds more than \(maximum.of("byte")); give what is asked for alone.")
      }
    }
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    return try WholeInput.read(path, maxBytes: maximum)
  }
}
