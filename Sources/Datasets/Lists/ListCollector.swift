internal import LedgerCrypto

/// Keeps the hashes of a list's entries, and counts what is left out, whatever the layout.
struct ListCollector {
  /// The hashes so far, in the file's order, padded with zeros to 32 bytes.
  private(set) var hashes: [Digest] = []
  var counts = ListCounts()
  let algorithm: ListAlgorithm
  private let limit: Int

  init(_ algorithm: ListAlgorithm, limit: Int = HashList.maximumCount) {
    self.algorithm = algorithm
    self.limit = limit
  }

  /// Takes an entry: the text that stands for its hash, and what is said of its quality.
  mutating func take(
    _ text: Span<UInt8>, quality: Int? = nil
  ) throws(HashListFlaw) {
    let text = text.extracting(Spelling.trimmed(text))
    guard !text.isEmpty else { return takeNothing() }
    guard let hash = algorithm.hash(spelledBy: text) else {
      guard ListAlgorithm.isSomeHash(text) else { throw .notAHash(algorithm) }
      return takeNothing()
    }
    counts.read += 1
    if algorithm.isOfNothing(hash) {
      counts.ofNothing += 1
    } else if let quality, algorithm == .pdq, quality < ListCounts.leastQuality {
      counts.belowQuality += 1
    } else {
      guard hashes.count < limit else { throw .tooMany(limit: limit) }
      hashes.append(hash)
    }
  }

  /// Takes an entry without a hash of the algorithm.
  mutating func takeNothing() {
    counts.read += 1
    counts.withoutHash += 1
  }

  /// The quality that a text says: an integer from 0 to 100, or nothing.
  static func quality(_ text: Span<UInt8>) throws(HashListFlaw) -> Int? {
    let digits = text.extracting(Spelling.trimmed(text))
    if digits.isEmpty { return nil }
    guard digits.count <= 3 else { throw .quality }
    var value = 0
    for index in digits.indices {
      guard (0x30...0x39).contains(digits[index]) else { throw .quality }
      value = value * 10 + Int(digits[index] - 0x30)
    }
    guard value <= 100 else { throw .quality }
    return value
  }
}
