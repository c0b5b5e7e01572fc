package import LedgerCrypto

/// A dataset and what its publisher fixes for all its releases.
package struct DatasetRegistered: ListedKind {
  package static let kind = Kind.datasetRegistered
  package var body: Body { .datasetRegistered(self) }
  package static let standing = Standing.world([.publisher])

  package let dataset: Name
  package let identity: [String]
  package let content: [String]?
  package let tagging: Tagging
  package let secretCommitment: Digest?
  package let derivedFrom: VersionedName?

  package init(
    dataset: Name, identity: [String], content: [String]?, tagging: Tagging,
    secretCommitment: Digest?, derivedFrom: VersionedName?
  ) {
    self.dataset = dataset
    self.identity = identity
    self.content = content
    self.tagging = tagging
    self.secretCommitment = secretCommitment
    self.derivedFrom = derivedFrom
  }

  package static let form = Form<Self>(
    "A dataset and what its publisher fixes for all its releases.",
    about: .named(\.dataset, "The dataset, by SHA-256 of its name."),
    Member("dataset", \.dataset, "The dataset's name."),
    Member(
      "identity", \.identity, "The identity columns, in order.",
      as: .list("columnName", 1...16, isUnique: true), allowing: { $0.count <= 16 }),
    Member(
      "content", ascending: \.content,
      "The content columns, by the bytes of their names; left out: all columns of the first release."
    ),
    Member(
      "tagging", \.tagging,
      "How rows are tagged: plain SHA-256, or HMAC under the dataset's secret for rows that were never public."
    ),
    Member(
      "secretCommitment", \.secretCommitment,
      "Keyed: SHA-256 of `winnow secret v1`, a line feed and the secret."),
    Member(
      "derivedFrom", \.derivedFrom, "The release of another dataset that this one was made from."),
    make: Self.init,
    check: { ($0.tagging == .keyed) == ($0.secretCommitment != nil) ? nil : "secretCommitment" },
    condition: """
      {"if": {"properties": {"tagging": {"const": "keyed"}}},
       "then": {"required": ["secretCommitment"]},
       "else": {"properties": {"secretCommitment": false}}}
      """)

  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    if let record = state.catalog.datasets[dataset] {
      throw .datasetExists(dataset, at: record.registered)
    }
    if let derivedFrom { try state.checkKnown(derivedFrom) }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let record = DatasetRecord(registration: self, event: event.id, registered: event.sequence)
    state.catalog.datasets[dataset] = record
    return [ProjectionChange(record)]
  }
}

/// How the rows of a dataset are tagged (see the article Formats).
package enum Tagging: String, Vocabulary {
  /// Plain SHA-256: anyone can check any row that they hold.
  case plain
  /// HMAC under the dataset's secret: for rows that were never public.
  case keyed
}
