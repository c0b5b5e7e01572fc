/// Whether what is withdrawn is to come back.
package enum WithdrawalScope: String, CaseIterable, Sendable {
  case temporary, permanent
  /// It is offered again.
  case lifted
}

/// What a look for a release or model found.
package enum AvailabilityState: String, CaseIterable, Sendable {
  case available, gone
  /// Only for those whom the host lets in.
  case gated
}

/// How availability was looked for.
package enum ObservationMethod: String, CaseIterable, Sendable {
  case other
  /// The host's own list or page.
  case listing
  /// Sizes, names and digests that the host gives.
  case metadata
  /// The bytes, hashed.
  case digest
  /// Someone's word.
  case statement
}

/// How a suspicion came up.
package enum SuspicionMethod: String, CaseIterable, Sendable {
  case classifier, keyword, manual, other
  case cryptographicHash = "cryptographic-hash"
  case nearestNeighbour = "nearest-neighbour"
  case perceptualHash = "perceptual-hash"
}

/// The way a notice went.
package enum NoticeChannel: String, CaseIterable, Sendable {
  case api, email, hotline, letter, meeting, publication, other
  case webForm = "web-form"
}

/// What an answer comes to.
package enum Response: String, CaseIterable, Sendable {
  case accepted, declined, partly, information
  /// The time to answer ran out.
  case unanswered
}

/// What is said to be wrong with an event.
package enum DisputeGrounds: String, CaseIterable, Sendable {
  case procedure, incomplete, other
  case falsePositive = "false-positive"
  case falseFigures = "false-figures"
  case wrongClass = "wrong-class"
  case wrongAttribution = "wrong-attribution"
}

/// How a dispute ended.
package enum DisputeOutcome: String, CaseIterable, Sendable {
  case partly, rejected
  /// Who opened it was right.
  case upheld
  /// Who opened it took it back.
  case withdrawn
}

/// How rows that should have gone were found.
package enum ResidueMethod: String, CaseIterable, Sendable {
  case lookup, rescan, canary, other
}

/// Whether a hold begins or ends.
package enum HoldState: String, CaseIterable, Sendable {
  case held, released
}

/// What the law or a person's wish rests on.
package enum LegalBasis: String, CaseIterable, Sendable {
  case contract, copyright, policy, statute
  case authorityOrder = "authority-order"
  case consentWithdrawn = "consent-withdrawn"
  case courtOrder = "court-order"
  case dataProtection = "data-protection"
  case victimRequest = "victim-request"
}

/// Whether an attachment is taken away or comes back.
package enum WithholdingState: String, CaseIterable, Sendable {
  case withheld, returned
}
