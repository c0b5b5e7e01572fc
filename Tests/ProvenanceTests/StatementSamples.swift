import CanonicalJSON
import LedgerCrypto
import Provenance
import Rows
import TestSupport

/// Statements of every kind, together with every optional member.
enum StatementSamples {
  static let id = EventID(.of("some event"))
  static let other = [EventID(.of("a")), EventID(.of("b"))].sorted()

  static func header(_ kind: Kind) -> Header {
    Header(
      binding: kind == .ledgerCreated ? .origin(.named("ledger.example.org/test")) : .ledger(id),
      signers: [.of("signer 1"), .of("signer 2")], nonce: Array(0..<16),
      occurredAt: .at("2026-01-31T12:00:00Z"))
  }

  static func full(_ kind: Kind) -> Header {
    var header = header(kind)
    header.precision = .interval
    header.occurredUntil = .at("2026-02-01T00:00:00Z")
    header.attestation = .thirdPartyImport
    header.attributedTo = .named("foundation")
    header.causes = other
    header.caseName = .named("case/1")
    header.evidence = [
      Evidence(
        attachment: .of("page"), retrievedAt: .at("2026-01-30T00:00:00Z"), relation: .contradicts)
    ]
    header.expects = 7
    header.notAfter = .at("2026-02-28T00:00:00Z")
    return header
  }

  /// One body of each kind, and further ones where a body has optional members.
  static let bodies: [Body] =
    Kind.allCases.compactMap { Story.body($0) } + [
      TestLedger(empty: .named("ledger.example.org/test")).creation(
        founders: [.alice, .named("bob", custody: .administrator)]),
      .actorRegistered(ActorRegistered(actor: .named("eve"), title: .of("Eve"), after: id)),
      .keyRevoked("eve", suspectSince: 3, after: id),
      .datasetRegistered(
        DatasetRegistered(
          dataset: .named("private/faces"), identity: ["URL", "TEXT"],
          content: ["URL", "caf\u{e9}"],
          tagging: .keyed, secretCommitment: .of("commitment"), derivedFrom: .named("laion@1"))),
      .release("laion@1", columns: .laion),
      .release(
        "laion@2",
        derivation: .from(
          "laion@1", removed: Tally(keys: 20, rows: 22), added: Tally(keys: 1, rows: 2),
          changed: ChangedTally(keys: 3, rowsBefore: 4, rowsAfter: 5), removals: other,
          reinstatements: [id], disclosure: .open,
          unreconciled: Unreconciled(gap: -4, explanation: .of("why")))),
      .matchCompleted(
        MatchCompleted(
          release: .named("laion@1"), list: id, column: "MD5 of image", scannedRows: 1000,
          rowsWithoutHash: 0, matched: Tally(keys: 0, rows: 0),
          hashesAsOf: .at("2025-12-02T00:00:00Z"),
          set: SetReference(
            root: .of("set"), keys: 0, disclosure: .open,
            members: .of("members", .open, mediaType: "application/octet-stream")))),
      .union("laion@1", of: other.map { ($0, Tally(keys: 20, rows: 22)) }),
      .removalDecided(
        RemovalDecided(
          release: .named("laion@1"), basis: .hashMatch, reasonClass: .illegal,
          sources: other.map { SourceTally(event: $0, tally: Tally(keys: 20, rows: 22)) },
          removed: Tally(keys: 20, rows: 22),
          set: SetReference(
            root: .of("set"), keys: 20, disclosure: .sealed, members: .of("members", .sealed)),
          decoys: DrawnDecoys(
            tally: Tally(keys: 3, rows: 4),
            set: SetReference(
              root: .of("decoys"), keys: 3, disclosure: .sealed, members: .of("decoys", .sealed))),
          familyCommitment: .of("family secret"))),
      .removal(
        "laion@1", of: other.map { ($0, Tally(keys: 20, rows: 22)) }, reason: .privacy,
        disclosure: .open),
      .holdEnded([.of("a")], id),
      .availability(.release(.named("laion@1"))),
      .suspicion(
        about: [
          .actor(.named("eve")), .dataset(.named("laion")), .event(id), .model(.named("diffusion")),
          .release(.named("laion@1")),
        ], [.stated(1, .keys), .stated(2, .rows, exactness: .atLeast)]),
      .releaseStated("laion@1", parent: "laion@0"), .listStated("registry@1"),
      .matchStated("laion@1", list: id), .filterStated("laion@1"),
      .unionStated("laion@1", of: other), .removalStated("laion@1", sources: other),
    ]

  /// Each body under a plain header, and one under a header with everything.
  static let statements: [Statement] =
    bodies.map { Statement(header: header($0.kind), body: $0) } + [
      Statement(header: full(.modelDeprecated), body: .deprecation()),
      Statement(header: full(.ledgerCreated), body: bodies[Kind.allCases.count - 1]),
    ]

  static let payloads = statements.map(\.payload)
}

/// Every place in a document, and the document with another value there.
struct Places {
  enum Step: Hashable { case member(String), element(Int) }

  static func all(in json: JSON, at path: [Step] = []) -> [(path: [Step], value: JSON)] {
    var places = [(path, json)]
    switch json {
    case .object(let object):
      for member in object.members {
        places += all(in: member.value, at: path + [.member(member.name)])
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        places += all(in: element, at: path + [.element(index)])
      }
    default: break
    }
    return places
  }

  /// `json` with `change` applied at `path`; `nil` takes the value out.
  static func replacing(
    _ path: ArraySlice<Step>, of json: JSON, _ change: (JSON) -> JSON?
  ) -> JSON? {
    guard let step = path.first else { return change(json) }
    switch (step, json) {
    case (.member(let name), .object(var object)):
      guard let value = object[name] else { return json }
      object[name] = replacing(path.dropFirst(), of: value, change)
      return .object(object)
    case (.element(let index), .array(var elements)):
      if let value = replacing(path.dropFirst(), of: elements[index], change) {
        elements[index] = value
      } else {
        elements.remove(at: index)
      }
      return .array(elements)
    default: return json
    }
  }

  /// The path without indexes, as `predicate.founders.roles`.
  static func name(_ path: [Step]) -> String {
    path.compactMap { if case .member(let name) = $0 { name } else { nil } }
      .joined(separator: ".")
  }
}
