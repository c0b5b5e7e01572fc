internal import Files

/// A file that appears whole or not at all.
enum OutputFile {
  static func write(_ bytes: [UInt8], to path: String) throws {
    try AtomicFile.write(bytes, to: path)
  }
}
