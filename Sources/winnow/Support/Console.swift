internal import CanonicalJSON
internal import Foundation

/// What the program writes: answers to standard output, all else to standard error.
enum Console {
  /// Writes one line of an answer.
  static func line(_ text: String = "") {
    write(escaped(text) + "\n", to: .standardOutput)
  }

  /// Writes one JSON document on one line: canonical, but for what a terminal would obey, which
  /// JSON lets us spell as an escape.
  static func json(_ value: JSON) {
    var output = ""
    // Such a character stands inside strings only, and all of them are in the first plane.
    for scalar in String(decoding: value.canonicalBytes, as: UTF8.self).unicodeScalars {
      if isObeyed(scalar) {
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    write(output + "\n", to: .standardOutput)
  }

  /// Writes bytes as they are.
  static func bytes(_ bytes: [UInt8]) {
    FileHandle.standardOutput.write(Data(bytes))
  }

  /// Writes one line to standard error.
  static func note(_ text: String) {
    write(escaped(text) + "\n", to: .standardError)
  }

  /// Text from outside with its control, escape and bidirectional characters made visible.
  static func escaped(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      if isObeyed(scalar) {
        output += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// Whether a terminal acts on the character instead of showing it, or shows others in its order.
  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2028, 0x2029,
      0x2066...0x2069:
      true
    default: false
    }
  }

  private static func write(_ text: String, to handle: FileHandle) {
    handle.write(Data(text.utf8))
  }
}
