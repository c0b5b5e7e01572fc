package import LedgerCrypto

/// What became of files that were held against a release.
package struct FilesEvidence: Hashable, Sendable {
  /// By what the files were known.
  package enum Means: Hashable, Sendable {
    /// Every row was read.
    case rows(root: Digest, Tally)
    /// Git LFS pointers stood for files.
    case pointers
    /// A saved listing of a repository.
    case listing
  }

  package let means: Means
  /// How many files.
  package let files: Int
  /// How they differ from the release's manifest; `nil` where there is none to compare with.
  package let difference: FilesDifference?

  package init(means: Means, files: Int, difference: FilesDifference?) {
    self.means = means
    self.files = files
    self.difference = difference
  }
}

/// How files differ from a release's manifest.
///
/// Of files that hold something else only their number is known to anybody who reads this: between two
/// releases the names would say which files lost rows.
package struct FilesDifference: Hashable, Sendable {
  /// Names in the manifest without a file.
  package var missing: [String]
  /// Files that the manifest does not have.
  package var extra: [String]
  /// How many files of a name in the manifest hold something else.
  package var altered: Int
  /// Of how many neither digest nor another size is known.
  package var unknown: Int

  package init(missing: [String] = [], extra: [String] = [], altered: Int = 0, unknown: Int = 0) {
    self.missing = missing
    self.extra = extra
    self.altered = altered
    self.unknown = unknown
  }

  /// Whether something is known to be wrong.
  package var isThere: Bool { !missing.isEmpty || !extra.isEmpty || altered > 0 }
}

extension FilesDifference: CustomStringConvertible {
  /// `1 of them is missing (a.csv), 2 hold something else`.
  package var description: String {
    var parts: [String] = []
    if !missing.isEmpty {
      parts.append("\(missing.count.of("is", "are")) missing (\(Self.named(missing)))")
    }
    if !extra.isEmpty {
      parts.append("\(extra.count.of("is", "are")) not among them (\(Self.named(extra)))")
    }
    if altered > 0 {
      parts.append("\(altered.of("holds", "hold")) something else than was released")
    }
    return parts.joined(separator: ", ")
  }

  /// The first few names.
  private static func named(_ names: [String]) -> String {
    let rest = names.count - 3
    return names.prefix(3).joined(separator: ", ") + (rest > 0 ? " and \(rest.grouped) more" : "")
  }
}

extension Verdict {
  /// The verdict of a bundle that was verified, with what became of files held against `release`.
  package func with(_ evidence: FilesEvidence, of release: ProvenRelease) -> Verdict {
    let publication = release.publication
    let name = publication.release
    var checks = checks
    var notShown = notShown.filter { $0 != .files }
    switch evidence.means {
    case .rows(let root, let tally):
      let isSame = root == publication.root && tally == publication.tally
      checks.append(Check("rows", isSame ? .passed : .failed(.filesOfOtherRoot(name, tally))))
      notShown.removeAll { $0 == .root(name) }
      notShown = notShown.map { $0 == .roots ? .otherRoots(name) : $0 }
    case .pointers, .listing:
      if !notShown.contains(.root(name)) { notShown.append(.root(name)) }
    }
    if let difference = evidence.difference {
      let outcome: Check.Outcome =
        if difference.isThere {
          .failed(.filesDiffer(name, difference))
        } else if difference.unknown > 0 {
          .skipped(.digestsUnknown(name, difference.unknown))
        } else {
          .passed
        }
      checks.append(Check("manifest", outcome))
    }
    return with(checks, evidence.sentence(release), notShown)
  }

  /// The same where the release's manifest could not be read.
  package func with(malformedManifestOf release: ProvenRelease) -> Verdict {
    let name = release.publication.release
    return with(checks + [Check("manifest", .failed(.manifestMalformed(name)))], nil, notShown)
  }

  /// The same where files were not looked at, for the bundle does not show enough.
  package func withoutFiles() -> Verdict {
    with(
      checks + [Check("files", .skipped(conclusion == .failed ? .failedBefore : .filesNotRead))],
      nil, notShown)
  }

  /// The same where rows could not be read for what is said of the secret.
  package func withoutRows(_ outcome: Check.Outcome) -> Verdict {
    with(checks + [Check("rows", outcome)], nil, notShown)
  }

  private func with(_ checks: [Check], _ sentence: String?, _ notShown: [Unshown]) -> Verdict {
    let verdict = Verdict(
      checks: checks, level: .files, sentences: sentences, notShown: notShown, signers: signers)
    guard conclusion != .unanchored else {
      return Verdict(self, checks: checks, conclusion: .unanchored)
    }
    guard verdict.conclusion == .verified, let sentence else { return verdict }
    return Verdict(
      checks: checks, level: .files, sentences: sentences + [sentence], notShown: notShown,
      signers: signers)
  }
}

extension FilesEvidence {
  /// What files that stood every check show.
  fileprivate func sentence(_ release: ProvenRelease) -> String {
    let frame = release.frame
    let are = files == 1 ? "is that" : "are those"
    let what: String
    switch means {
    case .rows(_, let tally):
      let here = files == 1 ? "the file here has" : "the \(files.grouped) files here have"
      let bytes =
        difference == nil
        ? "which bytes its files had is sealed or not in the bundle"
        : "\(files == 1 ? "the file is that" : "the files are those") of its manifest, byte for byte"
      what =
        "\(here) the \(tally.rows.of("row")) under \(tally.keys.of("key")) and the root of \(frame.published): the root was computed from these rows (level rebuilt), and \(bytes)."
    case .pointers:
      what =
        "\(files.of("file")) \(are) of the manifest of \(frame.published), by name, size and SHA-256 as Git LFS pointers state them: by pointer, rows not read."
    case .listing:
      what =
        "\(files.of("file")) \(are) of the manifest of \(frame.published), by name and SHA-256 as the listing states them: by listing, rows not read."
    }
    return "\(frame.asOf): \(what)\(frame.remarks)"
  }
}
