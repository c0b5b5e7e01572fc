import Foundation
import LedgerCrypto
import TestSupport
import Testing

extension OutsideData {
  /// Every JSON file below a folder, by its path.
  static func json<Value: Decodable>(
    _ type: Value.Type, in path: String
  ) throws -> [(path: String, value: Value)] {
    let files = try #require(
      FileManager.default.enumerator(at: url(path), includingPropertiesForKeys: nil))
    var output: [(String, Value)] = []
    for case let file as URL in files where file.pathExtension == "json" {
      output.append(
        (file.path, try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))))
    }
    return output.sorted { $0.0 < $1.0 }
  }
}

/// A hash of a vector file, or `nil` when it has not 32 bytes.
func vectorHash(_ text: String?) -> Digest? {
  guard let text, let data = Base64.decode(text) else { return nil }
  return Digest(bytes: data)
}
