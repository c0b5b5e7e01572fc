internal import CanonicalJSON

/// A list of one JSON object a line.
///
/// The hash is the string of the member that is named; else of the one of the algorithm's name, or of
/// `hash`. A member `type` or `algorithm` says what the hash is, `quality` how good a perceptual one.
struct JSONLinesList {
  private let wanted: String
  private let isNamed: Bool
  private var names: Set<[UInt8]> = []

  init(column name: String?, _ algorithm: ListAlgorithm) {
    wanted = name ?? algorithm.rawValue
    isNamed = name != nil
  }

  /// What the members of one object say.
  private struct Found {
    var hash: [UInt8]?
    var fallback: [UInt8]?
    var type: [UInt8]?
    var quality: [UInt8]?
  }

  /// Takes a line that is not empty.
  mutating func take(_ line: Span<UInt8>, into list: inout ListCollector) throws(HashListFlaw) {
    let found: Found
    do {
      found = try read(line, list.algorithm)
    } catch let flaw as HashListFlaw {
      throw flaw
    } catch {
      throw .notAnObject
    }
    let hash = found.hash ?? found.fallback ?? []
    if let type = found.type {
      if list.algorithm.isOther(than: String(decoding: type, as: UTF8.self)) {
        return list.takeNothing()
      }
    }
    var quality: Int?
    if list.algorithm == .pdq, let text = found.quality {
      quality = try ListCollector.quality(text.span)
    }
    try list.take(hash.span, quality: quality)
  }

  private mutating func read(_ line: Span<UInt8>, _ algorithm: ListAlgorithm) throws -> Found {
    var found = Found()
    names.removeAll(keepingCapacity: true)
    var tokenizer = JSONTokenizer(numbers: .asWritten)
    guard try tokenizer.next(in: line) == .beginObject else { throw HashListFlaw.notAnObject }
    while case .name(let range, let isEscaped) = try tokenizer.next(in: line) {
      let name = try Self.text(range, isEscaped, line)
      guard names.insert(name).inserted else { throw HashListFlaw.notAnObject }
      let value = try Self.value(&tokenizer, line)
      let text = ListAlgorithm.letters(of: String(decoding: name, as: UTF8.self))
      if text == ListAlgorithm.letters(of: wanted) {
        guard case .text(let hash) = value ?? .text([]) else {
          throw HashListFlaw.notAHash(algorithm)
        }
        guard found.hash == nil else { throw HashListFlaw.twoHashes(algorithm) }
        found.hash = hash
      } else if text == "hash", !isNamed {
        guard case .text(let hash) = value ?? .text([]) else {
          throw HashListFlaw.notAHash(algorithm)
        }
        found.fallback = hash
      } else if ListAlgorithm.typeNames.contains(text) {
        if case .text(let type) = value { found.type = type }
      } else if text.hasSuffix("quality") {
        switch value {
        case .text(let text), .number(let text): found.quality = text
        case .other: throw HashListFlaw.quality
        case nil: break
        }
      }
    }
    guard try tokenizer.next(in: line) == .end else { throw HashListFlaw.notAnObject }
    return found
  }

  /// What stands for a hash, or says something of one.
  private enum Value {
    case text([UInt8])
    case number([UInt8])
    case other
  }

  /// Reads one value, whole arrays and objects included; `nil` for null.
  private static func value(
    _ tokenizer: inout JSONTokenizer, _ line: Span<UInt8>
  ) throws -> Value? {
    let outside = tokenizer.depth
    switch try tokenizer.next(in: line) {
    case .null: return nil
    case .string(let range, let isEscaped): return .text(try text(range, isEscaped, line))
    case .number(let range): return .number(try text(range, false, line))
    case .beginArray, .beginObject:
      while tokenizer.depth > outside { _ = try tokenizer.next(in: line) }
      return .other
    case .bool, .integer: return .other
    case .name, .endArray, .endObject, .end: throw HashListFlaw.notAnObject
    }
  }

  private static func text(
    _ range: Range<Int>, _ isEscaped: Bool, _ line: Span<UInt8>
  ) throws -> [UInt8] {
    var text: [UInt8] = []
    if isEscaped {
      try JSONStringSpelling.unescape(range, of: line, into: &text)
    } else {
      text = range.map { line[$0] }
    }
    return text
  }
}
