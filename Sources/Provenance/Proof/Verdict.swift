/// One thing that verification looked at.
package struct Check: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case passed
    case failed(Flaw)
    case skipped(Lack)
  }

  /// What was looked at, as `signatures` or `claim 1: transition`.
  package let name: String
  package let outcome: Outcome

  package init(_ name: String, _ outcome: Outcome) {
    self.name = name
    self.outcome = outcome
  }
}

/// How much a verified claim shows.
package enum Level: String, CaseIterable, Sendable {
  /// Signatures, log and rules; the committed roots differ by exactly what is named.
  case record
  /// Files, or what Git LFS or a repository says of them, are the released ones.
  case files
}

/// What a bundle turned out to be: every check with its outcome, in a fixed order, and what they
/// add up to.
package struct Verdict: Hashable, Sendable {
  package enum Conclusion: String, Sendable {
    /// Every check that the claims require passed, against a trust anchor. Exit 0.
    case verified
    /// A check failed. Exit 1.
    case failed
    /// Nothing failed, and no policy says which log to trust. Exit 3.
    case unanchored
    /// Nothing failed, and a check that the claims require was not made. Exit 3.
    case undecided
  }

  package let checks: [Check]
  package let conclusion: Conclusion
  /// `nil` unless verified.
  package let level: Level?
  /// What is shown, one sentence for each claim; why not, otherwise.
  ///
  /// Each sentence of an unanchored verdict says that it is.
  package let sentences: [String]
  /// What is not shown.
  package let notShown: [Unshown]
  /// Who signed what each claim rests on.
  package let signers: [ClaimSigners]

  package init(
    checks: [Check], level: Level, sentences: [String], notShown: [Unshown],
    signers: [ClaimSigners] = [], isAnchored: Bool = true
  ) {
    self.checks = checks
    self.signers = signers
    let failed = checks.contains { if case .failed = $0.outcome { true } else { false } }
    let skipped = checks.contains { if case .skipped = $0.outcome { true } else { false } }
    conclusion =
      failed ? .failed : !isAnchored ? .unanchored : skipped ? .undecided : .verified
    self.level = conclusion == .verified ? level : nil
    self.sentences = isAnchored ? sentences : sentences.map { "Unanchored: \($0)" }
    self.notShown = notShown
  }

  /// The same with other checks, which do not change what they add up to.
  init(_ verdict: Verdict, checks: [Check], conclusion: Conclusion) {
    self.checks = checks
    self.conclusion = conclusion
    level = nil
    sentences = verdict.sentences
    notShown = verdict.notShown
    signers = verdict.signers
  }
}
