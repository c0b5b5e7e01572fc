import Foundation
import LedgerCrypto

/// Byte strings that must not occur, found together in one pass.
struct Needles {
  /// The last eight bytes of each, and what it is.
  private var endings: [UInt64: [(bytes: [UInt8], what: String)]] = [:]

  mutating func add(_ bytes: [UInt8], _ what: String) {
    precondition(bytes.count >= 8)
    endings[bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }, default: []].append((bytes, what))
  }

  /// Adds a tag as hexadecimal digits in either case, as base64 and as it is.
  mutating func add(tag: [UInt8], _ what: String) {
    add(tag, what)
    add(Array(tag.hex.utf8), what + " in hex")
    add(Array(tag.hex.uppercased().utf8), what + " in hex")
    // Without the last group, whose form depends on padding.
    add(Array(Base64.encode(tag).utf8.prefix(tag.count / 3 * 4)), what + " in base64")
  }

  /// Adds the plain hashes of a URL.
  mutating func add(hashesOf url: String, of row: String) {
    let bytes = Array(url.utf8)
    add(tag: Array(LegacyHash.paddedMD5(bytes.span).bytes.prefix(16)), "MD5 of the URL of \(row)")
    add(
      tag: Array(LegacyHash.paddedSHA1(bytes.span).bytes.prefix(20)), "SHA-1 of the URL of \(row)")
    add(tag: Digest(sha256: bytes).bytes, "SHA-256 of the URL of \(row)")
  }

  /// What occurs in `text`, or in what base64 within it stands for, to a depth of four.
  func found(in text: [UInt8], depth: Int = 4) -> Set<String> {
    var found: Set<String> = []
    var window: UInt64 = 0
    var start = 0
    for (place, byte) in text.enumerated() {
      window = window << 8 | UInt64(byte)
      if let candidates = endings[window] {
        for candidate in candidates where place + 1 >= candidate.bytes.count {
          if text[(place + 1 - candidate.bytes.count)...place].elementsEqual(candidate.bytes) {
            found.insert(candidate.what)
          }
        }
      }
      if Self.isBase64(byte) { continue }
      decode(text[start..<place], depth, &found)
      start = place + 1
    }
    decode(text[start...], depth, &found)
    return found
  }

  private func decode(_ run: ArraySlice<UInt8>, _ depth: Int, _ found: inout Set<String>) {
    guard depth > 0, run.count >= 24,
      let data = Data(base64Encoded: Data(run.prefix(run.count / 4 * 4)))
    else { return }
    found.formUnion(self.found(in: Array(data), depth: depth - 1))
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
      UInt8(ascii: "="):
      true
    default: false
    }
  }
}
