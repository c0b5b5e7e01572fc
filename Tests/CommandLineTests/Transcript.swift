import Foundation

/// Commands and what they answer, as a person at a terminal sees them.
///
///     $ command             run by bash; variables and functions last for the transcript
///     a line                of standard output; `…` stands for any text, `<hex>` and `<time>` for those
///     ! a line              of standard error
///     [exit 6]              unless it is 0
///     # a line              a comment, before a command
///
/// A command that fails must leave every file as it was.
struct Transcript {
  struct Step {
    var remarks: [String] = []
    let command: String
    var output: [String] = []
    var errors: [String] = []
    var code: Int32 = 0

    var lines: [String] {
      remarks + ["$ \(command)"] + output + errors.map { $0.isEmpty ? "!" : "! \($0)" }
        + (code == 0 ? [] : ["[exit \(code)]"])
    }
  }

  var steps: [Step] = []
  private var tail: [String] = []

  init(parsing text: String) {
    var remarks: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let last = steps.count - 1
      if line.hasPrefix("$ ") {
        steps.append(Step(remarks: remarks, command: String(line.dropFirst(2))))
        remarks = []
      } else if line.hasPrefix("# ") || last < 0 {
        remarks.append(line)
      } else if line.hasPrefix("! ") || line == "!" {
        steps[last].errors.append(String(line.dropFirst(2)))
      } else if line.hasPrefix("[exit "), let code = Int32(line.dropFirst(6).dropLast()) {
        steps[last].code = code
      } else {
        steps[last].output.append(line)
      }
    }
    // The line break at the end of the file is no line of output.
    for place in steps.indices {
      while steps[place].output.last == "" { steps[place].output.removeLast() }
    }
    tail = remarks
  }

  var text: String { (steps.flatMap(\.lines) + tail).joined(separator: "\n") + "\n" }

  /// Runs every command in `scratch` and gives what really happened.
  func run(in scratch: Scratch) async throws -> (Transcript, problems: [String]) {
    var actual = self
    var problems: [String] = []
    for (place, step) in steps.enumerated() {
      let before = try scratch.snapshot()
      let outcome = try await Program.run(
        """
        if test -f .session; then . ./.session >/dev/null 2>&1; fi
        trap '{ code=$?; export -p; declare -f; } > .session; exit $code' EXIT
        \(step.command)
        """, in: scratch.path)
      var result = step
      result.output = Self.merge(step.output, Self.lines(outcome.text))
      result.errors = Self.merge(step.errors, Self.lines(outcome.complaint))
      result.code = outcome.code
      actual.steps[place] = result
      if result.lines != step.lines {
        problems.append(
          (["expected:"] + step.lines + ["", "was:"] + result.lines).joined(separator: "\n  "))
      }
      if outcome.code != 0 {
        let changes = try scratch.changes(since: before)
        if !changes.isEmpty {
          problems.append("`\(step.command)` failed and left \(changes.joined(separator: ", "))")
        }
      }
    }
    return (actual, problems)
  }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The actual lines, with an expected one in place of each that it describes.
  private static func merge(_ expected: [String], _ actual: [String]) -> [String] {
    actual.enumerated().map { place, line in
      if place < expected.count, matches(line, expected[place]) { return expected[place] }
      return varying(line)
    }
  }

  private static func matches(_ line: String, _ pattern: String) -> Bool {
    if line == pattern { return true }
    let expression = NSRegularExpression.escapedPattern(for: pattern)
      .replacingOccurrences(of: "…", with: ".*")
      .replacingOccurrences(of: "<hex>", with: "[0-9a-f]+")
      .replacingOccurrences(of: "<time>", with: "[0-9]{4}-[0-9T:.-]+Z")
    return line.range(of: "^\(expression)$", options: .regularExpression) != nil
  }

  /// A line as it goes into a rewritten transcript.
  private static func varying(_ line: String) -> String {
    line
      .replacingOccurrences(
        of: "\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]{44,}", with: "+…", options: .regularExpression
      )
      .replacingOccurrences(
        of: "/[^ ]*/winnow-test-[0-9A-F-]*/", with: "…/", options: .regularExpression
      )
      .replacingOccurrences(
        of: "[0-9a-f]{16}…  nonce [0-9a-f]{32}", with: "…", options: .regularExpression
      )
      .replacingOccurrences(of: "[0-9a-f]{16,}", with: "<hex>", options: .regularExpression)
      .replacingOccurrences(
        of: "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", with: "<time>", options: .regularExpression)
  }
}
