/// How the content of a file is compressed, if it is.
package enum Packing: Hashable, Sendable, CaseIterable {
  case plain
  /// RFC 1952.
  case gzip
  /// RFC 8878.
  case zstd

  /// How a file's name ends that is packed so.
  package var ending: String {
    switch self {
    case .plain: ""
    case .gzip: ".gz"
    case .zstd: ".zst"
    }
  }

  /// Told from the end of a name, in any case.
  package init(name: String) {
    let name = name.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    self =
      [.gzip, .zstd].first { packing in
        name.reversed().starts(with: packing.ending.utf8.reversed())
      } ?? .plain
  }

  /// How many first bytes tell it.
  static let leadSize = 4

  /// Told from a file's first bytes: no text begins as a packed file does.
  init(lead: some Collection<UInt8>) {
    let lead = Array(lead.prefix(Self.leadSize))
    if lead.starts(with: [0x1f, 0x8b]) {
      self = .gzip
    } else if lead == [0x28, 0xb5, 0x2f, 0xfd]
      // A frame to be skipped, as some programs put first.
      || lead.count == 4 && lead[0] & 0xf0 == 0x50 && lead[1...] == [0x2a, 0x4d, 0x18]
    {
      self = .zstd
    } else {
      self = .plain
    }
  }

  /// How the regular file at `path` is packed, by its first bytes or, where they do not tell, by its
  /// name.
  package static func held(at path: String) throws(FileFailure) -> Packing {
    let lead = try OpenFile(path: path).lead()
    let told = Packing(lead: lead)
    return told == .plain ? Packing(name: path) : told
  }

  /// `bytes` as one member or frame, which can stand after others; themselves when nothing is packed.
  package func packed(_ bytes: Span<UInt8>) -> [UInt8] {
    switch self {
    case .plain: unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
    case .gzip: GzipWriter.member(bytes)
    case .zstd: ZstdWriter.frame(bytes)
    }
  }
}
