internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension ModelCommand {
  struct Register: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "register",
      abstract: "Register a model by the digests of its files.",
      discussion: """
        A Git LFS pointer is taken for what it says of the file that it stands for. Of a
        directory all files count but hidden ones, those below it too.

        Examples:
          winnow model register imagegen-1.5 --artifact model.safetensors
          winnow model register imagegen-2 --artifact imagegen-2/
        """)
    @Argument(help: "The model's name: \(NameRule.name).") var model: Name
    @Option(
      name: .customLong("artifact"),
      help: "A file of the model, or a directory of them; may be repeated.")
    var artifacts: [String]
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let decided = try place.decide(RegisterModel(model, artifacts: artifacts))
      let files = decided.answer
      options.answer(
        decided, [("artifacts", .array(files.map(\.json)))],
        lines: files.count < 2 && !files.contains(where: \.isPointer) ? [] : files.map(\.line))
    }
  }
}

extension ArtifactFile {
  fileprivate var json: JSON {
    [
      "file": .string(path), "sha256": .string(artifact.sha256.hex),
      "size": JSON(artifact.size), "pointer": .bool(isPointer),
    ]
  }

  fileprivate var line: String {
    let source = isPointer ? ", as its Git LFS pointer says" : ""
    return "  \(path)  \(artifact.size.of("byte"))\(source)"
  }
}
