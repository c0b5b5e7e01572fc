internal import ArgumentParser
internal import CanonicalJSON
internal import Files
internal import Provenance
internal import Workflows

/// Options of the proofs about one row.
struct LookupOptions: ParsableArguments {
  @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
  @Option(help: "A file with the row as a JSON object, or - for standard input.") var row: String
  @Option(help: "A file with the secret of a keyed dataset, 32 bytes.") var secretFile: String?
  @Option(help: "The bundle to write.") var out: String
  @OptionGroup var replacing: ReplaceOption
  @OptionGroup var options: LedgerOptions

  func run(expecting isPresent: Bool) throws {
    let target = try replacing.target(out, options)
    let row = try HeldRow.read(row, secretFile: secretFile)
    try options.open { place in
      try write(
        try place.shelf().proveLookup(of: row, in: release, expecting: isPresent), to: target,
        options)
    }
  }
}
