import Linting
import Syntax
import Testing

/// What may stand where the model has a time.
@Suite struct TimeTests {
  /// - Shape: JSON, as the value of a member that is a time.
  static let taken = [
    "0", "-1", "1795176000.5", "253402300799", "253402300799.999", "-62135596800", #""1795176000""#,
    #""1e3""#, #""202611201200""#, #""2026-11-20""#, #""2026-11-20T12:00:00Z""#,
    #""2026-11-20t12:00:00.123456789z""#, #""2026-11-20T12:00:00+02:00""#, #""2026-11-20 12:00""#,
    #""2026-11-20T23:59:59,5-0800""#, #""2024-02-29""#, #""0001-01-01""#, #""20261120T120000Z""#,
    #""Fri, 20 Nov 2026 12:00:00 GMT""#,
  ]

  /// Forms at which the AWS CLI and boto3 guess.
  static let doubtful = [
    #"" 1795176000""#, #""20261120120000""#, #""2026-11""#, #""20 november 2026""#, #""Friday""#,
    #""20 November 2026 11:00 +0100""#, #""2026-11-20 11:00 EST""#, #""12:30""#, #""12am""#, #""12h30m""#,
    #""202611201200Z""#, #""2026-11-20T12:00:00,Z""#, #""2026-11-20T12:00:00.""#,
    #""12:30 (CET)""#, #""2nd of May 2026""#, #""20.11.2026""#, #""20/11/2026""#, #""12:30 EST+3""#,
    // Some clients read digits of other scripts.
    #""٢٠٢٦""#,
  ]

  /// The hint where it is not the usual one.
  static let milliseconds = ["253402300800", "1796090400000"]
  static let refused = [
    "-62135596801", "-99999999999999", "253402300800001", "1180591620717411303424", "1e300", #""""#, #"" ""#,
    #""1796090400000""#, #""1e12""#, #""now""#, #""tomorrow""#, #""not a time""#, #""2026-13-01""#,
    #""2026-00-01""#, #""2026-02-30""#, #""2025-02-29""#, #""0000-01-01""#, #""2026-11-20T24:00:00Z""#,
    #""2026-11-20T12:60:00Z""#, #""2026-11-20T23:59:60Z""#, #""2026-11-20T25:00""#, #""nan""#, #""inf""#,
    #""true""#, #""null""#, #""2026-W47""#, #""x2026""#, #""2026-11-20T12:00:00 Europe/Berlin""#,
    #""${TIME}""#,
    #""[time]""#, #""2026-11-20T12:00:00_""#, #""CET""#, #""(2026)""#, #""+""#, #""am""#, #""2026年""#,
    #""2026-11-20 UTC""#, #""::""#, #""1796090400Z""#, #""20261120 UTC""#, #""1.5z""#,
    #""2026-11-20T12:00:00.Z""#, #""2026-11-20T12:00:00+00:00:30""#, #""2026-11-20T12:00:00+000030""#,
    #""2026-11-20T12:00:00-0000:30""#, #""2026-11-20T12:00:00+000""#,
  ]

  private static func lint(_ value: String) throws -> Linted {
    try Linted(#"{"ByCreatedAfter": \#(value)}"#, as: .json, operation: "backup.ListBackupJobs")
  }

  @Test(arguments: taken)
  func isATime(_ value: String) throws {
    #expect(try Self.lint(value).lines() == [])
  }

  @Test(arguments: doubtful)
  func isATimeToSome(_ value: String) throws {
    let end = 20 + value.unicodeScalars.count
    #expect(
      try Self.lint(value).lines() == ["warning ambiguous-scalar 1:20-1:\(end) /ByCreatedAfter"])
  }

  @Test(arguments: milliseconds + refused)
  func isNoTime(_ value: String) throws {
    let linted = try Self.lint(value)
    let end = 20 + value.unicodeScalars.count
    #expect(linted.lines() == ["error wrong-type 1:20-1:\(end) /ByCreatedAfter"])
    let hint =
      Self.milliseconds.contains(value)
      ? "a time counts seconds since 1970, not milliseconds" : "write it as in 2026-11-20T12:00:00Z"
    #expect(linted.result.findings.map(\.hint) == [hint])
  }

  @Test func words() throws {
    #expect(
      try Self.lint(#""soon""#).messages == [#"ByCreatedAfter must be a time, but is the string "soon""#])
    #expect(
      try Self.lint("1796090400000").messages == [
        "ByCreatedAfter must be a time, but is the integer 1796090400000"
      ])
  }

  /// YAML has times of its own; what they say must exist as well.
  @Test(arguments: [
    LintCase("plain", of: "backup.ListBackupJobs", "ByCreatedAfter: 2026-11-20T12:00:00Z"),
    LintCase(
      "plain, no such day", of: "backup.ListBackupJobs", "ByCreatedAfter: 2026-02-30T12:00:00Z",
      ["error wrong-type 2:17-2:37 /ByCreatedAfter"]),
    LintCase(
      "infinite", of: "backup.ListBackupJobs", "ByCreatedAfter: .inf",
      ["error wrong-type 2:17-2:21 /ByCreatedAfter"]),
  ])
  func yaml(_ test: LintCase) throws {
    #expect(try Linted(test).lines() == test.expected)
  }
}
