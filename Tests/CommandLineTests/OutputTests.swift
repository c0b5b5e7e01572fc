import Foundation
import Testing

@Suite struct `An answer that cannot be written` {
  @Test(arguments: ["> /dev/full", ">&-"])
  func `ends with a sentence and 4, and what was decided stands`(place: String) async throws {
    let bench = try await Bench(rows: 100)
    let events = try await bench.events()
    let outcome = try await bench.run("winnow dataset register pets --identity URL \(place)")
    #expect(outcome.code == 4)
    #expect(outcome.complaint.contains("winnow: Cannot write standard output: "))
    #expect(outcome.complaint.hasSuffix("What the command recorded stands: see `winnow log`.\n"))
    #expect(try await bench.events() == events + 1)
    for command in ["log", "log --json", "show 0 --envelope", "status", "verify", "dataset list"] {
      let outcome = try await bench.run("winnow \(command) \(place)")
      #expect(outcome.code == 4, "\(command): \(outcome.complaint)")
      #expect(outcome.complaint.hasPrefix("winnow: Cannot write standard output: "), "\(command)")
    }
    try await bench.done("winnow verify")
  }

  @Test(arguments: ["2> /dev/full", "2>&-"])
  func `leaves the exit code when the complaint cannot be written`(place: String) async throws {
    let bench = try await Bench(rows: 100)
    #expect(try await bench.run("winnow show 999 \(place)").code == 5)
    #expect(try await bench.run("winnow log \(place)").code == 0)
  }

  @Test func `to a pipe that nobody reads ends quietly`() async throws {
    let bench = try await Bench(rows: 100)
    let outcome = try await bench.run("winnow log | head -1")
    #expect(outcome.code == 0)
    #expect(outcome.complaint.isEmpty)
  }
}

@Suite struct `Two that make one ledger` {
  @Test func `make one, whole`() async throws {
    let scratch = try Scratch()
    let variables = ["WINNOW_LEDGER": "demo", "WINNOW_PASSPHRASE_FILE": "pass.txt"]
    for _ in 0..<8 {
      let outcome = try await Program.run(
        """
        rm -rf demo; echo secret > pass.txt
        for one in 1 2 3; do
          { winnow init demo --origin ledger.example.org/laion > /dev/null 2>> said.$one; echo $? >> codes; } &
        done
        wait
        """, in: scratch.path, variables: variables)
      #expect(outcome.code == 0)
      let codes = try await Program.run("sort codes | xargs; rm codes", in: scratch.path)
      let sorted = codes.text.split(whereSeparator: \.isWhitespace).map(String.init)
      #expect(sorted.first == "0" && sorted.count == 3, "\(codes.text)")
      #expect(sorted.dropFirst().allSatisfy { $0 == "6" }, "\(codes.text)")
      let checked = try await Program.run(
        "winnow verify && winnow checkpoint && winnow role grant publisher matcher && ls -A",
        in: scratch.path, variables: variables)
      #expect(checked.code == 0, "\(checked.complaint)")
      #expect(!checked.text.contains(".winnow"))
    }
  }

  @Test func `leave what is called like one, and take over nothing`() async throws {
    let scratch = try Scratch()
    let outcome = try await Program.run(
      """
      mkdir -p demo.partial/keys && echo mine > demo.partial/keys/log.pem
      mkdir -m 0777 empty && echo secret > pass.txt
      winnow init demo --origin ledger.example.org/laion && winnow checkpoint || exit
      winnow init demo --origin ledger.example.org/laion 2> /dev/null; echo "again $?"
      winnow init empty --origin ledger.example.org/laion > /dev/null && stat -c %a empty
      cat demo.partial/keys/log.pem; ls -A
      """, in: scratch.path,
      variables: ["WINNOW_LEDGER": "demo", "WINNOW_PASSPHRASE_FILE": "pass.txt"])
    #expect(outcome.code == 0, "\(outcome.complaint)")
    #expect(outcome.text.contains("again 6\n700\nmine\ndemo\ndemo.partial\nempty\npass.txt\n"))
  }
}

/// `script` gives a program a terminal.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
struct `Ctrl-C at a prompt` {
  @Test func `ends the command, records nothing and shows again what is typed`() async throws {
    let bench = try await Bench(rows: 100)
    let events = try await bench.events()
    for command in [
      "dataset register pets --identity URL", "init other --origin ledger.example.org/other",
      "key new somebody --out their-keys",
    ] {
      let outcome = try await bench.run(
        """
        unset WINNOW_PASSPHRASE_FILE
        cat > asked.sh <<'END'
        trap : INT
        winnow \(command)
        echo "code $?"
        stty -a | grep -o -- '-\\?echo\\b'
        END
        (sleep 2; printf '\\003'; sleep 2) | script -qec 'bash asked.sh' /dev/null
        """)
      #expect(outcome.text.contains("code 130"), "\(command): \(outcome.text)")
      #expect(outcome.text.contains("\necho"), "\(command): \(outcome.text)")
      #expect(!outcome.text.contains("-echo"), "\(command): \(outcome.text)")
    }
    #expect(try await bench.events() == events)
    #expect(try await bench.run("ls -d other their-keys .winnow*").text == "")
  }
}

@Suite struct `A story that is stopped` {
  @Test func `leaves nothing and can be told again`() async throws {
    let scratch = try Scratch()
    let outcome = try await Program.run(
      """
      set -m
      winnow quickstart q --rows 2000000 > /dev/null 2> said & program=$!
      while [ ! -e q/releases ]; do sleep 0.1; done
      kill -INT $program; wait $program; echo "code $?"; cat said; ls
      winnow quickstart q --rows 200 | tail -1
      """, in: scratch.path)
    #expect(outcome.code == 0)
    #expect(outcome.text.hasPrefix("code 130\nwinnow: "), "\(outcome.text)")
    #expect(!outcome.text.contains("\nq\n"), "\(outcome.text)")
  }

  @Test func `or sample rows that are`() async throws {
    let scratch = try Scratch()
    let outcome = try await Program.run(
      """
      set -m
      winnow sample --rows 20000000 --out s > /dev/null 2> said & program=$!
      while [ ! -e s ]; do sleep 0.1; done; sleep 0.5
      kill -INT $program; wait $program; echo "code $?"; cat said; ls -A s
      (ulimit -f 300; winnow sample --rows 20000 --out u; echo "code $?"; ls -A u)
      """, in: scratch.path)
    #expect(outcome.text.hasPrefix("code 130\nwinnow: "), "\(outcome.text)")
    #expect(outcome.text.contains("code 4\n"), "\(outcome.text)")
    #expect(outcome.complaint.contains("pass the size limit"), "\(outcome.complaint)")
    #expect(!outcome.text.contains(".winnow"), "\(outcome.text)")
  }
}
