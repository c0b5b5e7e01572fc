internal import Foundation

/// A file's content, unpacked, in chunks that hold whole records.
///
/// Read by copying (``OpenFile``), so a file that shrinks underneath is an error; when the content
/// ends the file is compared with what was opened, so one that was rewritten is an error too.
/// Memory: one chunk, and one record of up to `maxRecord` bytes.
package final class ByteSource {
  /// Some whole records, in memory that is reused between reads.
  package struct Chunk: Sendable {
    /// The bytes, then room.
    package fileprivate(set) var storage: [UInt8] = []
    /// How many bytes count.
    package fileprivate(set) var count = 0
    /// Place among the file's chunks, from 0.
    package fileprivate(set) var ordinal = 0
    /// Whether the file's content ends with this chunk.
    package fileprivate(set) var isLast = false

    /// A chunk to read into.
    package init() {}

    /// Lends the records to `body`.
    package func withSpan<Result, Failure>(
      _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
      try body(storage.span.extracting(0..<count))
    }
  }

  /// The file's path.
  package var path: String { file.path }
  /// Bytes of the file as it lies on disk, compressed or not.
  package var size: Int { file.size }
  /// What the file was when it was opened.
  package var stamp: OpenFile.Stamp { file.stamp }
  /// Bytes of the file read so far, compressed or not.
  package var bytesRead: Int { content.bytesRead }

  private let file: OpenFile
  private let content: any ContentReader
  private let chunkSize: Int
  private let maxRecord: Int
  private var rest: [UInt8] = []
  private var ordinal = 0
  private var ended = false

  /// Opens the file at `path`.
  ///
  /// - Parameters:
  ///   - path: a regular file.
  ///   - packing: how the file is packed, when its name does not say so.
  ///   - chunkSize: bytes of content per chunk, more only for a longer record.
  ///   - maxRecord: bytes of the longest record taken.
  ///   - tap: sees every byte of the file as it lies on disk, in order, for a digest.
  /// - Throws: ``FileFailure`` when it cannot be opened or is no regular file.
  package init(
    path: String, packing: Packing? = nil, chunkSize: Int = 1 << 22, maxRecord: Int = 1 << 24,
    tap: ((Span<UInt8>) -> Void)? = nil
  ) throws(FileFailure) {
    precondition(chunkSize > 0 && maxRecord > 0, "a chunk and a record have bytes")
    let packing = packing ?? Packing(name: path)
    file = try OpenFile(path: path)
    content = packing.reader(of: file, tap: tap)
    // A small file needs no large buffer; one byte more than a plain file has shows its end.
    let size = min(file.size, 1 << 40)
    self.chunkSize = min(chunkSize, packing == .plain ? size + 1 : max(1 << 16, size * 32))
    self.maxRecord = maxRecord
  }

  /// Opens what a user names as input: a regular file, a pipe, or standard input under the name `-`;
  /// what begins like a packed file is unpacked, whatever its name.
  ///
  /// - Throws: ``FileFailure`` when it cannot be opened or is none of these.
  package init(
    input path: String, chunkSize: Int = 1 << 20, tap: ((Span<UInt8>) -> Void)? = nil
  ) throws(FileFailure) {
    precondition(chunkSize > 0, "a chunk has bytes")
    file = try OpenFile(input: path)
    content = Packing(lead: try file.lead()).reader(of: file, tap: tap)
    self.chunkSize = chunkSize
    maxRecord = chunkSize
  }

  /// Opens the file at `path`, whose content a program tells.
  ///
  /// The program is given a path that leads to the file as it was opened here, and to no other; `tap` sees
  /// the file's own bytes, after the program has ended.
  ///
  /// - Throws: ``FileFailure`` when the file cannot be opened, is no regular file, or the program cannot be
  ///   started.
  package init(
    path: String, toldBy command: (String) -> ChildOutput.Command, chunkSize: Int = 1 << 22,
    maxRecord: Int = 1 << 24, isCancelled: @escaping @Sendable () -> Bool = { false },
    tap: ((Span<UInt8>) -> Void)? = nil
  ) throws(FileFailure) {
    precondition(chunkSize > 0 && maxRecord > 0, "a chunk and a record have bytes")
    file = try OpenFile(path: path)
    content = ToldContent(
      of: file, try ChildOutput(command(file.pathForOthers), isCancelled: isCancelled), tap: tap)
    self.chunkSize = min(chunkSize, max(1 << 16, min(file.size, 1 << 40) * 32))
    self.maxRecord = maxRecord
  }

  /// Reads the next chunk; gives `false` when there is none.
  ///
  /// - Parameters:
  ///   - chunk: what to read into; its memory is reused.
  ///   - boundary: the length of the longest prefix that holds only whole records (0 when there is
  ///     none), given bytes that start with a record. Not asked about the end of the content: what
  ///     is left there is the last chunk, whole or not.
  /// - Returns: whether there was one.
  /// - Throws: ``FileFailure`` when the file cannot be read, is damaged, changed, or has a record
  ///   longer than the limit.
  package func next(
    into chunk: inout Chunk, boundary: (Span<UInt8>) -> Int
  ) throws(FileFailure) -> Bool {
    if ended { return false }
    var wanted = chunkSize
    var have = rest.count
    grow(&chunk.storage, to: max(wanted, have))
    copy(rest, into: &chunk.storage)
    rest.removeAll(keepingCapacity: true)
    while true {
      let missing = wanted - have
      let got = missing > 0 ? try content.read(into: &chunk.storage, at: have, count: missing) : 0
      have += got
      if missing > 0, got < missing {
        try file.checkUnchanged()
        ended = true
        finish(&chunk, have)
        return have > 0
      }
      let length = boundary(chunk.storage.span.extracting(0..<have))
      precondition(length >= 0 && length <= have, "a boundary lies within the bytes given")
      if length > 0 {
        rest.append(contentsOf: chunk.storage[length..<have])
        finish(&chunk, length)
        return true
      }
      guard have <= maxRecord else { throw .recordTooLong(path: path, limit: maxRecord) }
      wanted = have + min(have, maxRecord)
      grow(&chunk.storage, to: wanted)
    }
  }

  private func finish(_ chunk: inout Chunk, _ count: Int) {
    chunk.count = count
    chunk.ordinal = ordinal
    chunk.isLast = ended
    ordinal += 1
  }

  private func grow(_ buffer: inout [UInt8], to count: Int) {
    let more = count - buffer.count
    guard more > 0 else { return }
    // By memset: a sequence of zeroes is appended one by one in an unoptimized build.
    unsafe buffer.append(
      contentsOf: [UInt8](unsafeUninitializedCapacity: more) { bytes, count in
        guard let start = bytes.baseAddress else { return }
        unsafe memset(start, 0, more)
        count = more
      })
  }

  private func copy(_ bytes: [UInt8], into buffer: inout [UInt8]) {
    buffer.replaceSubrange(0..<bytes.count, with: bytes)
  }
}
