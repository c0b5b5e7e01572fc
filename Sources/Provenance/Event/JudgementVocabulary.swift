/// How a model was made from another.
package enum ModelRelation: String, CaseIterable, Sendable {
  case adapter, converted, distilled, finetuned, merged, quantized
  case exactCopy = "exact-copy"
}

/// Why a model should no longer be used.
package enum DeprecationGrounds: String, CaseIterable, Sendable {
  case capability, abuse, privacy, consent, rights, other
  case trainedOnRemoved = "trained-on-removed"
}

/// What allowed a test of a model.
package enum TestPermission: String, CaseIterable, Sendable {
  case statute, authority
  case courtOrder = "court-order"
  case ownModel = "own-model"
  case notNeeded = "not-needed"
}

/// What a test of a model came to.
package enum TestResult: String, CaseIterable, Sendable {
  case inconclusive
  case capabilityShown = "capability-shown"
  case capabilityNotShown = "capability-not-shown"
}

/// A safeguard of a model, release or platform.
package enum Safeguard: String, CaseIterable, Sendable {
  case moderation, reporting, terms, watermark, other
  case accessGate = "access-gate"
  case hashMatching = "hash-matching"
  case inputFilter = "input-filter"
  case outputFilter = "output-filter"
}

/// Whether a safeguard was seen, is claimed, or is missing.
package enum SafeguardState: String, CaseIterable, Sendable {
  case claimed, seen, missing, removed
}

/// What is recommended or was done.
package enum Measure: String, CaseIterable, Sendable {
  case clean, delete, deprecate, disclose, reporting, safeguard, withdraw, other
  case hashMatching = "hash-matching"
  case licenseChange = "license-change"
  case notRelease = "not-release"
  case stopDistribution = "stop-distribution"
}

/// How deep a check went (DESIGN.md section 8).
package enum AuditLevel: String, CaseIterable, Sendable {
  case record, files, sample, rebuilt, parent, lists
}

/// What an audit came to.
package enum AuditOutcome: String, CaseIterable, Sendable {
  case passed, failed, inconclusive
}

/// A kind of legal proceeding.
package enum Proceeding: String, CaseIterable, Sendable {
  case civil, criminal, inquiry, legislation, regulatory, other
}

/// How far a proceeding is.
package enum ProceedingState: String, CaseIterable, Sendable {
  case opened, pending, settled, decided, closed
}
