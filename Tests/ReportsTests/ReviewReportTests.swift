import Foundation
import Syntax
import TestSupport
import Testing
import Verdicts

@testable import Linting
@testable import Reports

/// Reports of the shapes that GitLab and reviewdog read.
@Suite struct ReviewReportTests {
  private typealias JSONObject = [String: Any]

  private static func diagnostics(_ report: LintReport) throws -> [[String: Any]] {
    try String(decoding: LintFormat.rdjsonl.render(report), as: UTF8.self).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? JSONObject)
    }
  }

  @Test func gitLabHasAllItNeeds() throws {
    let issues = try #require(
      try JSONSerialization.jsonObject(with: Data(LintFormat.gitlab.render(Shared.report))) as? [JSONObject])
    #expect(
      issues.map { $0["severity"] as? String } == [
        "critical", "major", "major", "minor", "major", "major", "critical", "major", "major", "major",
        "minor",
        "critical", "info", "info",
      ])
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == issues.count)
    for issue in issues {
      #expect((issue["description"] as? String)?.isEmpty == false)
      #expect((issue["check_name"] as? String)?.isEmpty == false)
      let location = try #require(issue["location"] as? JSONObject)
      #expect((location["path"] as? String)?.hasPrefix("./") == false)
      #expect((location["lines"] as? [String: Int])?["begin"] ?? 0 >= 1)
    }
  }

  @Test func reviewdogHasAllItNeeds() throws {
    let diagnostics = try Self.diagnostics(Shared.report)
    #expect(
      diagnostics.map { $0["severity"] as? String } == [
        "ERROR", "ERROR", "ERROR", "WARNING", "ERROR", "ERROR", "ERROR", "ERROR", "ERROR", "ERROR", "WARNING",
        "ERROR", "INFO", "INFO",
      ])
    #expect(diagnostics.allSatisfy { ($0["source"] as? [String: String]) == ["name": "reqlint"] })
    let location = try #require(diagnostics[1]["location"] as? JSONObject)
    #expect(location["path"] as? String == Shared.hostilePath)
    #expect(
      location["range"] as? [String: [String: Int]]
        == ["start": ["line": 1, "column": 3], "end": ["line": 1, "column": 15]])
    #expect(
      diagnostics[1]["code"] as? [String: String] == [
        "value": "wrong-type", "url": "https://example.com/?a=1&b=2",
      ])
  }

  /// Several would be offered as alternatives, so there is one or none.
  @Test func severalEditsAreOneSuggestionOrNone() throws {
    let suggestions = try Self.diagnostics(Shared.report).compactMap { $0["suggestions"] as? [NSDictionary] }
    let expected: [[NSDictionary]] = [
      [
        [
          "range": ["start": ["line": 1, "column": 4], "end": ["line": 1, "column": 11]], "text": "\"1.10\"",
        ]
      ],
      [
        [
          "range": ["start": ["line": 2, "column": 4], "end": ["line": 2, "column": 10]], "text": "aaaax\ny",
        ]
      ],
    ]
    #expect(suggestions == expected)
  }

  // MARK: Places in bytes

  struct PlaceCase: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    /// What is marked.
    let marked: String
    /// Line and byte columns.
    let expected: [Int]
    var testDescription: String { name }
  }

  @Test(arguments: [
    PlaceCase(name: "ASCII", text: "a: b\nc: d\n", marked: "d", expected: [2, 4, 2, 5]),
    PlaceCase(name: "two bytes before", text: "ä: b\n", marked: "b", expected: [1, 5, 1, 6]),
    PlaceCase(name: "four bytes marked", text: "a: 😀x\n", marked: "😀", expected: [1, 4, 1, 8]),
    PlaceCase(name: "byte order mark", text: "\u{FEFF}a: b\n", marked: "b", expected: [1, 7, 1, 8]),
    PlaceCase(
      name: "line after a byte order mark", text: "\u{FEFF}a: b\nc: d", marked: "d", expected: [2, 4, 2, 5]),
    PlaceCase(name: "CRLF", text: "ä\r\nö: b\r\n", marked: "b", expected: [2, 5, 2, 6]),
    PlaceCase(name: "over a line break", text: "a: ä\nö: b", marked: "ä\nö", expected: [1, 4, 2, 3]),
    PlaceCase(name: "end of the text", text: "ü", marked: "", expected: [1, 1, 1, 1]),
  ])
  func columnsCountBytes(_ test: PlaceCase) throws {
    let file = try Self.file(test.text, marked: test.marked, fix: nil)
    let finding = try #require(file.findings.first)
    #expect(
      [finding.start.line, finding.startByteColumn, finding.end.line, finding.endByteColumn] == test.expected)
  }

  struct JoinCase: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let edits: [(String, String)]
    var sensitive: String?
    /// Line, byte columns and text; `nil` for no joined edit.
    let expected: (line: Int, start: Int, endLine: Int, end: Int, text: String)?
    var testDescription: String { name }
  }

  @Test(arguments: [
    JoinCase(name: "one", text: "ä: 1.0\n", edits: [("1.0", "\"1.0\"")], expected: (1, 5, 1, 8, "\"1.0\"")),
    JoinCase(
      name: "two, unsorted", text: "a: ü c\nd: e\n", edits: [("e", "E"), ("ü", "Ü")],
      expected: (1, 4, 2, 5, "Ü c\nd: E")),
    JoinCase(name: "removal", text: "a: b\nc: d\n", edits: [("c: d\n", "")], expected: (2, 1, 3, 1, "")),
    JoinCase(
      name: "something sensitive between", text: "a: b\nc: d\n", edits: [("a", "A"), ("d", "D")],
      sensitive: "b",
      expected: nil),
    JoinCase(
      name: "far apart", text: "a: \(String(repeating: "x", count: 5000)) z",
      edits: [("a", "A"), ("z", "Z")],
      expected: nil),
    JoinCase(name: "no edit", text: "a", edits: [], expected: nil),
  ])
  func editsAreJoined(_ test: JoinCase) throws {
    let edits = try test.edits.map { TextEdit(try Self.span(of: $0.0, in: test.text), $0.1) }
    let file = try Self.file(
      test.text, marked: "", fix: Fix(isSafe: true, edits: edits), sensitive: test.sensitive)
    let fix = try #require(file.findings.first?.fix)
    #expect(
      fix.edits.map(\.text)
        == test.edits.sorted { test.text.range(of: $0.0)!.lowerBound < test.text.range(of: $1.0)!.lowerBound }
        .map(\.1))
    let joined = fix.joined.map { [$0.start.line, $0.startByteColumn, $0.end.line, $0.endByteColumn] }
    #expect(joined == test.expected.map { [$0.line, $0.start, $0.endLine, $0.end] })
    #expect(fix.joined?.text == test.expected?.text)
  }

  private static func span(of part: String, in text: String) throws -> ByteSpan {
    let bytes = Array(text.utf8)
    let start = try #require(
      (0...(bytes.count - part.utf8.count)).first { bytes[$0...].starts(with: part.utf8) })
    return ByteSpan(start, start + part.utf8.count)
  }

  private static func file(_ text: String, marked: String, fix: Fix?, sensitive: String? = nil) throws
    -> ReportedFile
  {
    var result = FileResult()
    result.findings = [
      Finding(
        request: nil, rule: "too-short", severity: .error, message: "m", hint: nil,
        span: try span(of: marked, in: text), pointer: JSONPointer(), source: nil, fix: fix)
    ]
    result.sensitiveSpans = try sensitive.map { [try span(of: $0, in: text)] } ?? []
    return ReportedFile(path: "a.yaml", result: result, text: SourceText(text))
  }
}
