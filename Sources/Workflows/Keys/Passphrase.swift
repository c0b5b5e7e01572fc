internal import Files

/// What opens keys and secrets; never printed, stored, or taken from an argument.
package struct Passphrase: Sendable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads the first line of a file, without its line end; 1 to 1,024 bytes.
  package init(file path: String) throws {
    let content = try OpenFile.readAll(path, maxBytes: 4096)
    var line = Array(content.prefix { $0 != 0x0a })
    if line.last == 0x0d { line.removeLast() }
    guard (1...1024).contains(line.count) else {
      throw WorkflowFailure.badInput(
        "The passphrase file \(path) does not begin with a line of 1 to 1,024 bytes; write the passphrase there."
      )
    }
    bytes = line
  }
}
