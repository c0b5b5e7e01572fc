internal import CanonicalJSON
package import LedgerCrypto

/// What is known of one shard of a release.
package struct ShardFacts: Hashable, Sendable {
  /// The shard's name (``ShardName``).
  package let name: String
  /// Bytes of the file as it lies on disk, 0 … 2^53−1.
  package let size: Int
  /// SHA-256 of the file's bytes as they lie on disk.
  package let sha256: Digest
  /// Rows in the shard, 0 … 2^53−1.
  package let rows: UInt64

  /// Takes all four.
  package init(name: String, size: Int, sha256: Digest, rows: UInt64) {
    self.name = name
    self.size = size
    self.sha256 = sha256
    self.rows = rows
  }

  /// The members of the JSON object, without braces.
  var members: [(String, JSON)] {
    [
      ("name", .string(name)), ("size", .integer(Int64(size))), ("sha256", .string(sha256.hex)),
      ("rows", .integer(Int64(clamping: rows))),
    ]
  }

  /// Takes the four members from `reader`.
  init(_ reader: inout MemberReader) throws(DocumentProblem) {
    do throws(FieldError) {
      name = try reader.string("name")
      size = Int(try reader.integer("size", in: 0...JSON.integerRange.upperBound))
      rows = UInt64(try reader.integer("rows", in: 0...JSON.integerRange.upperBound))
      guard let digest = Digest(hex: try reader.string("sha256")) else {
        throw .wrongType(reader.path(of: "sha256"), expected: "64 hexadecimal digits in lower case")
      }
      sha256 = digest
    } catch {
      throw DocumentProblem(text: error.description)
    }
    guard ShardName.isValid(name) else {
      throw DocumentProblem(text: "\(reader.path(of: "name")) is not the name of a file.")
    }
  }
}

/// What is wrong with a document, in one sentence.
struct DocumentProblem: Error {
  let text: String

  /// Reads canonical JSON whose outermost member `winnow` is `version`, and hands it on.
  static func read<Result>(
    _ bytes: [UInt8], version: String,
    _ body: (inout MemberReader) throws(DocumentProblem) -> Result
  ) throws(DocumentProblem) -> Result {
    let document: JSONDocument
    do throws(JSONError) {
      document = try JSONDocument(parsingCanonical: bytes)
    } catch {
      throw DocumentProblem(text: error.description)
    }
    var reader: MemberReader
    do throws(FieldError) {
      reader = try MemberReader(document.root, path: "")
      guard NameOrder.areSame(try reader.string("winnow"), version) else {
        throw .wrongType("winnow", expected: "\"\(version)\"")
      }
    } catch {
      throw DocumentProblem(text: error.description)
    }
    let result = try body(&reader)
    try finish(reader)
    return result
  }

  /// Reads the array `shards`, no name twice.
  static func shards<Element>(
    _ reader: inout MemberReader, name: (Element) -> String,
    _ body: (inout MemberReader) throws(DocumentProblem) -> Element
  ) throws(DocumentProblem) -> [Element] {
    let values: [JSONElement]
    do throws(FieldError) {
      values = try reader.array("shards", count: 1...1_000_000)
    } catch {
      throw DocumentProblem(text: error.description)
    }
    var elements: [Element] = []
    var names: Set<[UInt8]> = []
    for (index, value) in values.enumerated() {
      var inner: MemberReader
      do throws(FieldError) {
        inner = try reader.reader(of: value)
      } catch {
        throw DocumentProblem(text: error.description)
      }
      let element = try body(&inner)
      try finish(inner)
      guard names.insert(Array(name(element).utf8)).inserted else {
        throw DocumentProblem(text: "shards[\(index)] has the name of another shard; keep one.")
      }
      elements.append(element)
    }
    return elements
  }

  private static func finish(_ reader: MemberReader) throws(DocumentProblem) {
    do throws(FieldError) {
      try reader.finish()
    } catch {
      throw DocumentProblem(text: error.description)
    }
  }
}
