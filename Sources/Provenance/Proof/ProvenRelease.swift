/// A question that a bundle is to answer before files are looked at: which release, and by what.
package struct FilesQuestion: Hashable, Sendable {
  package let release: VersionedName
  /// Whether rows are read; else digests of files are compared with the release's manifest.
  package let readsRows: Bool

  package init(release: VersionedName, readsRows: Bool) {
    self.release = release
    self.readsRows = readsRows
  }
}

/// A release as a bundle proves that it was published: what files are held against.
package struct ProvenRelease: Sendable {
  package let publication: ReleasePublished
  /// How rows become keys; `nil` where no row is to be read.
  package let rule: BundleVerifier.KeyRule?
  /// The manifest's bytes, where it is open and the bundle carries it.
  package let manifest: [UInt8]?
  /// The entry as of which the bundle speaks, and what else belongs in a sentence about the release.
  let frame: Frame

  struct Frame: Sendable {
    /// `As of entry 7, recorded at … by the log's operator`.
    let asOf: String
    /// `laion@1.0, published at sequence 7 and signed by ALICE`.
    let published: String
    /// A gap, disputes, corrections.
    let remarks: String
  }
}

extension BundleVerifier {
  /// What the bundle shows of the release that is asked about, or a check that failed or was skipped.
  mutating func provenRelease(_ question: FilesQuestion, of bundle: Bundle) -> ProvenRelease? {
    let name = question.release
    if hasFailed {
      skip("release", .failedBefore)
      return nil
    }
    // The rules within a bundle see to it that there is one at most.
    let found = proven.compactMap { sequence, entry -> (UInt64, ReleasePublished)? in
      guard case .releasePublished(let body) = entry.event.statement.body, body.release == name
      else { return nil }
      return (sequence, body)
    }
    guard let (sequence, publication) = found.first else {
      if state != nil {
        fail("release", .releaseUnknown(name))
      } else {
        skip("release", .releaseNotShown(name))
      }
      return nil
    }
    guard anchors.actors.isEmpty || isPinned(sequence) else {
      skip("release", .signersNotPinned(sequence, attribution(sequence)))
      return nil
    }
    pass("release")
    noteRolesNotShown()
    let manifest = attachment(
      BlobReference(sha256: publication.manifest.sha256, size: publication.manifest.size),
      of: bundle)
    var rule: KeyRule?
    if question.readsRows {
      rule = columns(of: name.name, at: sequence)
      if rule == nil { return nil }
    } else if manifest == nil || publication.manifest.disclosure == .sealed {
      let isSealed = publication.manifest.disclosure == .sealed
      skip("manifest", isSealed ? .manifestSealed(name) : .manifestNotShown(name))
      return nil
    }
    return ProvenRelease(
      publication: publication, rule: rule,
      // Salt comes first; what is sealed is not for reading.
      manifest: publication.manifest.disclosure == .open
        ? manifest.map { Array($0.dropFirst(32)) } : nil,
      frame: .init(
        asOf: asOf(sequence),
        published: "\(name), published at sequence \(sequence)\(signedClause(sequence))",
        remarks: Self.unreconciled(publication) + marked(sequence)))
  }

  /// How rows of the dataset are read, as those say whom the verifier trusts.
  private mutating func columns(of dataset: Name, at sequence: UInt64) -> KeyRule? {
    guard let rule = keyRule(of: dataset, at: sequence, name: "columns"),
      rests(on: grounds(of: rule, dataset), name: "columns")
    else { return nil }
    pass("columns")
    return rule
  }
}
