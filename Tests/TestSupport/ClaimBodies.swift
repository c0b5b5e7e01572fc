internal import LedgerCrypto
package import Provenance
internal import TransparencyLog

/// Bodies of what was said and done, and of what others stated, with defaults that fit together.
extension Body {
  package static func logKey(
    _ label: String = "second log", origin: String = "ledger.example.org/test", after: EventID
  ) -> Body {
    .logKeyChanged(
      LogKeyChanged(
        logKey: TestLedger.vkey(of: label, origin: origin).description, after: after))
  }

  package static func derived(_ model: String, from parent: String) -> Body {
    .modelDerived(
      ModelDerived(model: .named(model), parent: .named(parent), relation: .finetuned))
  }

  package static func deprecationRequest(
    _ model: String = "diffusion", to actor: String = "alice"
  ) -> Body {
    .deprecationRequested(
      DeprecationRequested(
        model: .named(model), to: .named(actor), grounds: .trainedOnRemoved, text: .of("please")))
  }

  package static func modelTest(_ model: String = "diffusion") -> Body {
    .modelTested(
      ModelTested(
        model: .named(model), permission: .statute, result: .inconclusive,
        report: .of("test report", .sealed)))
  }

  package static func safeguard(about: [Topic] = [.model(.named("diffusion"))]) -> Body {
    .safeguardNoted(
      SafeguardNoted(about: about, safeguard: .outputFilter, state: .claimed, detail: .of("so")))
  }

  package static func claim(
    by claimant: String = "alice", about: [Topic] = [.release(.named("laion@2"))],
    _ counts: [Count] = [.stated(2_236, exactness: .atMost)]
  ) -> Body {
    .claimRecorded(
      ClaimRecorded(
        claimant: .named(claimant), about: about, counts: counts, text: .of("2236 links removed")))
  }

  package static func evidencePinned(
    about: [Topic], earlier: EventID? = nil, retrievedAt: String = "2025-12-06T00:00:00Z"
  ) -> Body {
    .evidencePinned(
      EvidencePinned(
        about: about,
        pinned: Evidence(
          attachment: .of("page"), retrievedAt: .at(retrievedAt), relation: .supports),
        host: .named("laion.example.org"), address: .of("address"), earlier: earlier))
  }

  package static func recommendation(
    to actors: [String] = ["alice"], about: [Topic] = [.model(.named("diffusion"))]
  ) -> Body {
    .recommendationMade(
      RecommendationMade(
        about: about, measure: .stopDistribution,
        to: actors.map { .named($0) }, text: .of("withdraw it")))
  }

  package static func measure(
    answers: [EventID] = [], about: [Topic] = [.model(.named("diffusion"))]
  ) -> Body {
    .measureTaken(
      MeasureTaken(
        about: about, measure: .withdraw, answers: answers,
        detail: .of("withdrawn")))
  }

  package static func correction(_ target: EventID) -> Body {
    .eventCorrected(
      EventCorrected(target: target, counts: [.stated(3_114)], correction: .of("3114, not 3226")))
  }

  package static func audit(
    _ level: AuditLevel = .sample, about: [Topic] = [.release(.named("laion@2"))]
  ) -> Body {
    .auditCompleted(
      AuditCompleted(
        about: about, level: level, outcome: .passed,
        findings: .of("findings")))
  }

  package static func proceeding(
    about: [Topic] = [.model(.named("diffusion"))]
  ) -> Body {
    .proceedingNoted(
      ProceedingNoted(
        about: about, proceeding: .civil, state: .pending,
        document: .of("complaint")))
  }

  package static func releaseStated(_ release: String, parent: String? = nil) -> Body {
    .releaseStated(
      ReleaseStated(
        release: .named(release), parent: parent.map { .named($0) },
        stated: [.stated(5_850_000_000, .rows, exactness: .approximate)]))
  }

  package static func listStated(_ list: String, issuer: String = "registry") -> Body {
    .hashListStated(
      HashListStated(
        list: .named(list), issuer: .named(issuer), algorithm: .md5, of: .image,
        asOf: .at("2025-11-01T00:00:00Z"),
        stated: [.stated(14_000_000, .hashes, exactness: .approximate)]))
  }

  package static func matchStated(
    _ release: String, list: EventID? = nil, _ count: UInt64 = 1_129
  ) -> Body {
    .matchStated(
      MatchStated(release: .named(release), list: list, stated: [.stated(count, .rows)]))
  }

  package static func filterStated(_ release: String) -> Body {
    .filterStated(
      FilterStated(
        release: .named(release), filter: .of("punsafe and keywords"),
        stated: [.stated(65_000_000, .rows, exactness: .approximate)]))
  }

  package static func unionStated(
    _ release: String, of sources: [EventID], _ count: UInt64 = 2_236
  ) -> Body {
    .unionStated(
      UnionStated(
        release: .named(release), sources: sources,
        stated: [.stated(count, .rows, exactness: .atMost)]))
  }

  package static func removalStated(_ release: String, sources: [EventID] = []) -> Body {
    .removalStated(
      RemovalStated(
        release: .named(release), basis: .hashMatch, reasonClass: .illegal, sources: sources,
        stated: [.stated(2_236, .rows, exactness: .atMost)]))
  }
}
