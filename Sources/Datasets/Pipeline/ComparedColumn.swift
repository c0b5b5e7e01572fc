internal import LedgerCrypto
internal import Rows

/// A column of the rows and the lists that are compared with it.
struct ComparedColumn: Sendable {
  let subject: Comparison.Subject
  /// The column's name as the first shard has it, and that of qualities.
  let column: String
  let qualityColumn: String?
  /// Where they are in each shard.
  let columns: [(value: Int, quality: Int?)]
  /// The lists, and which of all comparisons each is of.
  private(set) var lists: [ComparedList] = []
  private(set) var places: [Int] = []
  /// Whether values can be LAION's MurmurHash3, by the column's name.
  private let mayBeMurmur: Bool

  init(
    _ comparison: Comparison, at place: Int, of parts: [ReleaseReader.Part]
  ) throws(DatasetFailure) {
    subject = comparison.subject
    var columns: [(Int, Int?)] = []
    for part in parts {
      columns.append((try part.column(for: subject), try part.qualityColumn(for: subject)))
    }
    self.columns = columns
    let names = parts.first?.projection.file.names ?? []
    column = columns.first.map { names[$0.0] } ?? subject.column ?? subject.algorithm.rawValue
    qualityColumn = columns.first.flatMap { $0.1 }.map { names[$0] }
    mayBeMurmur = column.isNamedHash && subject.subject == .image
    add(comparison, at: place)
  }

  /// The columns of a shard that are looked at.
  func places(inShard shard: Int) -> [Int] {
    [columns[shard].value] + (columns[shard].quality.map { [$0] } ?? [])
  }

  mutating func add(_ comparison: Comparison, at place: Int) {
    lists.append(ComparedList(comparison))
    places.append(place)
  }

  /// What is looked up for a value, which is empty for null; `nil` when there is nothing to compare,
  /// which is counted.
  func hash(
    of value: Span<UInt8>, _ quality: RowQuality?, _ skipped: inout MatchResult.Skipped
  ) throws(MatchFault) -> Digest? {
    switch subject.subject {
    case .url:
      guard !value.isEmpty, let hash = subject.algorithm.hash(value) else {
        skipped.withoutHash += 1
        return nil
      }
      return hash
    case .image:
      guard let hash = subject.algorithm.hash(spelledBy: value) else {
        if Spelling.trimmed(value).isEmpty {
          skipped.withoutHash += 1
        } else {
          if mayBeMurmur, value.isDecimalInteger { throw .murmur(column: column) }
          skipped.otherValue += 1
        }
        return nil
      }
      switch quality {
      case nil, .absent: return hash
      case .other:
        skipped.otherQualities += 1
        return hash
      case .value(let quality):
        skipped.qualities += 1
        guard case .near(_, let least, _) = subject.method, quality < Double(least) else {
          return hash
        }
        skipped.belowQuality += 1
        return nil
      }
    }
  }

  /// Refuses a column that has values, and none that could be compared: comparing it would say that
  /// nothing is on the list.
  func check(_ skipped: MatchResult.Skipped, rows: UInt64) throws(DatasetFailure) {
    if skipped.otherValue > 0, skipped.withoutHash + skipped.otherValue == rows {
      throw .notComparable(column: column, .noHash(subject.algorithm))
    }
    if skipped.otherQualities > 0, skipped.qualities == 0, let qualityColumn {
      throw .notComparable(column: qualityColumn, .noQuality)
    }
  }
}

/// A list, ready to be asked.
struct ComparedList: Sendable {
  enum Way { case bytes, spelling }

  private let list: HashList
  private let near: (index: NearIndex, distance: Int)?
  private let triesSpellings: Bool

  init(_ comparison: Comparison) {
    list = comparison.list
    triesSpellings = comparison.method == .spellings
    if case .near(let distance, _, _) = comparison.method {
      near = (NearIndex(list.hashes), distance)
    } else {
      near = nil
    }
  }

  /// How the list has a row's hash, `value` being what was hashed of a URL; `nil` when it has not.
  func has(_ hash: Digest, of value: Span<UInt8>) -> Way? {
    if let near { return near.index.hasHash(within: near.distance, of: hash) ? .bytes : nil }
    if list.contains(hash) { return .bytes }
    guard triesSpellings else { return nil }
    var url: [UInt8] = []
    url.append(copying: value)
    return URLSpellings.others(of: url).contains { other in
      list.algorithm.hash(other.span).map(list.contains) ?? false
    } ? .spelling : nil
  }
}

/// What a row says of the quality of its perceptual hash.
enum RowQuality: Sendable {
  case absent, other
  case value(Double)
}

extension Span<UInt8> {
  /// The quality that a value says: a number.
  var quality: RowQuality {
    let text = extracting(Spelling.trimmed(self))
    if text.isEmpty { return .absent }
    guard text.count <= 32 else { return .other }
    let spelled = String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
    return Double(spelled).flatMap { $0.isFinite ? .value($0) : nil } ?? .other
  }

  /// Whether a value is a decimal integer of at most 20 digits, as LAION's `hash` is.
  var isDecimalInteger: Bool {
    let start = count > 1 && self[0] == UInt8(ascii: "-") ? 1 : 0
    guard (1...20).contains(count - start) else { return false }
    for index in start..<count where self[index] < 0x30 || self[index] > 0x39 { return false }
    return true
  }
}

extension String {
  /// Whether a column is called `hash`, in any case.
  var isNamedHash: Bool { utf8.elementsEqual("hash".utf8) { $0 | 0x20 == $1 } }
}

extension ReleaseReader.Part {
  /// The place of the column to compare.
  fileprivate func column(for subject: Comparison.Subject) throws(DatasetFailure) -> Int {
    let file = projection.file
    let place: Int?
    switch (subject.column, subject.subject) {
    case (let name?, _): place = file.index(ofAnyCase: name)
    case (nil, .url): place = file.index(ofAnyCase: "URL")
    case (nil, .image): place = file.names.firstIndex { subject.algorithm.isNamed(by: $0) }
    }
    guard let place else {
      let byDefault = subject.subject == .url ? "URL" : subject.algorithm.rawValue
      throw .missingColumn(shard: shard.name, subject.column ?? byDefault)
    }
    let column = file.names[place]
    let registered = (projection.content + projection.identity).first {
      $0.name.utf8.elementsEqual(column.utf8)
    }
    let type: ColumnType? =
      switch file.evidence[place] {
      case .declared(let declared): declared.type
      case .stored(let stored, let declared): declared?.type ?? stored.type
      case .inferred(let type): type
      case .text, .onlyNull, .absent, .undetermined: registered?.type
      }
    if type == nil, case .stored(let stored, _) = file.evidence[place] {
      throw .notComparable(column: column, .type(stored.text))
    }
    switch registered?.type ?? type {
    case nil, .string: break
    case .bytes where subject.subject == .image: break
    case .int? where column.isNamedHash: throw .notComparable(column: column, .murmur)
    case let type?: throw .notComparable(column: column, .type(type.text))
    }
    return place
  }

  /// The place of the column of qualities, where there is one to look at.
  fileprivate func qualityColumn(for subject: Comparison.Subject) throws(DatasetFailure) -> Int? {
    guard case .near(_, _, let name) = subject.method else { return nil }
    let file = projection.file
    guard let name else {
      return file.names.firstIndex { ListAlgorithm.letters(of: $0) == "pdqquality" }
    }
    guard let place = file.index(ofAnyCase: name) else {
      throw .missingColumn(shard: shard.name, name)
    }
    return place
  }
}
