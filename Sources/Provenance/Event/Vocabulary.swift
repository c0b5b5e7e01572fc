/// What an actor may do; the charter says which kinds each role signs.
package enum Role: String, CaseIterable, Sendable, Comparable {
  case administrator, publisher, matcher, verifier, steward, watchdog, auditor

  package static func < (a: Role, b: Role) -> Bool { a.rawValue < b.rawValue }
}

/// Who holds a private key, as declared when it was added.
package enum Custody: String, CaseIterable, Sendable {
  /// Its actor alone.
  case own
  /// The administrator who made it for the actor: never external, never part of a quorum of several.
  case administrator
}

/// How exactly `occurredAt` is known.
package enum Precision: String, CaseIterable, Sendable {
  case second, minute, day, month, year, interval
}

/// Whether the signers speak of what they did themselves.
package enum Attestation: String, CaseIterable, Sendable {
  case firstParty = "first-party"
  case thirdPartyImport = "third-party-import"
}

/// What a count counts.
package enum CountUnit: String, CaseIterable, Sendable {
  case rows, keys, hashes, unspecified
  case uniqueURLs = "unique-urls"
  case uniqueImages = "unique-images"
  case matchIDs = "match-ids"
}

/// How a count relates to the truth.
package enum Exactness: String, CaseIterable, Sendable {
  case exact, approximate
  case atLeast = "at-least"
  case atMost = "at-most"
}

/// Whether bytes that an event names are for everyone or stay with the custodian.
package enum Disclosure: String, CaseIterable, Sendable {
  case open, sealed
}

/// How the rows of a dataset are tagged (DESIGN.md section 6).
package enum Tagging: String, CaseIterable, Sendable {
  /// Plain SHA-256: anyone can check any row that they hold.
  case plain
  /// HMAC under the dataset's secret: for rows that were never public.
  case keyed
}

/// The digest that a hash list holds.
package enum HashAlgorithm: String, CaseIterable, Sendable {
  case md5, sha1, sha256
}

/// What a hash list's digests are taken of.
package enum HashedThing: String, CaseIterable, Sendable {
  case image, url
}

/// What a verification found.
package enum Outcome: String, CaseIterable, Sendable {
  case confirmed, likely, inconclusive
  case falsePositive = "false-positive"
}

/// Why rows are removed.
package enum ReasonClass: String, CaseIterable, Sendable {
  case illegal, privacy, consent, rights, safety, quality, decoy, other
}

/// What a removal rests on.
package enum Basis: String, CaseIterable, Sendable {
  case confirmed, classifier, report, precautionary, request
  case hashMatch = "hash-match"
  case legalOrder = "legal-order"
}

/// Whether a model is said to have been trained on a release, or not to have been.
package enum Polarity: String, CaseIterable, Sendable {
  case trained
  case notTrained = "not-trained"
}

/// What part a release played in training.
package enum TrainingUse: String, CaseIterable, Sendable {
  case pretraining, finetuning, evaluation, unspecified
}

/// What a piece of evidence does to the statement that names it.
package enum EvidenceRelation: String, CaseIterable, Sendable {
  case supports, contradicts
}
