/// Someone checked what is claimed, at a level.
package struct AuditCompleted: ListedKind, KeptKind {
  package static let kind = Kind.auditCompleted
  package var body: Body { .auditCompleted(self) }
  package static let standing = Standing.world([.auditor])
  package static let table = ProjectionTable.claim

  package let about: [Topic]
  package let level: AuditLevel
  package let outcome: AuditOutcome
  package let findings: AttachmentReference

  package init(
    about: [Topic], level: AuditLevel, outcome: AuditOutcome, findings: AttachmentReference
  ) {
    self.about = about.sorted()
    self.level = level
    self.outcome = outcome
    self.findings = findings
  }

  package static let form = Form<Self>(
    "Someone checked what is claimed, at a level.", about: .topics(\.about),
    Member("about", \.about, "What was audited.", concern: \.self),
    Member("level", \.level, "How deep the check went."),
    Member("outcome", \.outcome, "What came out."),
    Member("findings", \.findings, "The findings."),
    make: Self.init)

  /// No rule of its own.
  package func check(_: LedgerState, _: Judging) {}
}

/// How deep a check went.
package enum AuditLevel: String, Vocabulary {
  case record, files, sample, rebuilt, parent, lists
}

/// What an audit came to.
package enum AuditOutcome: String, Vocabulary {
  case passed, failed, inconclusive
}
