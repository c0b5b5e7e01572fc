internal import ArgumentParser
internal import Files

/// Whether a result may take the place of a file.
struct ReplaceOption: ParsableArguments {
  @Flag(help: OptionHelp.force) var force = false

  /// Where a result goes, looked at before it is made.
  func target(_ path: String, _ output: any Answering) throws -> OutputTarget {
    try Self.target(path, replacing: force, output)
  }

  static func target(
    _ path: String, replacing: Bool, _ output: any Answering
  ) throws -> OutputTarget {
    let target = try OutputTarget(path, replacing: replacing)
    guard !(output.json && target.isStandardOutput) else {
      throw ValidationError("With --json the answer goes to standard output; name a file.")
    }
    return target
  }
}

extension Console {
  /// One line of an answer, which goes to standard error where a result takes standard output.
  static func line(_ text: String, beside target: OutputTarget?) {
    if target?.isStandardOutput == true { note(text) } else { line(text) }
  }
}
