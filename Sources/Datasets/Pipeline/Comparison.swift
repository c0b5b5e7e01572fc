internal import LedgerCrypto
package import Rows

/// A hash list and how the rows of a release are compared with it.
package struct Comparison: Sendable {
  package let list: HashList
  /// The column, in any case; by default `URL`, or the one that is named like the algorithm.
  package let column: String?
  package let method: Method

  package enum Method: Hashable, Sendable {
    /// Equal digests; of URLs, those of exactly the bytes that the row has.
    case exact
    /// Digests of the URL's other spellings too (`URLSpellings`).
    case spellings
    /// Perceptual hashes that differ in at most so many bits, 0 to ``NearIndex/greatestDistance``.
    ///
    /// Of rows that have a quality in the column of it (in any case; `pdq_quality` by default, where
    /// there is one) only those are compared whose quality is `least` or more.
    case near(distance: Int, least: Int, qualityColumn: String?)
  }

  package init(_ list: HashList, column: String? = nil, method: Method = .exact) {
    self.list = list
    self.column = column
    self.method = method
  }

  /// What is taken of a row: once for all lists that take the same.
  struct Subject: Hashable, Sendable {
    let algorithm: ListAlgorithm
    let subject: ListSubject
    let column: String?
    let method: Method
  }

  var subject: Subject {
    Subject(algorithm: list.algorithm, subject: list.subject, column: column, method: method)
  }
}

/// What comparing a release with one hash list found.
package struct MatchResult: Sendable {
  /// The column that was compared, as the release spells it.
  package internal(set) var column = ""
  /// The column of qualities that were looked at, as the release spells it.
  package internal(set) var qualityColumn: String?
  /// Rows read.
  package internal(set) var rowsScanned: UInt64 = 0
  /// Rows whose value is on the list, by key and then digest ascending.
  ///
  /// A removal takes all rows of a key.
  package internal(set) var matched: [RowTags] = []
  /// Of these, those that matched by another spelling of their URL alone.
  package internal(set) var rowsBySpelling: UInt64 = 0
  /// What kept rows from being compared.
  package internal(set) var skipped = Skipped()

  /// Rows that were not compared.
  package struct Skipped: Hashable, Sendable {
    /// With nothing there: null, empty, or white space where a digest should stand.
    package internal(set) var withoutHash: UInt64 = 0
    /// With a value that is no hash of the list's algorithm.
    package internal(set) var otherValue: UInt64 = 0
    /// With a quality below the least.
    package internal(set) var belowQuality: UInt64 = 0
    /// Rows that had a quality, and rows that had something else there.
    var qualities: UInt64 = 0, otherQualities: UInt64 = 0

    static func += (a: inout Skipped, b: Skipped) {
      a.withoutHash += b.withoutHash
      a.otherValue += b.otherValue
      a.belowQuality += b.belowQuality
      a.qualities += b.qualities
      a.otherQualities += b.otherQualities
    }
  }
}
