package import CanonicalJSON

/// Who may sign a kind where the charter says nothing else, and whether it can be said of others.
package enum Standing: Sendable {
  /// Administrators: it changes who may sign what, so that `after` and `notAfter` bind it.
  case authority
  /// It acts on the log's own events, disputes and attachments, so that only those who decide can sign
  /// it, and nobody in their name.
  case ledger([Role])
  /// It says something of the world, of which others' deeds can be imported.
  case world([Role])

  package var roles: [Role] {
    switch self {
    case .authority: [.administrator]
    case .ledger(let roles), .world(let roles): roles
    }
  }

  package var isAuthority: Bool {
    if case .authority = self { true } else { false }
  }

  package var actsOnLedger: Bool {
    if case .world = self { false } else { true }
  }
}

/// A kind of event: its members, who may sign it, its rules and what it does, in one file.
///
/// Neither `standing` nor `check` nor `apply` has a default: a kind without a rule of its own says so.
package protocol EventKind: FormedBody {
  static var standing: Standing { get }
  /// Whether its words are sealed unless they are to be open: what is said about rows and people
  /// before anybody knows what of it may be shown.
  static var sealsWords: Bool { get }
}

extension EventKind {
  package static var sealsWords: Bool { false }
}

/// A kind that ``Kind`` lists.
package protocol ListedKind: EventKind {
  /// What ``Body`` calls it.
  var body: Body { get }
  /// Reads the members, in whichever shape they have.
  static func read(from reader: inout MemberReader) throws(FieldError) -> Body
}

extension ListedKind {
  package static func read(from reader: inout MemberReader) throws(FieldError) -> Body {
    try Self(from: &reader).body
  }
}

/// A kind whose events are kept whole, one row for each, and that nothing later changes.
package protocol KeptKind: EventKind {
  static var table: ProjectionTable { get }
}

extension KeptKind {
  package static var recordTable: ProjectionTable? { table }
  package func apply(
    _: AdmittedEvent, _: [EventID: AdmittedEvent], to _: inout LedgerState
  ) -> [ProjectionChange] { [] }
}

/// A kind whose figures others also state without the root of a set: its second shape has the member
/// `stated`, and is always an import.
package protocol AlsoStated: ListedKind {
  associatedtype Stated: StatedBody
}

extension AlsoStated {
  package static var statedType: any StatedBody.Type { Stated.self }

  package static func read(from reader: inout MemberReader) throws(FieldError) -> Body {
    reader.has("stated") ? try Stated(from: &reader).body : try Self(from: &reader).body
  }
}

/// What someone else did, as they stated it: its root is not known here.
package protocol StatedBody: FormedBody {
  var body: Body { get }
  /// How much, each unit once, by unit ascending.
  var stated: [Count] { get }
}

extension StatedBody {
  package static var isStated: Bool { true }
  package static var recordTable: ProjectionTable? { .statedFigure }
  package func apply(
    _: AdmittedEvent, _: [EventID: AdmittedEvent], to _: inout LedgerState
  ) -> [ProjectionChange] { [] }
}
