import Foundation
import Syntax
import TestSupport
import Testing
import Verdicts

@testable import Linting
@testable import Reports

@Suite struct SARIFReportTests {
  private typealias JSONObject = [String: Any]

  private static func run(of report: LintReport) throws -> [String: Any] {
    let root = try JSONSerialization.jsonObject(with: Data(LintFormat.sarif.render(report))) as? JSONObject
    #expect(root?["version"] as? String == "2.1.0")
    return try #require((root?["runs"] as? [JSONObject])?.first)
  }

  private static func results(of report: LintReport) throws -> [[String: Any]] {
    try #require(try run(of: report)["results"] as? [JSONObject])
  }

  private static func fingerprints(of report: LintReport) throws -> [String] {
    try results(of: report).compactMap {
      ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"]
    }
  }

  /// A file with a finding on each of some lines.
  private static func report(_ severities: [Severity], movedBy lines: Int = 0, path: String = "a.yaml")
    -> LintReport
  {
    LintReport(
      toolVersion: "0", catalogSource: "c", now: Instant(milliseconds: 0),
      files: [
        ReportedFile(
          path: path, requests: [],
          findings: severities.enumerated().map { index, severity in
            Shared.finding("too-short", severity, line: index / 2 + 1 + lines, path: path, message: "m")
          }, suppressed: [], notEvaluated: [])
      ], skippedFiles: 0)
  }

  @Test func rulesAreThoseThatOccurAndResultsNameThem() throws {
    let run = try Self.run(of: Shared.report)
    let driver = (run["tool"] as? JSONObject)?["driver"] as? JSONObject
    let rules = try #require(driver?["rules"] as? [JSONObject]).compactMap { $0["id"] as? String }
    #expect(
      rules == [
        "pattern-mismatch", "service-ended", "start-may-slip-an-hour", "syntax-error", "too-long",
        "too-short",
        "unknown-parameter", "unknown-value", "versions-with-current-version", "wrong-type",
      ])
    let results = try Self.results(of: Shared.report)
    #expect(results.count == 14)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index] == result["ruleId"] as? String)
    }
  }

  @Test func everyResultTellsWhetherItIsSuppressed() throws {
    let suppressions = try Self.results(of: Shared.report).map {
      try #require($0["suppressions"] as? [JSONObject])
    }
    let told = suppressions.flatMap { $0 }
    #expect(told.map { $0["kind"] as? String } == ["inSource", "external", "external"])
    #expect(told.allSatisfy { $0["status"] == nil })
    #expect((told[0]["justification"] as? String)?.hasSuffix(", until 2027-01-31") == true)
    #expect(told[1]["justification"] as? String == "ours")
    #expect(told[2]["justification"] == nil)
    #expect(try Self.results(of: Self.report([.error])).allSatisfy { $0["suppressions"] == nil })
  }

  @Test func fixesReplaceRegions() throws {
    let fixes = try Self.results(of: Shared.report).compactMap { $0["fixes"] as? [JSONObject] }
    let replacements = fixes.map { fix -> [[String: Any]] in
      let change = (fix[0]["artifactChanges"] as? [JSONObject])?.first
      #expect(fix.count == 1)
      #expect(
        (change?["artifactLocation"] as? JSONObject)?["uri"] as? String
          == "%3A%3Aerror%20file%3Da%2Cline%3D1%3A%3A100%25%20%231%20%0A%3A%3Ab%3A%0D%1B%5B2J%2C%C3%BC%F0%9F%98%80%3F.yaml"
      )
      return change?["replacements"] as? [JSONObject] ?? []
    }
    #expect(replacements.map(\.count) == [1, 2, 2])
    #expect(
      replacements[0][0]["deletedRegion"] as? [String: Int]
        == ["startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 9])
    #expect((replacements[0][0]["insertedContent"] as? JSONObject)?["text"] as? String == "\"1.10\"")
    // What is only removed has nothing in its place, for no text may be empty.
    #expect(replacements[1][0]["insertedContent"] == nil)
  }

  @Test func whatCouldNotBeJudgedIsANotification() throws {
    let invocation = (try Self.run(of: Shared.report)["invocations"] as? [JSONObject])?.first
    #expect(invocation?["executionSuccessful"] as? Bool == false)
    let notifications = try #require(invocation?["toolExecutionNotifications"] as? [JSONObject])
    #expect(notifications.map { $0["level"] as? String } == ["error", "error", "note"])
    let texts = notifications.compactMap { ($0["message"] as? JSONObject)?["text"] as? String }
    #expect(texts[0] == "cannot be read: Permission denied")
    #expect(texts[2].hasPrefix("not evaluated: control "))
    #expect(
      try Self.run(of: Self.report([.error]))["invocations"] as? [NSDictionary]
        == [["executionSuccessful": true, "toolExecutionNotifications": [] as [Any]]])
  }

  @Test func noTextIsEmptyAndNoneMakesALink() throws {
    func check(_ value: Any, _ path: String) {
      switch value {
      case let object as JSONObject: for (key, value) in object { check(value, "\(path)/\(key)") }
      case let array as [Any]: for value in array { check(value, "\(path)/-") }
      case let text as String:
        #expect(!text.isEmpty, "\(path)")
        #expect(!path.hasSuffix("message/text") || !text.contains("]("), "\(path)")
      default: break
      }
    }
    check(try Self.run(of: Shared.report), "")
  }

  // MARK: Fingerprints

  @Test func fingerprintsAreUniqueAlsoOfEqualFindings() throws {
    let fingerprints = try Self.fingerprints(of: Shared.report)
    #expect(fingerprints.count == 14)
    #expect(Set(fingerprints).count == 14)
  }

  @Test func fingerprintsHoldWhenLinesMove() throws {
    let before = try Self.fingerprints(of: Self.report([.error, .error, .warning]))
    #expect(before.count == 3)
    #expect(before == (try Self.fingerprints(of: Self.report([.error, .error, .warning], movedBy: 7))))
    #expect(before != (try Self.fingerprints(of: Self.report([.error, .error, .warning], path: "b.yaml"))))
  }

  // MARK: Limit

  @Test func theLimitIsGitHubs() { #expect(SARIFLog.limit == 25_000) }

  struct LimitCase: CustomTestStringConvertible, Sendable {
    let limit: Int
    let levels: [String]
    let notification: String?
    var testDescription: String { "limit \(limit)" }
  }

  @Test(arguments: [
    LimitCase(limit: 5, levels: ["note", "error", "warning", "error"], notification: nil),
    LimitCase(limit: 4, levels: ["note", "error", "warning", "error"], notification: nil),
    LimitCase(
      limit: 3, levels: ["error", "warning", "error"], notification: "1 more result left out, the limit is 3"),
    LimitCase(limit: 2, levels: ["error", "error"], notification: "2 more results left out, the limit is 2"),
    LimitCase(limit: 1, levels: ["error"], notification: "3 more results left out, the limit is 1"),
  ])
  func moreThanTheLimitLeavesTheLeastSevereOut(_ test: LimitCase) throws {
    let report = Self.report([.info, .error, .warning, .error])
    let root =
      try JSONSerialization.jsonObject(with: Data(renderSARIF(report, limit: test.limit))) as? JSONObject
    let run = try #require((root?["runs"] as? [JSONObject])?.first)
    let results = try #require(run["results"] as? [JSONObject])
    #expect(results.compactMap { $0["level"] as? String } == test.levels)
    let notifications =
      (run["invocations"] as? [JSONObject])?.first?["toolExecutionNotifications"] as? [JSONObject]
    let texts = notifications?.compactMap { ($0["message"] as? JSONObject)?["text"] as? String }
    #expect(texts == (test.notification.map { [$0] } ?? []))
  }

  // MARK: Addresses

  @Test(arguments: [
    ("a.yaml", "a.yaml"), ("a b/ä.yaml", "a%20b/%C3%A4.yaml"), ("100%.yaml", "100%25.yaml"),
    ("c:x/y.yaml", "c%3Ax/y.yaml"), ("../a.yaml", "../a.yaml"), ("/tmp/a b.yaml", "file:///tmp/a%20b.yaml"),
    ("#?[]", "%23%3F%5B%5D"), ("\u{1}\n", "%01%0A"), ("<stdin>", "%3Cstdin%3E"), ("~-._", "~-._"),
    (#"a\xFF"#, "a%5CxFF"),
  ])
  func pathsAreURIReferences(_ path: String, _ uri: String) {
    #expect(uriReference(ofPath: path) == uri)
    #expect(URL(string: uri)?.path.hasSuffix(path) ?? path.isEmpty)
  }
}
