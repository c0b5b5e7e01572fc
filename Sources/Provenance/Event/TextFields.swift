package import CanonicalJSON
package import LedgerCrypto

/// What a string in place spells, read without a copy.
extension JSONText {
  /// 64 hexadecimal digits in lower case.
  package var digest: Digest? { Digest(hexDigits: bytes.span.extracting(range)) }

  /// Bytes as hexadecimal digits in lower case.
  package var hex: [UInt8]? { [UInt8](hexDigits: bytes.span.extracting(range)) }

  /// Bytes in padded base64.
  package var base64: [UInt8]? { Base64.decode(bytes.span.extracting(range)) }

  /// A time with whole seconds.
  var seconds: Timestamp? { Timestamp(seconds: bytes.span.extracting(range)) }

  /// A time with three decimals.
  var milliseconds: Timestamp? { Timestamp(milliseconds: bytes.span.extracting(range)) }

  /// The kind that a predicate's type names.
  var kind: Kind? { Kind(predicateType: bytes.span.extracting(range)) }
}

extension JSONElement {
  /// The digest that a string of 64 lowercase hexadecimal digits spells, or `nil`.
  package var digest: Digest? { text?.digest }
}
