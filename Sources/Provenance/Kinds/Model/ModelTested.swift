/// A model was tested for what it can make; no prompt and no output is recorded.
package struct ModelTested: ListedKind, KeptKind {
  package static let kind = Kind.modelTested
  package var body: Body { .modelTested(self) }
  package static let standing = Standing.world([.steward, .watchdog, .auditor])
  package static let table = ProjectionTable.modelEvent

  package let model: Name
  package let permission: TestPermission
  package let result: TestResult
  package let report: AttachmentReference?

  package init(
    model: Name, permission: TestPermission, result: TestResult, report: AttachmentReference? = nil
  ) {
    self.model = model
    self.permission = permission
    self.result = result
    self.report = report
  }

  package static let form = Form<Self>(
    "A model was tested for what it can make; no prompt and no output is recorded.",
    about: .named(\.model, "The model, by SHA-256 of its name."),
    Member("model", \.model, "The model.", concern: Topic.model),
    Member("permission", \.permission, "What allowed the test."),
    Member("result", \.result, "What came out."),
    Member("report", sealed: \.report, "The report, sealed."),
    make: Self.init)

  /// No rule of its own.
  package func check(_: LedgerState, _: Judging) {}
}

/// What allowed a test of a model.
package enum TestPermission: String, Vocabulary {
  case statute, authority
  case courtOrder = "court-order"
  case ownModel = "own-model"
  case notNeeded = "not-needed"
}

/// What a test of a model came to.
package enum TestResult: String, Vocabulary {
  case capabilityShown = "capability-shown"
  case capabilityNotShown = "capability-not-shown"
  case inconclusive
}
