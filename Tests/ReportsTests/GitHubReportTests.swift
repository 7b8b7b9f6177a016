import Foundation
import Syntax
import TestSupport
import Testing
import Verdicts

@testable import Linting
@testable import Reports

@Suite struct GitHubReportTests {
  /// A line as GitHub's runner takes it apart: `::NAME KEY=VALUE,…::MESSAGE`.
  private struct Command {
    let name: String
    var properties: [String: String] = [:]
    let message: String

    init?(_ line: some StringProtocol) {
      guard line.hasPrefix("::"), let end = line.dropFirst(2).range(of: "::") else { return nil }
      let head = line[line.index(line.startIndex, offsetBy: 2)..<end.lowerBound]
      name = String(head.prefix { $0 != " " })
      message = Self.unescaped(String(line[end.upperBound...]))
      for pair in head.dropFirst(name.count + 1).split(separator: ",") {
        let parts = pair.split(separator: "=", maxSplits: 1).map { String($0) }
        guard parts.count == 2 else { return nil }
        properties[parts[0]] = Self.unescaped(parts[1], ("%3A", ":"), ("%2C", ","))
      }
    }

    private static func unescaped(_ text: String, _ more: (String, String)...) -> String {
      ([("%0D", "\r"), ("%0A", "\n")] + more + [("%25", "%")]).reduce(text) {
        $0.replacingOccurrences(of: $1.0, with: $1.1, options: .literal)
      }
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    // As the runner does, which ends a line at a lone carriage return too.
    String(decoding: bytes, as: UTF8.self).unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map {
      String($0)
    }
  }

  @Test func everyFindingIsOneCommandWhateverItSays() throws {
    let commands = try Self.lines(renderGitHubAnnotations(Shared.report)).map { try #require(Command($0)) }
    #expect(
      commands.map(\.name) == [
        "error", "error", "error", "warning", "error", "error", "error", "error", "error", "error", "warning",
        "error", "notice", "notice",
      ])
    let spelt = Shared.hostilePath.replacing("\u{1B}", with: "\\u{1B}")
    #expect(commands[1].properties["file"] == spelt)
    #expect(commands[1].properties["title"] == "error [wrong-type]")
    let text = Shared.hostile.replacing("\u{1B}", with: "\\u{1B}").replacing("\u{0}", with: "\\u{0}")
      .replacing("\t", with: "\\u{9}")
    #expect(commands[1].message == "\(text)\nhint: \(text)")
    #expect(
      commands[7].properties == [
        "file": Shared.path, "line": "2", "endLine": "2", "col": "3", "endColumn": "9",
        "title": "error [too-short]",
      ])
    #expect(commands.last?.properties["title"] == "not evaluated [pattern-mismatch]")
  }

  @Test func theLastLineIsNoCommand() throws {
    let last = try #require(Self.lines(LintFormat.github.render(Shared.report)).last)
    #expect(
      last == "reqlint: 2 requests in 4 files: 8 errors, 2 warnings, 1 info, 3 suppressed, 1 not evaluated, "
        + "2 files without a request skipped, 1 can be fixed with --fix, 2 files unreadable")
    #expect(!LintFormat.github.render(Shared.report).contains(0x1B))
  }

  @Test(arguments: [
    "", "plain", "%", "%25", "%0A", "a:b,c=d", "\r\n", "\n\n", "%%3A::", "ä 😀, e\u{301}", "::error::",
    "a\n::b",
  ])
  func escapesComeBackAsTheyWere(_ text: String) throws {
    let command = try #require(
      Command(
        "::error file=\(commandText("x" + text, isProperty: true))::\(commandText(text, isProperty: false))"))
    #expect(Array(command.message.unicodeScalars) == Array(text.unicodeScalars))
    #expect(command.properties["file"].map { Array($0.unicodeScalars) } == Array("x\(text)".unicodeScalars))
  }

  @Test(arguments: [
    ("within a line", 2, 3, 2, 9, "line=2,endLine=2,col=3,endColumn=9"),
    ("nothing marked", 2, 3, 2, 3, "line=2,endLine=2,col=3,endColumn=3"),
    ("over lines", 2, 3, 4, 2, "line=2,endLine=4"),
    ("up to a line break", 2, 3, 3, 1, "line=2,endLine=2"),
  ])
  func columnsAreOnlyForOneLine(
    _ name: String, _ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int, _ expected: String
  ) {
    let finding = LocatedFinding(
      file: "a.yaml", requestID: nil, service: nil, operation: nil, rule: "too-short", severity: .info,
      message: "m",
      hint: nil, pointer: "", start: Position(line: line, column: column),
      end: Position(line: endLine, column: endColumn), source: nil,
      excerpt: Excerpt(text: "", markStart: 0, markCount: 0))
    let report = LintReport(
      toolVersion: "0", catalogSource: "c", now: Instant(milliseconds: 0),
      files: [
        ReportedFile(path: "a.yaml", requests: [], findings: [finding], suppressed: [], notEvaluated: [])
      ], skippedFiles: 0)
    #expect(
      String(decoding: renderGitHubAnnotations(report), as: UTF8.self)
        == "::notice file=a.yaml,\(expected),title=info [too-short]::m\n")
  }

  // MARK: Text in a job's log

  @Test(arguments: [
    ("a: b\n", "a: b\n"), ("::error::x\n", "./::error::x\n"), ("a\n \u{A0}::x", "a\n./ \u{A0}::x"),
    ("a ::b", "a ::b"), ("##[group]", "##\\u{5B}group]"), ("x ##vso[task.a]b", "x ##vso\\u{5B}task.a]b"),
    ("###teamcity[x]", "###teamcity\\u{5B}x]"), ("#[a] ## [b] ##-[c]", "#[a] ## [b] ##-[c]"), ("", ""),
  ])
  func noLineIsACommand(_ text: String, _ expected: String) { #expect(withoutCommands(text) == expected) }

  /// Copying what is there for each line would take minutes.
  @Test(.timeLimit(.minutes(1))) func longTextsAreLookedThroughOnce() {
    let line = "requests/ä.yaml:1:1: error: ##[group] of many\n"
    let text = String(repeating: line, count: 100_000)
    let expected = String(repeating: line.replacing("##[", with: "##\\u{5B}"), count: 100_000)
    #expect(Array(withoutCommands(text).utf8) == Array(expected.utf8))
  }

  @Test func textHoldsNoCommand() {
    let text = String(decoding: LintFormat.text.render(Shared.report), as: UTF8.self)
    #expect(text.contains("./::error file=a"))
    #expect(!text.contains("##["))
    #expect(!text.contains("##vso["))
    #expect(!text.split(separator: "\n").contains { $0.drop(while: \.isWhitespace).hasPrefix("::") })
  }

  // MARK: Summary of a step

  @Test(arguments: [(300, ""), (301, "\n… and 1 more\n"), (2_000, "\n… and 1700 more\n")])
  func theSummaryStaysSmall(_ count: Int, _ rest: String) {
    let long = String(repeating: "|`<script> ", count: 200)
    let findings = (0..<count).map { index in
      Shared.finding("too-short", index == count - 1 ? .error : .warning, line: 1, message: long)
    }
    let report = LintReport(
      toolVersion: "0", catalogSource: "c", now: Instant(milliseconds: 0),
      files: [
        ReportedFile(path: "a.yaml", requests: [], findings: findings, suppressed: [], notEvaluated: [])
      ], skippedFiles: 0)
    let bytes = renderGitHubSummary(report)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(bytes.count < 900_000)
    #expect(
      text.split(separator: "\n").count { $0.hasPrefix("| error |") || $0.hasPrefix("| warning |") }
        == min(count, 300))
    // The worst comes first wherever it stands.
    #expect(text.contains("| --- | --- | --- | --- |\n| error |"))
    #expect(text.contains("more") == !rest.isEmpty)
    #expect(rest.isEmpty || text.contains(rest))
  }
}
