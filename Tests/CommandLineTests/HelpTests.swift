import Foundation
import Testing

@Suite struct `Every command` {
  /// A command as `--experimental-dump-help` describes it.
  private struct Command: Decodable {
    struct Argument: Decodable {
      struct Name: Decodable { var name: String }
      var names: [Name]?
    }
    var commandName: String
    var abstract: String?
    var discussion: String?
    var subcommands: [Command]?
    var arguments: [Argument]?

    var options: Set<String> {
      Set((arguments ?? []).flatMap { ($0.names ?? []).map(\.name) })
    }

    /// Those that do something themselves, with the words that call them.
    func leaves(after words: String = "") -> [(call: String, command: Command)] {
      let call = words.isEmpty ? commandName : "\(words) \(commandName)"
      let children = (subcommands ?? []).filter { $0.commandName != "help" }
      return children.isEmpty
        ? [(call, self)] : children.flatMap { $0.leaves(after: call) }
    }
  }

  private struct Dump: Decodable { var command: Command }

  private func leaves() async throws -> [(call: String, command: Command)] {
    let scratch = try Scratch()
    let dump = try await Program.run("winnow --experimental-dump-help", in: scratch.path)
    let leaves = try JSONDecoder().decode(Dump.self, from: Data(dump.output)).command.leaves()
    try #require(leaves.count > 40)
    return leaves
  }

  @Test func `says what it does and gives an example of itself`() async throws {
    for (call, command) in try await leaves() {
      #expect(command.abstract?.hasSuffix(".") == true, "\(call)")
      let discussion = command.discussion ?? ""
      #expect(discussion.contains("Example"), "\(call) has no example")
      #expect(discussion.contains("\(call) ") || discussion.hasSuffix(call), "\(call)")
    }
  }

  /// A terminal of that width breaks no line of it, and no example in its middle.
  @Test func `explains itself in 80 columns`() async throws {
    for (call, command) in try await leaves() {
      let text = "\(command.abstract ?? "")\n\(command.discussion ?? "")"
      for line in text.split(separator: "\n") {
        #expect(line.count <= 80, "\(call): \(line)")
      }
    }
  }

  @Test func `gives examples whose options it has`() async throws {
    for (call, command) in try await leaves() {
      let discussion = (command.discussion ?? "").replacingOccurrences(of: "\\\n", with: "")
      for line in discussion.split(separator: "\n") {
        guard let start = line.range(of: call) else { continue }
        // After the command alone: prose around it names options of others.
        let words = line[start.lowerBound...].split(separator: " ")
        for word in words where word.hasPrefix("--") {
          #expect(
            command.options.contains(String(word.dropFirst(2))), "\(call) has no \(word)")
        }
      }
    }
  }

  @Test func `that decides something can rehearse it`() async throws {
    let deciding = try await leaves().filter { $0.command.options.contains("as") }
    #expect(deciding.count > 15)
    for (call, command) in deciding where !["winnow init", "winnow sign"].contains(call) {
      #expect(command.options.contains("dry-run"), "\(call)")
    }
  }

  @Test func `answers in JSON and quietly when asked to`() async throws {
    for (call, command) in try await leaves() where !call.hasPrefix("winnow debug") {
      #expect(command.options.isSuperset(of: ["json", "quiet"]), "\(call)")
    }
  }
}
