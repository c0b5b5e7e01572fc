internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// Writes a bundle and says so.
func write(_ bundle: Bundle, to path: String, _ output: OutputOptions) throws {
  guard path != "-" else {
    throw ValidationError("Give a file for the bundle; use ./- for a file of that name.")
  }
  let size = try BundleFile.write(bundle, to: path)
  if output.json {
    Console.json([
      "bundle": .string(path), "bytes": JSON(size), "entries": .integer(Int64(bundle.items.count)),
      "claims": .array(bundle.claims.map { .string($0.type) }),
    ])
  } else {
    Console.line("Wrote \(path): \(size.of("byte")), \(bundle.items.count.of("entry", "entries")).")
  }
}
