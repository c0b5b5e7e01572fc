/// The path of a tile or entry bundle below a log's prefix (tlog-tiles 0.1.0).
///
/// `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]`: L is 0 to 63, W 1 to 255; N is in groups of
/// three digits, each but the last after an `x`, as in `x001/x234/067`. One spelling of each.
package enum TilePath: Hashable, Sendable {
  /// A tile of hashes.
  case tile(Tile)
  /// A bundle of entries.
  case entries(EntryTile)

  /// Parses a path without a leading slash, or gives `nil` when it is not exactly one.
  package init?(_ path: String) {
    self.init(bytes: Array(path.utf8))
  }

  /// Parses a path's ASCII bytes, or gives `nil` when they are not exactly a path.
  package init?(bytes path: [UInt8]) {
    // The longest has seven groups and a partial suffix: below 64 bytes.
    guard path.count < 64 else { return nil }
    var parts = path.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
    guard let prefix = parts.popFirst(), prefix.elementsEqual("tile".utf8),
      let kind = parts.popFirst(), var last = parts.popLast()
    else { return nil }
    var width = 256
    if let group = parts.last, group.suffix(2).elementsEqual(".p".utf8) {
      guard let partial = Decimal.parse(last), (1...255).contains(partial) else { return nil }
      width = Int(partial)
      last = group.dropLast(2)
      parts.removeLast()
    }
    guard let number = Self.number(groups: parts, last: last) else { return nil }
    if kind.elementsEqual("entries".utf8) {
      guard let tile = EntryTile(number: number, width: width) else { return nil }
      self = .entries(tile)
    } else {
      guard let level = Decimal.parse(kind), level <= 63,
        let tile = Tile(level: Int(level), number: number, width: width)
      else { return nil }
      self = .tile(tile)
    }
  }

  /// The same place when it is full: what to ask for when a partial one is gone.
  package var full: TilePath {
    switch self {
    case .tile(let tile):
      Tile(level: tile.level, number: tile.number).map { .tile($0) } ?? self
    case .entries(let tile): EntryTile(number: tile.number).map { .entries($0) } ?? self
    }
  }

  /// The value of N, of which at most seven groups can be in range.
  private static func number(
    groups: ArraySlice<ArraySlice<UInt8>>, last: ArraySlice<UInt8>
  ) -> UInt64? {
    guard groups.count <= 5, var number = threeDigits(last) else { return nil }
    var scale: UInt64 = 1000
    for (place, group) in groups.reversed().enumerated() {
      guard group.first == UInt8(ascii: "x"), let value = threeDigits(group.dropFirst()) else {
        return nil
      }
      // The first group may be zero only where it is also the last.
      if place == groups.count - 1 && value == 0 { return nil }
      number += value * scale
      scale *= 1000
    }
    return number
  }

  private static func threeDigits(_ digits: ArraySlice<UInt8>) -> UInt64? {
    guard digits.count == 3 else { return nil }
    var value: UInt64 = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + UInt64(digit - UInt8(ascii: "0"))
    }
    return value
  }
}

extension TilePath: LosslessStringConvertible {
  /// The path, without a leading slash.
  package var description: String {
    let (kind, number, width) =
      switch self {
      case .tile(let tile): (String(tile.level), tile.number, tile.width)
      case .entries(let tile): ("entries", tile.number, tile.width)
      }
    var groups = Self.group(number % 1000)
    var rest = number / 1000
    while rest != 0 {
      groups = "x\(Self.group(rest % 1000))/\(groups)"
      rest /= 1000
    }
    return "tile/\(kind)/\(groups)" + (width == 256 ? "" : ".p/\(width)")
  }

  private static func group(_ value: UInt64) -> String {
    (value < 10 ? "00" : value < 100 ? "0" : "") + String(value)
  }
}
