import Foundation
import Testing

/// A ledger on generated rows in a directory of its own, and commands on it.
final class Bench: Sendable {
  let scratch: Scratch
  private let variables: [String: String]

  /// A directory in which the commands find the ledger `name`, which is not made yet.
  init(ledger name: String) throws {
    scratch = try Scratch()
    variables = ["WINNOW_LEDGER": name, "WINNOW_PASSPHRASE_FILE": "pass.txt"]
  }

  /// Makes the ledger, two lists and the dataset `laion`; nothing is published yet.
  convenience init(rows: Int, shards: Int = 1, register: String = "") async throws {
    try self.init(ledger: "demo")
    try await done(
      """
      set -e
      echo "correct horse" > pass.txt
      winnow sample --rows \(rows) --shards \(shards) --out sample
      winnow init demo --origin ledger.example.org/laion
      winnow role grant publisher matcher
      winnow dataset register laion --identity URL \(register)
      winnow hashlist add publisher@md5 --algorithm md5 --of url sample/hotline-url-md5.txt
      winnow hashlist add publisher@sha256 --algorithm sha256 --of url sample/foundation-url-sha256.csv
      """)
  }

  static let publish = "winnow release publish laion@1.0 sample/rows-*.csv"
  static let match =
    "winnow match laion@1.0 --list publisher@md5 sample/hotline-url-md5.txt"
  static let remove =
    "winnow remove laion@1.0 --all-matches --basis hash-match --reason-class privacy"
  static let clean = "winnow clean laion@1.0 --to laion@1.1 --out out"

  func run(_ script: String) async throws -> Program.Outcome {
    try await Program.run(script, in: scratch.path, variables: variables)
  }

  func start(_ script: String, blocking blocked: [Int32] = []) throws -> Program.Running {
    try Program.Running(script, in: scratch.path, variables: variables, blocking: blocked)
  }

  /// Runs a script that must succeed; its output.
  @discardableResult func done(_ script: String) async throws -> String {
    let outcome = try await run(script)
    try #require(outcome.code == 0, "\(script)\n\(outcome.text)\(outcome.complaint)")
    return outcome.text
  }

  /// How many events the log has.
  func events() async throws -> Int {
    try await done("winnow log").split(separator: "\n").count
  }
}
