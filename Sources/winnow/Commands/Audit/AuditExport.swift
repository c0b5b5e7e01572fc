internal import ArgumentParser
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

extension AuditCommand {
  struct Export: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Export every entry up to the latest checkpoint, with all open attachments.",
      discussion: """
        What is sealed, withheld or erased stays out. --with-sealed adds what is sealed
        and here, and beside the bundle a file of its data keys: whoever has both reads
        which rows were found.

        Example: winnow audit export --all --out audit.winnow.jsonl
        """)
    @Flag(help: "Everything: the claim is that nothing is missing.") var all = false
    @Option(help: "The bundle to write.") var out: String
    @OptionGroup var replacing: ReplaceOption
    @Flag(help: "Add what is sealed, and its keys; needs the passphrase.") var withSealed = false
    @OptionGroup var options: LedgerOptions

    func validate() throws {
      if !all { throw ValidationError("Say --all; single claims are made by `winnow prove`.") }
    }

    /// The data keys go beside the bundle.
    private func keyTarget() throws -> OutputTarget {
      let path = "\(out).keys.jsonl"
      guard try replacing.target(out, options).isFile else {
        throw ValidationError("The keys go to a file beside the bundle; give --out a file.")
      }
      return try replacing.target(path, options)
    }

    func perform(_ place: Workplace) throws {
      let target = try replacing.target(out, options)
      let keyFile = withSealed ? try keyTarget() : nil
      let vault = try place.vault()
      let bundle = try vault.view.completeBundle(sealed: withSealed, place.progress)
      let keys = withSealed ? try vault.dataKeys(of: bundle) : []
      try write(bundle, to: target, options)
      if let keyFile {
        try BundleFile.write(keys, to: keyFile)
        Console.note(
          "winnow: \(keys.count.of("sealed attachment")) \(keys.count == 1 ? "is" : "are") in it as stored, and the \(keys.count == 1 ? "key" : "keys") in \(keyFile.path): with both anyone reads which rows were found, so keep them as you keep the ledger's secrets."
        )
      }
      let newer = vault.view.size - UInt64(bundle.items.count)
      if newer > 0 {
        Console.note(
          "winnow: \(newer.of("newer entry", "newer entries")) \(newer == 1 ? "is" : "are") not in it; run `winnow checkpoint` first to have them."
        )
      }
    }
  }
}
