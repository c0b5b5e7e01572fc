/// What an actor may do; the charter says which kinds each role signs.
package enum Role: String, Vocabulary, Comparable {
  case administrator, publisher, matcher, verifier, steward, watchdog, auditor

  package static func < (a: Role, b: Role) -> Bool { a.rawValue < b.rawValue }

  package static let shape: MemberShape = "role"
}

/// Who holds a private key, as declared when it was added.
package enum Custody: String, Vocabulary {
  /// Its actor alone.
  case own
  /// The administrator who made it for the actor: never external, never part of a quorum of several.
  case administrator

  package static let shape: MemberShape = "custody"
}

/// How exactly `occurredAt` is known.
package enum Precision: String, Vocabulary {
  case second, minute, day, month, year, interval
}

/// Whether the signers speak of what they did themselves.
package enum Attestation: String, Vocabulary {
  case firstParty = "first-party"
  case thirdPartyImport = "third-party-import"
}

/// What a count counts.
package enum CountUnit: String, Vocabulary {
  case rows, keys
  case uniqueURLs = "unique-urls"
  case uniqueImages = "unique-images"
  case matchIDs = "match-ids"
  case hashes, unspecified
}

/// How a count relates to the truth.
package enum Exactness: String, Vocabulary {
  case exact
  case atLeast = "at-least"
  case atMost = "at-most"
  case approximate
}

/// Whether bytes that an event names are for everyone or stay with the custodian.
package enum Disclosure: String, Vocabulary {
  case open, sealed

  package static let shape: MemberShape = "disclosure"
}

/// Why rows are removed.
package enum ReasonClass: String, Vocabulary {
  case illegal, privacy, consent, rights, safety, quality, decoy, other
}

/// What a removal rests on.
package enum Basis: String, Vocabulary {
  case confirmed
  case hashMatch = "hash-match"
  case classifier, report
  case legalOrder = "legal-order"
  case precautionary, request
}

/// What a piece of evidence does to the statement that names it.
package enum EvidenceRelation: String, Vocabulary {
  case supports, contradicts
}

/// Whether what is withdrawn is to come back.
package enum WithdrawalScope: String, Vocabulary {
  case temporary, permanent
  /// It is offered again.
  case lifted
}

/// What the law or a person's wish rests on.
package enum LegalBasis: String, Vocabulary {
  case authorityOrder = "authority-order"
  case consentWithdrawn = "consent-withdrawn"
  case contract, copyright
  case courtOrder = "court-order"
  case dataProtection = "data-protection"
  case policy, statute
  case victimRequest = "victim-request"
}

/// What is recommended or was done.
package enum Measure: String, Vocabulary {
  case clean, delete, deprecate, disclose
  case hashMatching = "hash-matching"
  case licenseChange = "license-change"
  case notRelease = "not-release"
  case reporting, safeguard
  case stopDistribution = "stop-distribution"
  case withdraw, other
}
