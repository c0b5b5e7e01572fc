internal import CanonicalJSON
internal import Files
internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// Writes a bundle and says so.
func write(_ bundle: Bundle, to target: OutputTarget, _ output: any Answering) throws {
  let size = try BundleFile.write(bundle, to: target)
  if output.json {
    Console.json([
      "bundle": .string(target.path), "bytes": JSON(size),
      "entries": .integer(Int64(bundle.items.count)),
      "claims": .array(bundle.claims.map { .string($0.type) }),
    ])
  } else {
    Console.line(
      "Wrote \(target.path): \(size.of("byte")), \(bundle.items.count.of("entry", "entries")).",
      beside: target)
  }
}
