import Foundation
import Testing

/// Every call that changes a file fails once, and is once the last thing that the program does.
@Suite(.enabled(if: Preloaded.faults != nil))
struct `Each write, sync and rename of a command` {
  /// What fails, at which of the calls, and what must hold then.
  struct Work: CustomTestStringConvertible, Sendable {
    let name: String
    /// Run once before.
    let before: String
    let command: String
    /// Files that the command is to leave, and that may be there whole or not at all.
    let makes: [String]
    /// How many events it records; with none, each file that is whole may stay.
    let events: Int
    var testDescription: String { name }
  }

  static let works = [
    Work(
      name: "release publish", before: "true", command: "\(Bench.publish) --nonce \(nonce)",
      makes: ["demo/index/laion@1.0", "demo/catalog/laion@1.0.json"], events: 1),
    Work(
      name: "match", before: Bench.publish, command: "\(Bench.match) --nonce \(nonce)", makes: [],
      events: 1),
    Work(
      name: "hashlist add", before: "true",
      command:
        "winnow hashlist add publisher@new --algorithm md5 --of url sample/hotline-url-md5.txt --nonce \(nonce)",
      makes: ["demo/secrets/list-publisher@new"], events: 1),
    Work(
      name: "clean", before: "\(Bench.publish) && \(Bench.match) && \(Bench.remove)",
      command: "\(Bench.clean) --nonce \(nonce) && winnow release verify laion@1.1",
      makes: [
        "demo/index/laion@1.1", "demo/catalog/laion@1.1.json", "demo/catalog/laion@1.1.unfinished",
        "out/rows-00000.csv", "out/rows-00001.csv",
      ], events: 1),
    Work(
      name: "clean of folders",
      before: """
        mkdir sample/a sample/b && mv sample/rows-00000.csv sample/a/ &&
        gzip -n sample/rows-00001.csv && mv sample/rows-00001.csv.gz sample/b/ &&
        winnow release publish laion@1.0 sample/a sample/b && \(Bench.match) && \(Bench.remove)
        """,
      command: "\(Bench.clean) --nonce \(nonce) && winnow release verify laion@1.1 out",
      makes: [
        "demo/index/laion@1.1", "demo/catalog/laion@1.1.json", "demo/catalog/laion@1.1.unfinished",
        "out/a/rows-00000.csv", "out/b/rows-00001.csv.gz",
      ], events: 1),
    Work(
      name: "publish", before: Bench.publish, command: "winnow publish site", makes: ["site/"],
      events: 0),
    Work(
      name: "audit export", before: "\(Bench.publish) && winnow checkpoint",
      command: "winnow audit export --all --out audit.winnow.jsonl --force",
      makes: ["audit.winnow.jsonl"], events: 0),
  ]
  static let nonce = String(repeating: "5a", count: 16)

  @Test(arguments: works) func `that fails is said, and a rerun succeeds`(work: Work) async throws {
    try await run(work, kind: "fail")
  }

  @Test(arguments: works) func `that is the last leaves a rerun its work`(work: Work) async throws {
    try await run(work, kind: "kill")
  }

  /// The whole loop is one shell script: each try begins with the ledger and files of before.
  private func run(_ work: Work, kind: String) async throws {
    let bench = try await Bench(rows: 60, shards: 2)
    try await bench.done(work.before)
    try await bench.done("mkdir kept tries && cp -a demo kept/")
    let faults = try #require(Preloaded.faults)
    let before = try await bench.events()
    let outcome = try await bench.run(
      """
      fresh() { rm -rf demo out site audit.winnow.jsonl*; cp -a kept/demo demo; }
      files() { find demo out site audit* -type f ! -name '*.lock' ! -name lock ! -name '*.db*' \
        2> /dev/null | sort; }
      fault() { FAULT_AT=$1 FAULT_KIND=\(kind) FAULT_COUNT=$PWD/count \
        LD_PRELOAD="\(faults) $LD_PRELOAD" bash -c 'exec \(Self.first(work.command))'; }
      fresh; files > names
      fault 0 > /dev/null 2>&1 || { echo "it fails without a fault"; exit 1; }
      last=$(cat count)
      [ "$last" -ge 3 ] || { echo "only $last calls were seen"; exit 1; }
      step=\(Self.triesEverything ? "1" : "$((last / 3 + 1))")
      for n in $(seq 1 $step $last) $last; do
        fresh
        fault $n > said 2> complaint; code=$?
        left=$(files | grep -vxFf names | grep -v -e '/[.]winnow-' -e '^demo/attachments/' \
          -e '^demo/secrets/attachment-')
        events=$(winnow log | wc -l)
        echo "try $n $code $events $(head -c 200 complaint | tr '\\n' ' ')"
        for file in $left; do echo "left $n $file"; done
        { \(work.command); } > again 2>&1 || echo "rerun $n failed: $(tr '\\n' ' ' < again)"
        echo "then $n $(winnow log | wc -l) $(files | grep -c '[.]unfinished$')"
        if [ $((n % 5)) = 0 ]; then winnow verify > again 2>&1 || echo "rerun $n broken: $(cat again)"; fi
      done
      """)
    #expect(outcome.code == 0, "\(outcome.text) \(outcome.complaint)")
    var isAcknowledged: [String: Bool] = [:]
    var tries = 0
    for line in outcome.text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 4).map(String.init)
      switch words[0] {
      case "try":
        tries += 1
        let (code, events) = (words[2], Int(words[3]) ?? -1)
        let complaint = words.count > 4 ? words[4] : ""
        if kind == "kill" {
          // A call that another thread makes at the very end may come too late.
          #expect(["137", "0"].contains(code), "\(line)")
        } else {
          // What only makes things tidy may fail unsaid.
          #expect(["4", "0"].contains(code), "\(line)")
          #expect(code == "0" || complaint.hasPrefix("winnow: "), "\(line)")
        }
        #expect([before, before + work.events].contains(events), "\(line)")
        // A commit that failed in the disk may stand, and then needs its files.
        isAcknowledged[words[1]] =
          code == "0" || events > before || complaint.contains("nothing was acknowledged")
      case "left":
        let isExpected =
          kind == "kill" || isAcknowledged[words[1]] == true || work.events == 0
        #expect(
          isExpected && work.makes.contains { words[2].hasPrefix($0) }, "\(work.name): \(line)")
      case "then":
        #expect(words[2] == String(before + work.events) && words[3] == "0", "\(line)")
      default:
        Issue.record("\(work.name): \(line)")
      }
    }
    #expect(tries > 2)
  }

  /// Every call under `WINNOW_FAULTS=all`; else some of them, for each takes a second or two.
  private static let triesEverything =
    ProcessInfo.processInfo.environment["WINNOW_FAULTS"] == "all"

  /// The command itself, without what checks it afterwards.
  private static func first(_ command: String) -> String {
    command.components(separatedBy: " && ").first ?? command
  }
}
