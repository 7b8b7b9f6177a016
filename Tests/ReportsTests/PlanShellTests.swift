import Foundation
import Planning
import Syntax
import Testing
import Verdicts

@testable import Reports

/// Scripts really run, with an `aws` that only notes down what it is given.
@Suite struct PlanShellTests {
  static let shells = ["/bin/sh", "/bin/bash"]

  @Test func aSendablePlanIsShown() throws {
    try expectGolden(PlanFormat.sh.render(PlanFixtures.sendable), "plan.sh")
  }

  @Test func aBlockedPlanIsShown() throws {
    try expectGolden(PlanFormat.sh.render(PlanFixtures.everything), "plan-blocked.sh")
  }

  @Test func commentsCannotBeLeft() {
    #expect(isFreeOfControls(Array(comments(PlanFixtures.sendable).utf8)))
    #expect(comments(PlanFixtures.sendable).contains("# heading"))
  }

  // MARK: What is sent

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let value: String

    /// The value in JSON, what cannot be seen written as an escape.
    var json: String {
      value.unicodeScalars.reduce(into: "") { text, scalar in
        switch scalar {
        case "\u{7F}": text += "\\u007f"
        case "\u{202E}": text += "\\u202e"
        case "\u{E0041}": text += "\\udb40\\udc41"
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
  }

  static let values: [Case] = [
    Case(testDescription: "empty", value: ""),
    Case(testDescription: "single quotes", value: "'it''s'\\''"),
    Case(testDescription: "double quotes", value: "\"a\" \"\""),
    Case(testDescription: "line breaks", value: "\na\nb\r\nc\n"),
    Case(testDescription: "trailing line breaks", value: "a\n\n"),
    Case(
      testDescription: "expansions", value: "$(touch pwned) `touch pwned` ${HOME} $HOME $1 ~ * ? [a] {a,b}"),
    Case(testDescription: "backslashes", value: "\\ \\n \\\\ \\' a\\"),
    Case(testDescription: "operators", value: "; touch pwned & | < > ( ) ! # -x =y"),
    Case(testDescription: "emoji and marks", value: "😀👩‍👩‍👧 e\u{301} '\u{301} \u{202E} \u{E0041}"),
    Case(testDescription: "controls", value: "\u{1}\u{7}\u{8}\u{1B}[31m\t\u{7F}"),
    Case(testDescription: "looks like a here-document", value: "\nREQLINT_END\nREQLINT_END_\n"),
    Case(testDescription: "everything", value: PlanFixtures.hostile),
  ]

  @Test(arguments: values, shells)
  func argumentsArriveAsTheyAre(_ test: Case, _ shell: String) throws {
    let folder = try Workplace()
    var request = PlanFixtures.request("a", file: "a.yaml", parameters: test.value)
    request.command[4] = test.value
    request.command.append(test.value)
    let outcome = try folder.run(PlanFixtures.plan([request]), shell)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "1/1 a\n")
    var expected = Array(request.command.dropFirst())
    expected[5] = test.json
    #expect(outcome.calls == [expected])
    #expect(!folder.holds("pwned"))
  }

  @Test(arguments: values, shells)
  func longParametersArriveInAFile(_ test: Case, _ shell: String) throws {
    let folder = try Workplace()
    let long = test.value + String(repeating: "x", count: 200_000) + test.value
    let requests = [
      PlanFixtures.request("a", parameters: long), PlanFixtures.request("b", parameters: long + "2"),
    ]
    let outcome = try folder.run(PlanFixtures.plan(requests), shell)
    #expect(outcome.status == 0)
    #expect(outcome.calls.count == 2)
    #expect(outcome.calls.allSatisfy { $0.last?.hasPrefix("file:///") == true })
    // The here-document ends in a line break of its own, which JSON does not mind.
    let sent = test.json + String(repeating: "x", count: 200_000) + test.json
    #expect(outcome.contents == sent + "\n" + sent + "2\n")
    #expect(!folder.holds("pwned"))
    let path = try #require(outcome.calls.first?.last?.dropFirst(7))
    #expect(!FileManager.default.fileExists(atPath: String(path)))
  }

  @Test(arguments: [99_999, 100_000, 100_001])
  func theLimitOfAnArgumentIsKept(_ count: Int) throws {
    let folder = try Workplace()
    let value = String(repeating: "'", count: count)
    let outcome = try folder.run(PlanFixtures.plan([PlanFixtures.request("a", parameters: value)]), "/bin/sh")
    #expect(outcome.status == 0)
    if count <= 100_000 {
      #expect(outcome.calls.first?.last == value)
    } else {
      #expect(outcome.contents == value + "\n")
    }
  }

  @Test(arguments: shells)
  func secretsAreSentButNotShown(_ shell: String) throws {
    let folder = try Workplace()
    let request = PlanFixtures.request("a", parameters: "{\"P\":\"****\"}", secret: "{\"P\":\"it's\"}")
    let outcome = try folder.run(PlanFixtures.plan([request]), shell)
    #expect(outcome.calls.first?.last == "{\"P\":\"it's\"}")
    #expect(!comments(PlanFixtures.plan([request])).contains("it's"))
  }

  @Test func requestsAreSentInOrderUntilOneFails() throws {
    let folder = try Workplace()
    let requests = ["a", "b", "fails", "c"].map { PlanFixtures.request($0, parameters: $0) }
    let plan = PlanFixtures.plan(requests, order: [["b"], ["a", "fails"], ["c"]])
    let outcome = try folder.run(plan, "/bin/sh")
    #expect(outcome.status == 254)
    #expect(outcome.calls.compactMap(\.last) == ["b", "a", "fails"])
    #expect(outcome.errors == "1/4 b\n2/4 a\n3/4 fails\n")
  }

  @Test func anEmptyPlanSendsNothing() throws {
    let folder = try Workplace()
    let outcome = try folder.run(PlanFixtures.plan([]), "/bin/sh")
    #expect(outcome.status == 0)
    #expect(outcome.calls == [])
    #expect(outcome.errors == "the plan holds no request\n")
  }

  // MARK: What is not sent

  static let paths = [
    "a.yaml", "-n", "a b/it's $(touch pwned).yaml", "back\\slash\nline", "😀",
    "\u{1B}[2J%s'\u{9B}\u{202E}.yaml", "\t",
  ]

  @Test(arguments: paths, shells)
  func filesAreCheckedFirst(_ path: String, _ shell: String) throws {
    let folder = try Workplace()
    try folder.write("text", to: path)
    // Of "text", by sha256sum.
    let hash = "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"
    let file = PlannedFile(path: path, hash: hash)
    let plan = PlanFixtures.plan([PlanFixtures.request("a", file: path)], files: [file])
    #expect(try folder.run(plan, shell).status == 0)

    try folder.write("text ", to: path)
    let changed = try folder.run(plan, shell)
    #expect(changed.status == 1)
    #expect(changed.calls == [])
    #expect(changed.errors == "nothing is sent: \(visible(path)) is not what was planned\n")

    try folder.remove(path)
    let missing = try folder.run(plan, shell)
    #expect(missing.status == 1)
    #expect(missing.calls == [])
    #expect(missing.errors == "nothing is sent: \(visible(path)) is missing\n")
    #expect(!folder.holds("pwned"))
  }

  @Test(arguments: [("shasum", 0), ("nothing", 1)])
  func anotherHashToolServesToo(_ tool: String, _ status: Int32) throws {
    let folder = try Workplace(tools: ["cat", "rm", "mktemp"])
    try folder.install(tool, "[ \"$1 $2\" = '-a 256' ] && exec /usr/bin/env PATH=/usr/bin:/bin sha256sum")
    try folder.write("text", to: "a")
    let hash = "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"
    let plan = PlanFixtures.plan([PlanFixtures.request("a")], files: [PlannedFile(path: "a", hash: hash)])
    let outcome = try folder.run(plan, "/bin/sh")
    #expect(outcome.status == status)
    #expect(outcome.calls.count == (status == 0 ? 1 : 0))
    if status == 1 {
      #expect(outcome.errors == "nothing is sent: neither sha256sum nor shasum was found\n")
    }
  }

  struct Refusal: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let plan: Plan
    let reason: String
  }

  static let refusals: [Refusal] = [
    Refusal(
      testDescription: "blocked",
      plan: PlanFixtures.plan([PlanFixtures.request("a"), PlanFixtures.request("b", verdict: .blocked)]),
      reason: "b (requests/update.yaml:2): blocked"),
    Refusal(
      testDescription: "hostile id",
      plan: PlanFixtures.plan([PlanFixtures.request("'\n$(touch pwned)`", verdict: .blocked)]),
      reason: "'\\u{A}$(touch pwned)` (requests/update.yaml:2): blocked"),
    Refusal(
      testDescription: "no command line",
      plan: PlanFixtures.plan([
        PlannedRequest(
          id: "a", file: "f", line: 1, service: nil, operation: nil, verdict: .ready, digest: "",
          parameters: [])
      ]),
      reason: "a (f:1): no command line can be made"),
    Refusal(
      testDescription: "a word with U+0000",
      plan: PlanFixtures.plan([PlanFixtures.request("a", parameters: "\0")]),
      reason:
        "a (requests/update.yaml:2): a word of its command line holds U+0000, which no shell can pass on"),
    Refusal(
      testDescription: "left out of the order",
      plan: PlanFixtures.plan([PlanFixtures.request("a")], order: []),
      reason: "a (requests/update.yaml:2): it has no place in the order"),
    Refusal(
      testDescription: "an error outside any request",
      plan: PlanFixtures.plan(
        [PlanFixtures.request("a")],
        findings: [
          PlanFixtures.finding("syntax-error", .error, file: "b.yaml", request: nil, message: "no YAML")
        ]),
      reason: "b.yaml:4: no YAML"),
  ]

  @Test(arguments: refusals, shells)
  func nothingOfABlockedPlanIsSent(_ test: Refusal, _ shell: String) throws {
    let folder = try Workplace()
    let outcome = try folder.run(test.plan, shell)
    #expect(outcome.status == 1)
    #expect(outcome.calls == [])
    #expect(outcome.errors == "nothing is sent, for not everything in this plan can be:\n  \(test.reason)\n")
    #expect(!folder.holds("pwned"))
  }

  private func comments(_ plan: Plan) -> String {
    String(decoding: PlanFormat.sh.render(plan), as: UTF8.self).split(separator: "\n")
      .filter { $0.hasPrefix("#") }.joined(separator: "\n")
  }
}

/// A working directory with an `aws` of its own, gone with the test.
private final class Workplace {
  struct Outcome {
    let status: Int32
    let errors: String
    /// The arguments of each call.
    let calls: [[String]]
    /// Of all files that were passed.
    let contents: String
  }

  private let folder: URL
  private let path: String

  /// - Parameter tools: the only ones on the path beside `aws`; `nil` for those of the machine.
  init(tools: [String]? = nil) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let bin = folder.appending(path: "bin")
    path = bin.path + (tools == nil ? ":/usr/bin:/bin" : "")
    for name in ["bin", "work"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    for tool in tools ?? [] { try install(tool, "PATH=/usr/bin:/bin exec \(tool) \"$@\"") }
    try install(
      "aws",
      """
      printf '%s\\0' "$#" "$@" >>'\(folder.path)/calls'
      for last; do :; done
      case $last in
        file://*) cat "${last#file://}" >>'\(folder.path)/contents' ;;
        fails) exit 254 ;;
      esac
      """)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func install(_ name: String, _ script: String) throws {
    let file = folder.appending(path: "bin/\(name)")
    try "#!/bin/sh\n\(script)\n".write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }

  func write(_ text: String, to path: String) throws {
    let file = folder.appending(path: "work/\(path)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: folder.appending(path: "work/\(path)"))
  }

  func holds(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "work/\(name)").path)
  }

  func run(_ plan: Plan, _ shell: String) throws -> Outcome {
    let script = folder.appending(path: "plan.sh")
    try Data(PlanFormat.sh.render(plan)).write(to: script)
    for name in ["calls", "contents"] {
      try? FileManager.default.removeItem(at: folder.appending(path: name))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: shell)
    process.arguments = [script.path]
    process.currentDirectoryURL = folder.appending(path: "work")
    process.environment = ["PATH": path, "HOME": folder.path]
    // A file and no pipe, which could fill up while nobody reads it.
    let errors = folder.appending(path: "errors")
    try Data().write(to: errors)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, errors: text(of: "errors"), calls: calls(),
      contents: text(of: "contents"))
  }

  private func calls() -> [[String]] {
    var words = text(of: "calls").utf8.split(separator: 0, omittingEmptySubsequences: false).map {
      String($0) ?? ""
    }
    .dropLast()[...]
    var calls: [[String]] = []
    while let count = words.popFirst().flatMap({ Int($0) }) {
      calls.append(Array(words.prefix(count)))
      words = words.dropFirst(count)
    }
    return calls
  }

  private func text(of name: String) -> String {
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
  }
}
