internal import Files
internal import LedgerCrypto

/// Why a line of a hash list is refused; its content is never repeated.
package enum HashListFlaw: Hashable, Sendable {
  /// Not exactly the hexadecimal digits of one hash.
  case notAHash(ListAlgorithm)
  /// An empty line before another line.
  case emptyLine
  /// A CSV line with a number of fields other than the header's.
  case ragged
  /// Quotes that do not fit.
  case quotes
  /// A CSV header without the one column of the algorithm's name.
  case noColumn(ListAlgorithm)
  /// The file holds no hash at all.
  case empty
  /// More hashes than a list may have.
  case tooMany(limit: Int)

  /// The rest of a sentence that begins with the place.
  package var description: String {
    switch self {
    case .notAHash(let algorithm):
      "is not exactly \(2 * algorithm.byteCount) hexadecimal digits (\(algorithm.rawValue)); correct"
        + " it, or name the list's right algorithm."
    case .emptyLine: "is empty; remove it."
    case .ragged: "has another number of fields than the header; correct it."
    case .quotes: "has quotes that do not pair up; correct it."
    case .noColumn(let algorithm):
      "is a header that does not name one column \(algorithm.rawValue); name it there, or give the"
        + " list's right algorithm."
    case .empty: "holds no hash; check that it is the right file."
    case .tooMany(let limit):
      "is past the \(limit.of("hash", "hashes")) that a list may have; split the list."
    }
  }
}

extension HashList {
  /// The most hashes that a list may have.
  package static let maximumCount = 200_000_000

  /// Reads a list: one hash a line, or CSV when the name says so, either perhaps `.gz`.
  ///
  /// Text: each line is exactly one hash in hexadecimal digits of either case; only the end may have
  /// empty lines. CSV (`.csv`): a header that names one column `md5`, `sha1` or `sha256` (either
  /// case, perhaps with a hyphen); fields may be quoted, and may not hold a line end. Lines end with
  /// LF or CRLF. One leading byte order mark is dropped.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - algorithm: the function that made the hashes.
  ///   - subject: what they are hashes of.
  ///   - isCancelled: asked now and then; `true` stops the work.
  /// - Throws: ``DatasetFailure/list(path:line:_:)`` with the line, never its content.
  package init(
    path: String, algorithm: ListAlgorithm, of subject: ListSubject,
    isCancelled: () -> Bool = { false }
  ) throws(DatasetFailure) {
    var hasher = SHA256()
    var parser = HashListParser(path: path, algorithm: algorithm)
    let source = try onDisk { () throws(FileFailure) in
      try ByteSource(path: path, maxRecord: 1 << 16) { hasher.update($0) }
    }
    var chunk = ByteSource.Chunk()
    while try onDisk({ () throws(FileFailure) in
      try source.next(into: &chunk, boundary: HashListParser.boundary)
    }) {
      if isCancelled() { throw .cancelled }
      try chunk.withSpan { (span) throws(DatasetFailure) in try parser.take(span) }
    }
    try parser.finish()
    self.init(
      algorithm: algorithm, subject: subject, hashes: parser.hashes, fileDigest: hasher.digest(),
      fileSize: source.size)
  }
}
