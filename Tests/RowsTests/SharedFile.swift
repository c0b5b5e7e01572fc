#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that lie beside the package, in `../shared`.
enum SharedFile {
  /// Whether the folder is there; where `CI` is `true` it has to be.
  static var isPresent: Bool { isRequired || read("vectors/canonical-row.json") != nil }

  private static var isRequired: Bool {
    guard let value = unsafe getenv("CI") else { return false }
    return unsafe String(cString: value) == "true"
  }

  /// The bytes of a file, or `nil` when it is not there.
  static func read(_ path: String) -> [UInt8]? {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    guard let file = unsafe fopen("/\(root)/../shared/\(path)", "rb") else { return nil }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = unsafe fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }
}
