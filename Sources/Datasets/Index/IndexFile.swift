internal import Files
package import LedgerCrypto
package import SetCommitment

/// An index on disk, open for proofs.
///
/// Reads by position what a proof needs, and checks every range against the file's size. Damage shows
/// as an error, or as hashes that do not give the root; never as a trap. Memory: a block of records.
package final class IndexFile: Sendable {
  /// Which set, as the header says.
  package let kind: SetKind
  /// All rows.
  package var rows: UInt64 { header.rows }
  /// All keys.
  package var keys: UInt64 { header.keys }
  /// The root.
  package var root: Digest { header.root }
  /// Where the file is.
  var path: String { file.path }

  private let file: OpenFile
  private let header: IndexHeader

  /// Opens the index at `path`, whose header and size must agree.
  package init(path: String) throws(DatasetFailure) {
    let file = try onDisk { () throws(FileFailure) in try OpenFile(path: path) }
    let bytes = try onDisk { () throws(FileFailure) in
      try file.bytes(from: 0, count: min(IndexFormat.headerSize, file.size))
    }
    do throws(IndexFlaw) {
      header = try IndexHeader(parsing: bytes, fileSize: file.size)
    } catch {
      throw .index(path: path, error)
    }
    self.file = file
    kind = header.kind
  }

  /// The records and upper nodes, for making witnesses.
  package var source: SetSource {
    SetSource(
      kind: kind, count: Int(header.keys), nodeCount: Int(header.nodes),
      blockSize: Int(header.blockSize),
      entries: { (range) throws(SetSourceFailure) in try self.entries(range) },
      node: { (number) throws(SetSourceFailure) in try self.node(number) })
  }

  /// The entry of `key`, or `nil` when the set does not hold it: about log2(keys) reads.
  package func entry(for key: Digest) throws(SetSourceFailure) -> SetEntry? {
    let place = try source.lowerBound(key)
    guard place < Int(header.keys) else { return nil }
    let found = try entries(place..<place + 1).first
    return found?.key == key ? found : nil
  }

  /// Reads the whole file: the trailer must be right, and the records must give the root.
  ///
  /// - Parameter isCancelled: asked now and then; `true` stops the check.
  /// - Throws: ``DatasetFailure/index(path:_:)`` for any byte that is not as it was written.
  package func verify(isCancelled: () -> Bool = { false }) throws(DatasetFailure) {
    var hasher = SHA256()
    hasher.update(header.bytes)
    var offset = header.nodesOffset
    while offset < header.trailerOffset {
      if isCancelled() { throw .cancelled }
      let bytes = try read(offset, min(1 << 20, header.trailerOffset - offset))
      hasher.update(bytes)
      offset += bytes.count
    }
    let trailer = try read(offset, IndexFormat.trailerSize)
    guard Digest(bytes: trailer) == hasher.digest() else {
      throw .index(path: file.path, .contentDamaged)
    }
    var builder = SetRootBuilder(kind)
    let count = Int(header.keys)
    var first = 0
    while first < count {
      if isCancelled() { throw .cancelled }
      let end = min(count, first + 8192)
      do {
        for entry in try entries(first..<end) { try builder.push(entry) }
      } catch {
        throw .index(path: file.path, .contentDamaged)
      }
      first = end
    }
    guard builder.finish().root == header.root else {
      throw .index(path: file.path, .contentDamaged)
    }
    try onDisk { () throws(FileFailure) in try file.checkUnchanged() }
  }

  func entries(_ range: Range<Int>) throws(SetSourceFailure) -> [SetEntry] {
    guard range.lowerBound >= 0, range.upperBound <= Int(header.keys) else {
      throw .damaged("records \(range) are not there")
    }
    let length = SetIndexLayout.recordLength
    let bytes = try bytes(
      IndexFormat.headerSize + range.lowerBound * length, range.count * length)
    var entries: [SetEntry] = []
    entries.reserveCapacity(range.count)
    for index in 0..<range.count {
      guard let entry = SetIndexLayout.entry(bytes, at: index * length) else {
        throw .damaged("record \(range.lowerBound + index) is cut short")
      }
      entries.append(entry)
    }
    return entries
  }

  private func node(_ number: Int) throws(SetSourceFailure) -> SetIndexNode {
    guard number >= 0, number < Int(header.nodes) else {
      throw .damaged("node \(number) is not there")
    }
    let length = SetIndexLayout.nodeLength
    let bytes = try bytes(header.nodesOffset + number * length, length)
    guard let node = SetIndexLayout.node(bytes, at: 0) else {
      throw .damaged("node \(number) contradicts itself")
    }
    return node
  }

  private func bytes(_ offset: Int, _ count: Int) throws(SetSourceFailure) -> [UInt8] {
    do throws(FileFailure) {
      return try file.bytes(from: offset, count: count)
    } catch {
      throw .unreadable(error.description)
    }
  }

  private func read(_ offset: Int, _ count: Int) throws(DatasetFailure) -> [UInt8] {
    try onDisk { () throws(FileFailure) in try file.bytes(from: offset, count: count) }
  }
}
