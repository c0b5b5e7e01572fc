internal import LedgerCrypto

/// Why a hash list, or a line or an entry of it, is refused; its content is never repeated.
package enum HashListFlaw: Error, Hashable, Sendable {
  /// No hash of the algorithm, nor one of another.
  case notAHash(ListAlgorithm)
  /// Two different hashes where one entry stands.
  case twoHashes(ListAlgorithm)
  /// A line with a number of fields other than the header's.
  case ragged
  /// Quotes that do not fit.
  case quotes
  /// A header that does not name one column of hashes.
  case noColumn(String)
  /// A line that is not one JSON object whose members have names of their own.
  case notAnObject
  /// A quality that is no integer from 0 to 100.
  case quality
  /// XML that is not well-formed.
  case malformedXML
  /// XML with a document type declaration.
  case doctype
  /// XML that is no answer of NCMEC's hash-sharing API.
  case otherXML
  /// Bytes that are no text.
  case notText
  /// A line that is longer than a line may be.
  case tooLong(limit: Int)
  /// More hashes than a list may have.
  case tooMany(limit: Int)
  /// The file holds nothing that counts.
  case empty(ListAlgorithm)

  /// The rest of a sentence that begins with the place.
  package var description: String {
    switch self {
    case .notAHash(let algorithm):
      "is not exactly \(2 * algorithm.byteCount) hexadecimal digits (\(algorithm.rawValue)); correct"
        + " it, or name the list's right algorithm."
    case .twoHashes(let algorithm):
      "has more than one \(algorithm.rawValue); give each a line of its own."
    case .ragged: "has another number of fields than the first line; correct it."
    case .quotes: "has quotes that do not pair up; correct it."
    case .noColumn(let column): "does not name one column \(column); name the column of the hashes."
    case .notAnObject:
      "is not one JSON object whose members each have their own name; correct it."
    case .quality: "has a quality that is no integer from 0 to 100; correct it."
    case .malformedXML: "is not well-formed XML; fetch it again."
    case .doctype:
      "has a document type declaration, which no hash list needs; check where it comes from."
    case .otherXML:
      "is XML, and no answer of NCMEC's hash-sharing API; check that it is the right file."
    case .notText: "is no text; unpack or convert it to UTF-8 first."
    case .tooLong(let limit):
      "is longer than the \(limit >> 20) MiB that a line may have; check its line ends."
    case .tooMany(let limit):
      "is past the \(limit.of("hash", "hashes")) that a list may have; split the list."
    case .empty(let algorithm):
      "holds no \(algorithm.rawValue) that counts; check the file, the algorithm, and which column"
        + " has the hashes."
    }
  }
}
