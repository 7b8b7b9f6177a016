import Linting
import Syntax
import Testing
import Verdicts

/// Starting a software update, with the older API and the newer one.
@Suite struct SoftwareUpdateTests {
  private static let older = "es.StartElasticsearchServiceSoftwareUpdate"
  private static let newer = "opensearch.StartServiceSoftwareUpdate"

  /// A request for logs-prod with more members, which begin in line 3.
  private static func start(_ name: String, _ members: String, _ expected: [String] = []) -> LintCase {
    LintCase(name, of: newer, "DomainName: logs-prod\n\(members)", expected)
  }

  // The directive is line 1, DomainName line 2.
  static let names: [LintCase] = [older, newer].flatMap { operation in
    [
      LintCase("letters and a hyphen", of: operation, "DomainName: my-domain"),
      LintCase(
        "digit first", of: operation, "DomainName: 1logs", ["error pattern-mismatch 2:13-2:18 /DomainName"]),
      LintCase(
        "hyphen first", of: operation, "DomainName: -logs", ["error pattern-mismatch 2:13-2:18 /DomainName"]),
      LintCase("too short", of: operation, "DomainName: ab", ["error too-short 2:13-2:15 /DomainName"]),
      LintCase(
        "underscore", of: operation, "DomainName: logs_1", ["error pattern-mismatch 2:13-2:19 /DomainName"]),
      LintCase(
        "capital", of: operation, "DomainName: Logs", ["error pattern-mismatch 2:13-2:17 /DomainName"]),
      LintCase("umlaut", of: operation, "DomainName: lögs", ["error pattern-mismatch 2:13-2:17 /DomainName"]),
      LintCase(
        "both limits", of: operation, "DomainName: \(String(repeating: "Ä", count: 29))",
        ["error pattern-mismatch 2:13-2:42 /DomainName", "error too-long 2:13-2:42 /DomainName"]),
    ]
  }

  static let noSchedule = [
    LintCase(
      "ScheduleAt", of: older, "DomainName: logs\nScheduleAt: NOW",
      ["error unknown-parameter 3:1-3:11 /ScheduleAt"]),
    LintCase(
      "DesiredStartTime", of: older, "DomainName: logs\nDesiredStartTime: 1796000400000",
      ["error unknown-parameter 3:1-3:17 /DesiredStartTime"]),
  ]

  static let schedules = [
    start("window", "ScheduleAt: OFF_PEAK_WINDOW"),
    start("now", "ScheduleAt: NOW"),
    start("unknown", "ScheduleAt: LATER", ["error unknown-value 3:13-3:18 /ScheduleAt"]),
    start("with a time", "ScheduleAt: TIMESTAMP\nDesiredStartTime: 1796000400000"),
    start(
      "without a time", "ScheduleAt: TIMESTAMP",
      ["error timestamp-without-desired-start-time 3:13-3:22 /ScheduleAt"]),
    LintCase(
      "without a time, JSON",
      json: """
        {
          "DomainName": "logs-prod",
          "ScheduleAt": "TIMESTAMP"
        }
        """, of: newer, ["error timestamp-without-desired-start-time 3:17-3:28 /ScheduleAt"]),
    start(
      "now with a time", "ScheduleAt: NOW\nDesiredStartTime: 1796000400000",
      ["error desired-start-time-without-timestamp 4:19-4:32 /DesiredStartTime"]),
    start(
      "window with a time", "DesiredStartTime: 1796000400000\nScheduleAt: OFF_PEAK_WINDOW",
      ["error desired-start-time-without-timestamp 3:19-3:32 /DesiredStartTime"]),
    LintCase(
      "now with a time, JSON",
      json: #"{"DomainName":"logs","ScheduleAt":"NOW","DesiredStartTime":1796000400000}"#,
      of: newer, ["error desired-start-time-without-timestamp 1:60-1:73 /DesiredStartTime"]),
    start("time alone", "DesiredStartTime: 1796000400000"),
    start(
      "unknown schedule with a time", "ScheduleAt: LATER\nDesiredStartTime: 1796000400000",
      ["error unknown-value 3:13-3:18 /ScheduleAt"]),
  ]

  // 2026-11-20T12:00:00Z is 1795176000000.
  static let times = [
    start("milliseconds", "DesiredStartTime: 1796000400000"),
    start("with a sign", "DesiredStartTime: +1796000400000"),
    start(
      "seconds", "DesiredStartTime: 1796000400",
      ["warning desired-start-time-in-seconds 3:19-3:29 /DesiredStartTime"]),
    start(
      "seconds in the past", "DesiredStartTime: 1577836800",
      [
        "error desired-start-time-in-past 3:19-3:29 /DesiredStartTime",
        "warning desired-start-time-in-seconds 3:19-3:29 /DesiredStartTime",
      ]),
    start(
      "least of ten digits", "DesiredStartTime: 1000000000",
      [
        "error desired-start-time-in-past 3:19-3:29 /DesiredStartTime",
        "warning desired-start-time-in-seconds 3:19-3:29 /DesiredStartTime",
      ]),
    start(
      "greatest of ten digits", "DesiredStartTime: 9999999999",
      ["warning desired-start-time-in-seconds 3:19-3:29 /DesiredStartTime"]),
    start(
      "nine digits", "DesiredStartTime: 999999999",
      ["error desired-start-time-not-epoch 3:19-3:28 /DesiredStartTime"]),
    start(
      "eleven digits", "DesiredStartTime: 10000000000",
      ["error desired-start-time-not-epoch 3:19-3:30 /DesiredStartTime"]),
    start(
      "twelve digits", "DesiredStartTime: 999999999999",
      ["error desired-start-time-not-epoch 3:19-3:31 /DesiredStartTime"]),
    start(
      "fourteen digits", "DesiredStartTime: 10000000000000",
      ["error desired-start-time-not-epoch 3:19-3:33 /DesiredStartTime"]),
    start(
      "microseconds", "DesiredStartTime: 1796000400000000",
      ["error desired-start-time-not-epoch 3:19-3:35 /DesiredStartTime"]),
    start(
      "a date", "DesiredStartTime: 20261130",
      ["error desired-start-time-not-epoch 3:19-3:27 /DesiredStartTime"]),
    start("zero", "DesiredStartTime: 0", ["error desired-start-time-not-epoch 3:19-3:20 /DesiredStartTime"]),
    start(
      "negative", "DesiredStartTime: -5", ["error desired-start-time-not-epoch 3:19-3:21 /DesiredStartTime"]),
    start(
      "negative with thirteen digits", "DesiredStartTime: -1796000400000",
      ["error desired-start-time-not-epoch 3:19-3:33 /DesiredStartTime"]),
    start(
      "2020", "DesiredStartTime: 1577836800000",
      ["error desired-start-time-in-past 3:19-3:32 /DesiredStartTime"]),
    start(
      "a millisecond ago", "DesiredStartTime: 1795175999999",
      ["error desired-start-time-in-past 3:19-3:32 /DesiredStartTime"]),
    start("a millisecond ahead", "DesiredStartTime: 1795176000001"),
    start("far ahead is no warning", "DesiredStartTime: 1893456000000"),
  ]

  /// Severity info, which a plan shows; the list names rule and place.
  static let infos: [LintCase] = [
    LintCase(
      "es", of: older, "DomainName: logs",
      ["info legacy-operation 2:1-2:11", "info start-time-not-selectable 2:1-2:11"]),
    start(
      "neither", "",
      ["info capacity-not-guaranteed 2:1-2:11", "info schedule-defaults-to-now 2:1-2:11"]),
    start("now", "ScheduleAt: NOW", ["info capacity-not-guaranteed 2:1-2:11"]),
    start("window", "ScheduleAt: OFF_PEAK_WINDOW"),
    start(
      "time alone", "DesiredStartTime: 1796000400000",
      [
        "info capacity-not-guaranteed 2:1-2:11",
        "info schedule-defaults-to-timestamp 3:19-3:32 /DesiredStartTime",
        "info start-may-slip-an-hour 3:19-3:32 /DesiredStartTime",
      ]),
    start(
      "timestamp", "ScheduleAt: TIMESTAMP\nDesiredStartTime: 1796000400000",
      [
        "info capacity-not-guaranteed 2:1-2:11", "info start-may-slip-an-hour 4:19-4:32 /DesiredStartTime",
      ]),
    start(
      "2030", "ScheduleAt: TIMESTAMP\nDesiredStartTime: 1893456000000",
      [
        "info capacity-not-guaranteed 2:1-2:11",
        "info desired-start-time-far-ahead 4:19-4:32 /DesiredStartTime",
        "info start-may-slip-an-hour 4:19-4:32 /DesiredStartTime",
      ]),
    start(
      "365 days", "ScheduleAt: TIMESTAMP\nDesiredStartTime: 1826711999999",
      [
        "info capacity-not-guaranteed 2:1-2:11", "info start-may-slip-an-hour 4:19-4:32 /DesiredStartTime",
      ]),
    start(
      "365 days and a millisecond", "ScheduleAt: TIMESTAMP\nDesiredStartTime: 1826712000001",
      [
        "info capacity-not-guaranteed 2:1-2:11",
        "info desired-start-time-far-ahead 4:19-4:32 /DesiredStartTime",
        "info start-may-slip-an-hour 4:19-4:32 /DesiredStartTime",
      ]),
  ]

  @Test(arguments: names + noSchedule + schedules + times)
  func findings(_ test: LintCase) throws {
    let linted = try Linted(test)
    #expect(linted.lines() == test.expected)
  }

  @Test(arguments: infos)
  func worthKnowing(_ test: LintCase) throws {
    let linted = try Linted(test, severity: .info)
    #expect(linted.lines() == test.expected)
    #expect(linted.result.requests.map(\.verdict) == [.pass])
    #expect(try Linted(test).lines() == [])
  }

  @Test func bothReadingsOfTenDigits() throws {
    let linted = try Linted("# reqlint: \(Self.newer)\nDomainName: logs\nDesiredStartTime: 1796000400\n")
    #expect(
      linted.words(of: "desired-start-time-in-seconds") == [
        "DesiredStartTime 1796000400 has 10 digits: 2026-11-30T01:00:00Z if these are seconds, "
          + "but 1970-01-21T18:53:20.400Z if they are milliseconds | write milliseconds, 13 digits"
      ])
  }

  /// Only the reference time that is given counts, never the clock.
  @Test(arguments: [
    ("2026-11-30T00:59:59Z", []), ("2026-11-30T01:00:00.001Z", ["error desired-start-time-in-past"]),
    ("2026-11-30T01:59:59+01:00", []), ("2099-01-01T00:00:00Z", ["error desired-start-time-in-past"]),
  ])
  func referenceTime(_ now: String, _ expected: [String]) throws {
    let text = SourceText(#"{"DomainName":"logs","DesiredStartTime":1796000400000}"#)
    let linted = try Linted(text, as: .json, operation: Self.newer, now: now)
    #expect(linted.lines() == expected.map { "\($0) 1:41-1:54 /DesiredStartTime" })
  }

  /// Directive, model and rules report side by side.
  @Test func everyFaultAtOnce() throws {
    let linted = try Linted(
      """
      # reqlint: \(Self.newer) region=mars-1 account=12
      DomainName: Lö
      ScheduleAt: NOW
      DesiredStartTime: -1
      Foo: bar
      """)
    #expect(
      linted.lines() == [
        "warning unknown-region 1:57-1:63", "error pattern-mismatch 1:72-1:74",
        "error pattern-mismatch 2:13-2:15 /DomainName", "error too-short 2:13-2:15 /DomainName",
        "error desired-start-time-not-epoch 4:19-4:21 /DesiredStartTime",
        "error desired-start-time-without-timestamp 4:19-4:21 /DesiredStartTime",
        "error unknown-parameter 5:1-5:4 /Foo",
      ])
  }
}
