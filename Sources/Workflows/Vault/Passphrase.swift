internal import Files
internal import LedgerCrypto
internal import Synchronization

/// What opens keys and secrets; never printed, stored, or taken from an argument.
package struct Passphrase: Sendable {
  package let bytes: [UInt8]
  /// The rounds of PBKDF2 under which keys and secrets are written; fewer in tests alone.
  let rounds: Int32

  package init(bytes: [UInt8], rounds: Int32 = SigningKey.rounds) {
    self.bytes = bytes
    self.rounds = rounds
  }

  /// What was read from pipes: each can be read once, and a command may need its passphrase again.
  private static let piped = Mutex<[String: Passphrase]>([:])

  /// Reads the first line of a file or pipe, without its line end; 1 to 1,024 bytes.
  package init(file path: String) throws {
    guard WholeInput.isPipe(path) else {
      try self.init(content: try OpenFile.readAll(path, maxBytes: 4096), of: path)
      return
    }
    self = try Self.piped.withLock { known in
      if let known = known[path] { return known }
      let read = try Passphrase(
        content: try WholeInput.read(path, maxBytes: 4096), of: path)
      known[path] = read
      return read
    }
  }

  private init(content: [UInt8], of path: String) throws {
    var line = Array(content.prefix { $0 != 0x0a })
    if line.last == 0x0d { line.removeLast() }
    guard (1...1024).contains(line.count) else {
      throw WorkflowFailure.badInput(
        "The passphrase file \(path) does not begin with a line of 1 to 1,024 bytes; write the passphrase there."
      )
    }
    self.init(bytes: line)
  }
}
