internal import Files
internal import LedgerCrypto

extension HashList {
  /// The most hashes that a list may have.
  package static let maximumCount = 200_000_000

  /// Reads a list as its issuer sends it, in the layouts of ``HashListParser``.
  ///
  /// How the file is packed is told from the first bytes; `-` is standard input, and a pipe is read too.
  ///
  /// Entries without a hash of the algorithm, hashes that tell of nothing, and entries that were
  /// deleted are left out and counted (``counts``).
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - algorithm: the function that made the hashes.
  ///   - subject: what they are hashes of.
  ///   - column: the column or member of the hashes, in any case; told from the algorithm by default.
  ///   - isCancelled: asked now and then; `true` stops the work.
  /// - Throws: ``DatasetFailure/list(path:line:_:)`` with the line, never its content.
  package init(
    path: String, algorithm: ListAlgorithm, of subject: ListSubject, column: String? = nil,
    isCancelled: () -> Bool = { false }
  ) throws(DatasetFailure) {
    let source = try onDisk { () throws(FileFailure) in try ByteSource(input: path) }
    let name = source.path
    var parser = HashListParser(algorithm: algorithm, column: column)
    let list: ListCollector
    do {
      var chunk = ByteSource.Chunk()
      while try source.next(into: &chunk, boundary: { $0.count }) {
        if isCancelled() { throw DatasetFailure.cancelled }
        try chunk.withSpan { (span) throws(HashListFlaw) in try parser.take(span) }
      }
      list = try parser.finish()
    } catch let failure as FileFailure {
      throw .file(failure)
    } catch let flaw as HashListFlaw {
      throw .list(path: name, line: max(parser.line, 1), flaw)
    } catch {
      throw .cancelled
    }
    guard !list.hashes.isEmpty else { throw .list(path: name, line: nil, .empty(algorithm)) }
    self.init(list, of: subject)
  }
}
