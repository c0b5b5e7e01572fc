internal import Foundation

/// The bytes of an ``AtomicFile`` before they have its name.
///
/// Where the system can (`O_TMPFILE`), they have no name at all: however the process ends, nothing of
/// them stays. Elsewhere, and for the moment in which one file takes another's place, they lie beside
/// it under a ``TemporaryName``, which a killed process leaves and nobody clears away.
struct PartialFile: ~Copyable {
  private enum State { case writing, sealed, named, failed }

  private(set) var size = 0
  private let target: String
  private let bufferSize: Int
  private var descriptor: Int32
  /// The name for the time being, if there is one.
  private var temporary: String?
  private var buffer: [UInt8] = []
  private var state = State.writing

  init(
    _ target: String, mode: UInt32, bufferSize: Int, nameless: Bool
  ) throws(FileFailure) {
    let directory = Directory.parent(of: target)
    var temporary: String?
    let descriptor: Int32
    if nameless, let unnamed = System.openNameless(directory, mode: mode_t(mode)) {
      descriptor = unnamed
    } else {
      let name = TemporaryName.fresh(in: directory)
      do throws(FileFailure) {
        descriptor = try System.open(
          name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode: mode_t(mode))
      } catch {
        throw .system(path: target, .create, code: error.code ?? EIO)
      }
      temporary = name
    }
    self.target = target
    self.bufferSize = bufferSize
    self.descriptor = descriptor
    self.temporary = temporary
  }

  deinit {
    if descriptor >= 0 { System.close(descriptor) }
    if let temporary { _ = unsafe unlink(temporary) }
  }

  /// Where the bytes can be read as long as this file is open.
  var readingPath: String { temporary ?? System.path(of: descriptor) }

  mutating func write(_ bytes: RawSpan) throws(FileFailure) {
    precondition(state == .writing || state == .failed, "a sealed file takes no more bytes")
    guard state == .writing else { throw .system(path: target, .write, code: EIO) }
    size += bytes.byteCount
    if bytes.byteCount >= bufferSize {
      try flush()
      do throws(FileFailure) {
        try System.write(descriptor, target, bytes)
      } catch {
        cancel()
        throw error
      }
    } else {
      unsafe bytes.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
      if buffer.count >= bufferSize { try flush() }
    }
  }

  /// Lets another program write the bytes, all of them, to the path that `body` gets; once more in place of
  /// those that one wrote before.
  mutating func write<Failure>(
    by body: (String) throws(Failure) -> Void
  ) throws(Failure) -> Result<Void, FileFailure> {
    precondition(state == .writing && buffer.isEmpty, "another program writes all bytes or none")
    do throws(Failure) {
      try body(System.path(forOthersOf: descriptor))
    } catch {
      cancel()
      throw error
    }
    return Result { () throws(FileFailure) in size = try System.stamp(descriptor, target).size }
  }

  mutating func overwrite(at offset: Int, _ bytes: [UInt8]) throws(FileFailure) {
    precondition(
      state == .writing && offset >= 0 && offset <= size - bytes.count,
      "only bytes already written can be replaced")
    try flush()
    do throws(FileFailure) {
      try System.write(descriptor, target, bytes.span, at: offset)
    } catch {
      cancel()
      throw error
    }
  }

  mutating func seal() throws(FileFailure) {
    if state == .sealed { return }
    guard state == .writing else { throw .system(path: target, .sync, code: EIO) }
    try flush()
    do throws(FileFailure) {
      try System.sync(descriptor, target)
    } catch {
      cancel()
      throw error
    }
    state = .sealed
  }

  /// Seals the bytes and closes the file, which waits under a temporary name.
  mutating func setAside() throws(FileFailure) {
    try seal()
    guard descriptor >= 0 else { return }
    if temporary == nil {
      let name = TemporaryName.fresh(in: Directory.parent(of: target))
      do throws(FileFailure) {
        try System.link(descriptor, to: name)
      } catch {
        cancel()
        throw error
      }
      temporary = name
    }
    System.close(descriptor)
    descriptor = -1
  }

  /// Gives the bytes their name, in place of what has it or only where nothing has.
  mutating func name(replacing: Bool) throws(FileFailure) {
    try seal()
    do throws(FileFailure) {
      if replacing { try replace() } else { try take() }
    } catch {
      cancel()
      throw error
    }
    state = .named
    cancel()
  }

  /// Takes the name, or throws `EEXIST`; a link never replaces anything, where a rename would.
  private mutating func take() throws(FileFailure) {
    guard let name = temporary else { return try System.link(descriptor, to: target) }
    do throws(FileFailure) {
      try System.link(name, to: target)
      // The file has its name; that it has another one, too, is no failure.
      _ = unsafe unlink(name)
    } catch  where error.code == EPERM || error.code == EOPNOTSUPP {
      // A file system without hard links.
      guard !Directory.holds(target) else {
        throw .system(path: target, .create, code: EEXIST)
      }
      try System.rename(name, target)
    }
    temporary = nil
  }

  private mutating func replace() throws(FileFailure) {
    if temporary == nil {
      do throws(FileFailure) {
        return try System.link(descriptor, to: target)
      } catch  where error.code == EEXIST {
        let name = TemporaryName.fresh(in: Directory.parent(of: target))
        try System.link(descriptor, to: name)
        temporary = name
      }
    }
    guard let name = temporary else { return }
    try System.rename(name, target)
    temporary = nil
  }

  /// Closes the file; without a name it is gone.
  mutating func cancel() {
    if descriptor >= 0 {
      System.close(descriptor)
      descriptor = -1
    }
    if let temporary { _ = unsafe unlink(temporary) }
    temporary = nil
    buffer = []
    if state != .named { state = .failed }
  }

  private mutating func flush() throws(FileFailure) {
    guard !buffer.isEmpty else { return }
    // Taken out while its span is lent, so that its memory is reused and not copied.
    var bytes: [UInt8] = []
    swap(&bytes, &buffer)
    do throws(FileFailure) {
      try System.write(descriptor, target, bytes.span)
    } catch {
      cancel()
      throw error
    }
    bytes.removeAll(keepingCapacity: true)
    buffer = bytes
  }
}
