internal import ArgumentParser
internal import CanonicalJSON
internal import Files
internal import Foundation

/// What the program writes: answers to standard output, all else to standard error.
enum Console {
  /// Writes one line of an answer.
  static func line(_ text: String = "") {
    bytes(Array((escaped(text) + "\n").utf8))
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
    bytes(Array((output + "\n").utf8))
  }

  /// Writes bytes as they are.
  ///
  /// An answer that cannot be written ends the program (4): whatever was decided stands by then, and
  /// there is nowhere to say more than that.
  static func bytes(_ bytes: [UInt8]) {
    do throws(FileFailure) {
      try StandardStream.output.write(bytes)
    } catch {
      note(
        "winnow: \(error) What the command recorded stands: see `winnow log`.")
      exit(Failure.input.rawValue)
    }
  }

  /// Writes one line to standard error.
  static func note(_ text: String) {
    // Where complaints cannot be written, the exit code alone tells.
    try? StandardStream.errors.write(Array((escaped(text) + "\n").utf8))
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
}
