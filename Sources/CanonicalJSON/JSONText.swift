/// The UTF-8 of a string, its escapes undone: ``range`` of ``bytes``, which are the document's own
/// where nothing is escaped.
///
/// A plain value instead of a closure's argument: what is generic runs slowly across modules.
package struct JSONText: Sendable {
  package let bytes: [UInt8]
  package let range: Range<Int>

  /// A copy as a string.
  package var string: String {
    do {
      return String(copying: try UTF8Span(validating: bytes.span.extracting(range)))
    } catch {
      // The tokenizer has refused what is not UTF-8.
      return ""
    }
  }

  /// Whether it is the bytes of `text`.
  package func isSame(as text: String) -> Bool {
    NameOrder.areSame(bytes.span.extracting(range), text.utf8Span.span)
  }
}
