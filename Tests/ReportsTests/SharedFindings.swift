import Syntax
import Verdicts

@testable import Linting

/// Findings that every format has to carry.
enum Shared {
  static let hostile = """
    control \u{1B}[31m and \u{0} and \u{FFFE}, ]]> & <tag> "quoted" 😀
    ::error ::100%, [click](https://example.com) ##[add-mask]x ##vso[task.setvariable]y\r\t|
    """
  static let path = "requests/ä & <b>.yaml"
  /// Everything in a path that some format has to escape.
  static let hostilePath = "::error file=a,line=1::100% #1 \n::b:\r\u{1B}[2J,ü😀?.yaml"

  static func finding(
    _ rule: String, _ severity: Severity, line: Int, path: String = Self.path,
    pointer: String = "/DomainName",
    message: String = hostile, fix: LocatedFix? = nil, suppression: Suppression? = nil
  ) -> LocatedFinding {
    LocatedFinding(
      file: path, requestID: "\(path)#1", service: "opensearch", operation: "StartServiceSoftwareUpdate",
      rule: rule, severity: severity, message: message, hint: hostile, pointer: pointer,
      start: Position(line: line, column: 3), end: Position(line: line, column: 9),
      source: "https://example.com/?a=1&b=2", byteColumns: (start: 3, end: 15),
      excerpt: Excerpt(text: "  DomainName: \u{1B}[2J日本語 value", markStart: 2, markCount: 6), fix: fix,
      suppression: suppression,
      key: FindingKey(
        operation: "opensearch.StartServiceSoftwareUpdate", rule: rule, pointer: pointer, severity: severity,
        value: "0123456789abcdef"))
  }

  static func edit(line: Int, _ columns: Range<Int>, _ text: String) -> LocatedFix.Edit {
    LocatedFix.Edit(
      start: Position(line: line, column: columns.lowerBound),
      end: Position(line: line, column: columns.upperBound),
      text: text, startByteColumn: columns.lowerBound + 1, endByteColumn: columns.upperBound + 2)
  }

  static let report = LintReport(
    toolVersion: "0.0.0", catalogSource: "botocore 0", now: Instant(milliseconds: 1_795_176_000_123),
    files: [
      clean, ReportedFile(path: "empty-result.json", result: FileResult(), text: SourceText("")), faulty,
      fixable,
      ReportedFile(path: "/elsewhere/50% off.yaml", unreadable: "Permission denied"),
      ReportedFile(path: "gone.yaml", unreadable: "No such file or directory"),
    ],
    skippedFiles: 2,
    rules: BuiltInCheck.all.filter { ["too-short", "syntax-error"].contains($0.id) }.map { ReportedRule($0) })

  private static let clean = ReportedFile(
    path: "clean.yaml",
    requests: [
      LocatedRequest(
        id: "clean.yaml#1", file: "clean.yaml", line: 1, service: "opensearch",
        operation: "StartServiceSoftwareUpdate", carrier: "bare", verdict: .pass, hasSuppressedError: false)
    ], findings: [], suppressed: [], notEvaluated: [])

  /// A file with three findings of one name, one that is an error of the file, and suppressed ones of every origin.
  private static let faulty = ReportedFile(
    path: path,
    requests: [
      LocatedRequest(
        id: "\(path)#1", file: path, line: 1, service: "opensearch", operation: "StartServiceSoftwareUpdate",
        carrier: "bare", verdict: .fail, hasSuppressedError: false)
    ],
    findings: [
      finding("too-short", .error, line: 2), finding("too-short", .error, line: 2),
      finding("too-short", .error, line: 7), finding("service-ended", .warning, line: 3),
      finding("syntax-error", .error, line: 4, pointer: ""),
      finding("start-may-slip-an-hour", .info, line: 5),
    ],
    suppressed: [
      finding(
        "too-long", .error, line: 6,
        suppression: Suppression(origin: .comment, reason: "old name; \(hostile)", until: "2027-01-31")),
      finding(
        "unknown-value", .warning, line: 6, suppression: Suppression(origin: .configuration, reason: "ours")),
      finding("unknown-value", .error, line: 8, suppression: Suppression(origin: .baseline)),
    ],
    notEvaluated: [
      LocatedNotEvaluated(
        file: path, requestID: "\(path)#1", requestNumber: 0, rule: "pattern-mismatch", reason: hostile,
        pointer: "/X",
        start: Position(line: 2, column: 1), end: Position(line: 2, column: 2))
    ])

  /// A file with a hostile path and findings that fixes are known for.
  private static let fixable = ReportedFile(
    path: hostilePath, requests: [],
    findings: [
      finding(
        "wrong-type", .error, line: 1, path: hostilePath, pointer: "/a",
        fix: LocatedFix(
          isSafe: true, edits: [edit(line: 1, 3..<9, "\"1.10\"")], joined: edit(line: 1, 3..<9, "\"1.10\""))),
      finding(
        "unknown-parameter", .error, line: 2, path: hostilePath, pointer: "/b/c~1d",
        fix: LocatedFix(
          isSafe: false, edits: [edit(line: 2, 3..<4, ""), edit(line: 2, 8..<8, "x\ny")],
          joined: edit(line: 2, 3..<8, "aaaax\ny"))),
      finding(
        "versions-with-current-version", .warning, line: 3, path: hostilePath, pointer: "/e",
        fix: LocatedFix(
          isSafe: false, edits: [edit(line: 3, 1..<1, "z"), edit(line: 900, 1..<1, "z")], joined: nil)),
      finding("too-short", .error, line: 2, path: hostilePath),
      finding("too-short", .error, line: 3, path: hostilePath),
    ], suppressed: [], notEvaluated: [])
}
