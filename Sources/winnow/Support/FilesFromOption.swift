internal import ArgumentParser
internal import Datasets
internal import LedgerCrypto
internal import Workflows

/// `--files-from`, beside the files that a command names.
struct FilesFromOption: ParsableArguments {
  @Option(help: "A file with a path a line, or - for standard input: more of its files.")
  var filesFrom: String?

  /// The most bytes of such a file: a million paths of some 250 bytes.
  private static let maximumSize = 256 << 20

  /// The files of a release that are meant by `named` and by the list: those of directories and
  /// patterns, and says which of these are passed over.
  func files(_ named: [String]) throws -> [String] {
    let files = try NamedFiles(paths(named))
    let others = files.passedOver
    if !others.isEmpty {
      let more = others.count > 3 ? " and \(UInt64(others.count - 3).grouped) more" : ""
      Console.note(
        "winnow: \(UInt64(others.count).of("file")) of no known format \(others.count == 1 ? "is" : "are") passed over: \(others.prefix(3).joined(separator: ", "))\(more)."
      )
    }
    return files.paths
  }

  /// The paths in `named` and in the list, in that order.
  func paths(_ named: [String]) throws -> [String] {
    guard let filesFrom else { return named }
    let bytes = try InputFile.read(filesFrom, maximum: Self.maximumSize)
    let source = filesFrom == "-" ? "Standard input" : filesFrom
    var paths = named
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    for (place, line) in lines.enumerated() {
      let path = line.last == 0x0d ? line.dropLast() : line
      if path.isEmpty { continue }
      guard let text = String(validating: path, as: UTF8.self), !path.contains(0) else {
        throw WorkflowFailure.badInput(
          "\(source), line \(place + 1), is no path; give one path a line, in UTF-8.")
      }
      paths.append(text)
    }
    guard paths.count > named.count else {
      throw WorkflowFailure.badInput("\(source) names no file; give one path a line.")
    }
    return paths
  }

  /// Refuses that neither `named` nor a list names a file.
  func require(_ named: [String]) throws {
    if named.isEmpty, filesFrom == nil {
      throw ValidationError("Name its files, or a list of them with --files-from.")
    }
  }
}
