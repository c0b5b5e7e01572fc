internal import CanonicalJSON
internal import Datasets
internal import LedgerCrypto
package import Provenance
internal import SetCommitment

/// Compares every row of a release with registered lists, reading it once; which rows matched stays
/// here, sealed.
package struct MatchRelease: Deciding {
  let release: VersionedName
  /// The lists, each with its contents, which must be what was registered.
  let lists: [List]
  let options: Options

  package struct List: Sendable {
    let name: VersionedName
    let file: ListFile

    package init(_ name: VersionedName, _ file: ListFile) {
      self.name = name
      self.file = file
    }
  }

  /// How the rows are compared.
  package struct Options: Sendable {
    /// What is compared; by default the column of the list's algorithm, or of URLs.
    package var column: String?
    /// Whether equivalent spellings of URLs are tried too.
    package var triesSpellings = false
    /// The most bits in which near hashes differ; ``Nearness/greatestDistance`` by default.
    package var distance: UInt64?
    /// The least quality of a row's perceptual hash; 50 by default.
    package var leastQuality: UInt64?
    /// The column of qualities; `pdq_quality`, where there is one, by default.
    package var qualityColumn: String?
    /// Of when the release's own hashes are; now by default.
    package var hashesAsOf: Timestamp?

    package init() {}
  }

  package init(_ release: VersionedName, _ lists: [List], _ options: Options = Options()) {
    self.release = release
    self.lists = lists
    self.options = options
  }

  package struct Plan: Sendable {
    let found: [(list: HashListRecord, result: MatchResult, members: FoundMembers)]
  }

  /// What was compared with one list.
  package struct Compared: Sendable {
    package let list: VersionedName
    package let algorithm: HashAlgorithm
    package let of: HashedThing
    package let match: MatchCompleted
  }

  package func plan(_ desk: Desk) throws -> Plan {
    _ = try desk.view.release(release)
    var records: [HashListRecord] = []
    var comparisons: [Comparison] = []
    for list in lists {
      let record = try desk.view.list(list.name)
      records.append(record)
      comparisons.append(
        Comparison(
          try contents(of: list, record, desk), column: options.column,
          method: try options.method(for: record.receipt)))
    }
    let catalog = try desk.shelf.catalogOfFilesHere(of: release)
    let reader = try desk.shelf.reader(of: release, catalog)
    let found = try reader.match(comparisons, work: desk.shelf.work("match"))
    guard found.shards == catalog.entries.map(\.facts) else {
      let changed = zip(found.shards, catalog.entries).first { $0 != $1.facts }
      throw WorkflowFailure.shardChanged(changed?.0.name ?? release.description)
    }
    return Plan(
      found: try zip(records, found.results).map { record, result in
        (record, result, try members(result, desk.shelf))
      })
  }

  /// The list that was registered, from its file.
  private func contents(of list: List, _ record: HashListRecord, _ desk: Desk) throws -> HashList {
    try desk.vault.contents(of: record, list.file, desk.progress)
  }

  /// The keys that matched, and the rows of those of which others did not; all, where no index here says
  /// how many there are.
  private func members(_ result: MatchResult, _ shelf: Shelf) throws -> FoundMembers {
    guard shelf.hasIndex(of: release) else {
      return FoundMembers(found: result.matched) { _ in nil }
    }
    let source = try shelf.index(of: release).source
    return try FoundMembers(found: result.matched) { try source.entry(of: $0)?.rows }
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws -> [Compared] {
    var answers: [Compared] = []
    for (list, result, members) in plan.found {
      let match = MatchCompleted(
        release: release, list: list.event, column: result.column,
        method: options.statedMethod(for: list.receipt), nearness: options.nearness(result, list),
        scannedRows: result.rowsScanned, rowsWithoutHash: result.skipped.withoutHash,
        rowsWithOtherValue: result.skipped.otherValue,
        rowsBySpelling: options.triesSpellings ? result.rowsBySpelling : nil,
        matched: Tally(keys: UInt64(members.keys.count), rows: UInt64(result.matched.count)),
        hashesAsOf: (options.hashesAsOf ?? staging.desk.moment).wholeSecond,
        set: try staging.seal(found: members, kind: .matchCompleted))
      // Its set has another secret each time, so that its bytes do not tell.
      let earlier = try staging.desk.view.matches(on: release).last {
        $0.says(match, by: staging.desk.signers)
      }
      try staging.say(.matchCompleted(match), repeating: earlier?.sequence)
      answers.append(
        Compared(
          list: list.receipt.list, algorithm: list.receipt.algorithm, of: list.receipt.of,
          match: match))
    }
    return answers
  }
}

extension MatchRelease.Options {
  /// How the rows are compared with a list.
  func method(for list: HashListReceived) throws -> Comparison.Method {
    switch statedMethod(for: list) {
    case .exact:
      guard distance == nil, qualityColumn == nil, leastQuality == nil else {
        throw WorkflowFailure.notPerceptual(list.list)
      }
      return .exact
    case .spellings:
      guard list.of == .url, distance == nil, qualityColumn == nil, leastQuality == nil else {
        throw WorkflowFailure.notOfURLs(list.list)
      }
      return .spellings
    case .pdq:
      guard !triesSpellings else { throw WorkflowFailure.notOfURLs(list.list) }
      return .near(
        distance: Int(clamping: distance ?? Nearness.greatestDistance),
        least: Int(clamping: leastQuality ?? UInt64(ListCounts.leastQuality)),
        qualityColumn: qualityColumn)
    }
  }

  fileprivate func statedMethod(for list: HashListReceived) -> MatchMethod {
    if list.algorithm == .pdq { return .pdq }
    return triesSpellings ? .spellings : .exact
  }

  fileprivate func nearness(_ result: MatchResult, _ list: HashListRecord) -> Nearness? {
    guard list.receipt.algorithm == .pdq else { return nil }
    return Nearness(
      distance: distance ?? Nearness.greatestDistance,
      quality: result.qualityColumn.map {
        .init(
          column: $0, least: leastQuality ?? UInt64(ListCounts.leastQuality),
          rowsBelow: result.skipped.belowQuality)
      })
  }
}

extension Vault {
  /// The list that was registered, from its file: no other has its root.
  func contents(
    of list: HashListRecord, _ file: ListFile, _ progress: Progress
  ) throws -> HashList {
    guard let secret = try secrets().get(SecretDirectory.listName(list.receipt.list)) else {
      throw WorkflowFailure.membersSealed(list.received)
    }
    let contents = try file.read(list.receipt.algorithm, of: list.receipt.of, progress)
    let root = EntrySet(contents.entryKeys()).sealed(under: HMAC256(key: secret)).root
    guard root.root == list.receipt.set.root else {
      throw WorkflowFailure.listDiffers(list.receipt.list)
    }
    return contents
  }
}

extension AdmittedEvent {
  /// Whether it is a match by the same signers with the same figures.
  fileprivate func says(_ match: MatchCompleted, by signers: [Signer]) -> Bool {
    guard case .matchCompleted(let other) = statement.body, other.isRepeated(by: match) else {
      return false
    }
    return statement.header.signers == signers.map(\.publicKey.id).sorted()
  }
}

extension MatchCompleted {
  /// Whether `other` compares the same rows with the same list: it then finds the same, though the
  /// secret of its set is another.
  func isSame(as other: MatchCompleted) -> Bool {
    release == other.release && list == other.list && NameOrder.areSame(column, other.column)
      && method == other.method && nearness == other.nearness
  }

  /// Whether `other` does the same once more, with the same figures.
  fileprivate func isRepeated(by other: MatchCompleted) -> Bool {
    isSame(as: other) && scannedRows == other.scannedRows
      && rowsWithoutHash == other.rowsWithoutHash
      && rowsWithOtherValue == other.rowsWithOtherValue && rowsBySpelling == other.rowsBySpelling
      && matched == other.matched
  }
}
