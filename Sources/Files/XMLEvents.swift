internal import CExpat

/// An XML document that comes in pieces, as the beginnings and ends of its elements and their text.
///
/// Memory: one piece, and markup that pieces cut, at most ``longestMarkup``. A document type
/// declaration is refused where it begins, so that no entity but those of the language is ever
/// declared, let alone expanded, and nothing outside the document is named.
@safe
package final class XMLEvents {
  /// What a document consists of, as it is told.
  package enum Event {
    /// An element begins: its namespace, empty for none, and its name.
    case begin(namespace: Substring, name: Substring)
    /// The element that began last, and has not ended, ends.
    case end
    /// Text inside the innermost element, perhaps in several parts.
    case text([UInt8])
  }

  /// Why a document is refused.
  package enum Flaw: Error, Hashable, Sendable {
    /// It is not well-formed, is cut off, or has markup that is too long.
    case malformed
    /// It has a document type declaration.
    case doctype
  }

  /// The most bytes of one tag or comment.
  package static let longestMarkup = 8 << 20

  /// Takes the events between two calls, for a callback cannot throw.
  @safe private final class Told {
    var take: (Event, _ line: Int) -> Bool
    var flaw: Flaw?
    /// Bytes that came since the last event.
    var silent = 0
    var parser: XML_Parser?

    init(_ take: @escaping (Event, _ line: Int) -> Bool) { self.take = take }

    func tell(_ event: Event) {
      silent = 0
      guard flaw == nil, let parser = unsafe parser else { return }
      if !take(event, Int(clamping: unsafe XML_GetCurrentLineNumber(parser))) {
        unsafe XML_StopParser(parser, 0)
      }
    }
  }

  private let parser: XML_Parser
  private let told: Told
  private var isStopped = false

  /// - Parameter take: told each event with its line, counted from 1; `false` ends the reading.
  package init(_ take: @escaping (Event, _ line: Int) -> Bool) {
    told = Told(take)
    // Names come as namespace, space, name: neither a name nor a namespace has a space.
    guard let parser = unsafe XML_ParserCreateNS(nil, 0x20) else {
      preconditionFailure("there is memory for a parser")
    }
    unsafe self.parser = unsafe parser
    unsafe told.parser = unsafe parser
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(told).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { told, name, _ in
        guard let told = unsafe XMLEvents.told(told), let name = unsafe name else { return }
        let text = unsafe String(cString: name)
        let cut = text.lastIndex(of: " ")
        told.tell(
          .begin(
            namespace: cut.map { text[..<$0] } ?? "",
            name: cut.map { text[text.index(after: $0)...] } ?? text[...]))
      },
      { told, _ in unsafe XMLEvents.told(told)?.tell(.end) })
    unsafe XML_SetCharacterDataHandler(parser) { told, text, count in
      let bytes = unsafe UnsafeBufferPointer(start: text, count: Int(count))
      unsafe XMLEvents.told(told)?.tell(.text(unsafe bytes.map { UInt8(bitPattern: $0) }))
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { told, _, _, _, _ in
      guard let told = unsafe XMLEvents.told(told), let parser = unsafe told.parser else { return }
      told.flaw = .doctype
      unsafe XML_StopParser(parser, 0)
    }
  }

  deinit { unsafe XML_ParserFree(parser) }

  private static func told(_ pointer: UnsafeMutableRawPointer?) -> Told? {
    unsafe pointer.map { unsafe Unmanaged<Told>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Takes the next piece of the document, up to 1 GiB; nothing more after a refusal.
  ///
  /// Tells whether to go on: not when the taker ended the reading. The document ends with the last.
  package func take(_ bytes: Span<UInt8>, isLast: Bool) throws(Flaw) -> Bool {
    guard !isStopped else { return false }
    told.silent += bytes.count
    guard told.silent <= Self.longestMarkup + bytes.count else {
      isStopped = true
      throw .malformed
    }
    let status = unsafe bytes.withUnsafeBytes { raw in
      unsafe XML_Parse(
        parser, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: raw.count),
        isLast ? 1 : 0)
    }
    if status != XML_STATUS_ERROR { return true }
    isStopped = true
    if let flaw = told.flaw { throw flaw }
    if unsafe XML_GetErrorCode(parser) == XML_ERROR_ABORTED { return false }
    throw .malformed
  }

  /// The line that was read last, counted from 1.
  package var line: Int { Int(clamping: unsafe XML_GetCurrentLineNumber(parser)) }
}
