/// What one kind of event says beyond the members that all kinds have.
package protocol EventBody: StatementPart {
  static var kind: Kind { get }
  /// What the statement is about; verifiers find a statement by these (in-toto Statement v1).
  var subjects: [Subject] { get }
  /// What is to be shown together with the event; each must be there, and a projection keeps it.
  var concerns: [Topic] { get }
  /// The admitted events that the rules of this kind read.
  var references: [EventID] { get }
  /// The attachments that the body names, each with its field.
  var attachments: [(field: String, reference: AttachmentReference)] { get }
  /// The moments that the body speaks of as past.
  var statedTimes: [Timestamp] { get }
  /// The sets of keys that the body commits to.
  var sets: [SetReference] { get }
  /// Checks the rules of this kind alone; those of all kinds came first.
  func check(_ state: LedgerState, _ judging: Judging) throws(Refusal)
  /// Takes the event in; total, for history is not up for debate.
  ///
  /// - Returns: the rows that it puts beside those of any event, in order.
  func apply(
    _ event: AdmittedEvent, _ references: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange]
  /// The table that holds each event of this kind whole, as an ``EventRecord``.
  static var recordTable: ProjectionTable? { get }
  /// Whether it has figures as others stated them in place of a root: always an import.
  static var isStated: Bool { get }
  /// The keys that the event itself brings.
  var broughtKeys: [BroughtKey] { get }
  /// The kind whose rule in the charter says who signs.
  var ruledKind: Kind { get }
  /// What it found, where someone can verify that.
  var finding: Finding? { get }
  /// The thing that comes to be by it, so that it is not there before.
  var introduced: Topic? { get }
  /// What it lists rows of, where it does.
  var listing: Listing? { get }
}

extension EventBody {
  package static var recordTable: ProjectionTable? { nil }
  package static var isStated: Bool { false }
  package var broughtKeys: [BroughtKey] { [] }
  package var ruledKind: Kind { Self.kind }
  package var finding: Finding? { nil }
  package var introduced: Topic? { nil }
  package var listing: Listing? { nil }
}
