import Models
import Requests
import Rules
import Syntax
import Testing
import Verdicts

@testable import Linting

/// What comments keep from being held against a file, and what is said of them.
@Suite struct SuppressionTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    /// The directive is line 1, the text begins in line 2.
    let text: String
    /// `LINE:COLUMN RULE: MESSAGE` of those of a suppression, `LINE:COLUMN RULE` of others.
    var found: [String] = []
    /// `LINE RULE | REASON | UNTIL`.
    var suppressed: [String] = []
    var requiresReasons = true
    var severity = Severity.warning

    var testDescription: String { name }
  }

  /// Breaks `too-short` and nothing else.
  private static let short = "DomainName: ab"

  static let cases: [Case] = [
    // Where it holds.
    Case(
      name: "at the end of the line", text: "\(short) # reqlint-ignore: too-short -- legacy",
      suppressed: ["2 too-short | legacy | -"]),
    Case(
      name: "on the line above", text: "ScheduleAt: NOW\n# reqlint-ignore: too-short -- legacy\n\(short)",
      suppressed: ["4 too-short | legacy | -"]),
    Case(
      name: "two lines above, comments between",
      text: "ScheduleAt: NOW\n# reqlint-ignore: too-short -- legacy\n# more\n\(short)",
      suppressed: ["5 too-short | legacy | -"]),
    Case(
      name: "indented", text: "ScheduleAt: NOW\n   #  reqlint-ignore:too-short -- legacy  \n\(short)",
      suppressed: ["4 too-short | legacy | -"]),
    Case(
      name: "in the leading comments, for the document",
      text: "# reqlint-ignore: too-short, unknown-value -- legacy\n\nScheduleAt: LATER\n\(short)",
      suppressed: ["4 unknown-value | legacy | -", "5 too-short | legacy | -"]),
    Case(
      name: "an empty line between does not carry it",
      text: "ScheduleAt: NOW\n# reqlint-ignore: too-short -- legacy\n\n\(short)",
      found: ["3:19 unused-suppression: nothing here breaks too-short", "5:13 too-short"]),
    Case(
      name: "the line below only", text: "\(short)\n# reqlint-ignore: too-short -- legacy",
      found: ["2:13 too-short", "3:19 unused-suppression: nothing here breaks too-short"]),
    Case(
      name: "only the rule that it names", text: "DomainName: 1b # reqlint-ignore: too-short -- legacy",
      found: ["2:13 pattern-mismatch"], suppressed: ["2 too-short | legacy | -"]),
    Case(
      name: "several rules", text: "DomainName: 1b # reqlint-ignore: too-short ,pattern-mismatch -- legacy",
      suppressed: ["2 pattern-mismatch | legacy | -", "2 too-short | legacy | -"]),
    Case(
      name: "two comments for one line",
      text:
        "ScheduleAt: NOW\n# reqlint-ignore: too-short -- above\n\(short) # reqlint-ignore: too-short -- beside",
      suppressed: ["4 too-short | above | -"]),
    Case(
      name: "CRLF", text: "ScheduleAt: NOW\r\n# reqlint-ignore: too-short -- legacy\r\n\(short)\r",
      suppressed: ["4 too-short | legacy | -"]),
    Case(
      name: "in a flow mapping", text: "{\n  DomainName: ab, # reqlint-ignore: too-short -- legacy\n}",
      suppressed: ["3 too-short | legacy | -"]),
    Case(
      name: "hash inside a text is none",
      text: "DomainName: \"ab # reqlint-ignore: too-short -- legacy\"",
      found: ["2:13 pattern-mismatch", "2:13 too-long"]),
    Case(
      name: "in another document",
      text:
        "# reqlint-ignore: too-short -- legacy\nDomainName: abc\n---\n# reqlint: opensearch.StartServiceSoftwareUpdate\n\(short)",
      found: ["2:19 unused-suppression: nothing here breaks too-short", "6:13 too-short"]),
    // Reason and date.
    Case(
      name: "last day to come", text: "\(short) # reqlint-ignore: too-short -- renamed soon until 2026-11-21",
      suppressed: ["2 too-short | renamed soon | 2026-11-21"]),
    Case(
      name: "today is the last day", text: "\(short) # reqlint-ignore: too-short -- x until 2026-11-20",
      suppressed: ["2 too-short | x | 2026-11-20"]),
    Case(
      name: "expired", text: "\(short) # reqlint-ignore: too-short -- x until 2026-11-19",
      found: ["2:13 too-short", "2:55 expired-suppression: suppression ended on 2026-11-19"]),
    Case(
      name: "brackets of the manual", text: "\(short) # reqlint-ignore: too-short -- x [until 2027-01-31]",
      suppressed: ["2 too-short | x | 2027-01-31"]),
    Case(
      name: "prose behind until", text: "\(short) # reqlint-ignore: too-short -- wait until Monday",
      found: [
        "2:13 too-short", "2:58 unknown-suppression: until is followed by \"Monday\", which is not a day",
      ]),
    Case(
      name: "nothing behind until", text: "\(short) # reqlint-ignore: too-short -- x until",
      found: ["2:13 too-short", "2:49 unknown-suppression: until is not followed by a day"]),
    Case(
      name: "a day within the reason",
      text: "\(short) # reqlint-ignore: too-short -- old, until 2027-01-31 (OPS-12)",
      suppressed: ["2 too-short | old, until 2027-01-31 (OPS-12) | 2027-01-31"]),
    Case(
      name: "a day within the reason, over",
      text: "\(short) # reqlint-ignore: too-short -- old, until 2020-01-01 (OPS-12)",
      found: ["2:13 too-short", "2:58 expired-suppression: suppression ended on 2020-01-01"]),
    Case(
      name: "until with a colon", text: "\(short) # reqlint-ignore: too-short -- x, UNTIL: 2020-01-01, y",
      found: ["2:13 too-short", "2:57 expired-suppression: suppression ended on 2020-01-01"]),
    Case(
      name: "until before the reason", text: "\(short) # reqlint-ignore: too-short until 2020-01-01 -- x",
      found: ["2:13 too-short", "2:50 expired-suppression: suppression ended on 2020-01-01"]),
    Case(
      name: "until before the reason and in it",
      text: "\(short) # reqlint-ignore: too-short until 2027-01-01 -- x until 2027-01-01",
      found: ["2:13 too-short", "2:66 unknown-suppression: until is given twice"]),
    Case(
      name: "two days", text: "\(short) # reqlint-ignore: too-short -- x until 2027-01-01 until 2027-02-01",
      found: ["2:13 too-short", "2:66 unknown-suppression: until is given twice"]),
    Case(
      name: "another word before a day", text: "\(short) # reqlint-ignore: too-short -- accepted 2026-01-01",
      suppressed: ["2 too-short | accepted 2026-01-01 | -"]),
    Case(
      name: "a part of another word", text: "\(short) # reqlint-ignore: too-short -- untilled land",
      suppressed: ["2 too-short | untilled land | -"]),
    Case(
      name: "a date alone is no reason", text: "\(short) # reqlint-ignore: too-short -- until 2027-01-31",
      found: ["2:18 suppression-without-reason: suppression gives no reason"],
      suppressed: ["2 too-short | - | 2027-01-31"]),
    Case(
      name: "no reason", text: "\(short) # reqlint-ignore: too-short until 2027-01-31",
      found: ["2:18 suppression-without-reason: suppression gives no reason"],
      suppressed: ["2 too-short | - | 2027-01-31"]),
    Case(
      name: "no reason wanted", text: "\(short) # reqlint-ignore: too-short",
      suppressed: ["2 too-short | - | -"], requiresReasons: false),
    Case(
      name: "no day of the calendar", text: "\(short) # reqlint-ignore: too-short -- x until 2027-02-29",
      found: [
        "2:13 too-short",
        "2:55 unknown-suppression: until is followed by \"2027-02-29\", which is not a day",
      ]),
    // Unknown and malformed.
    Case(
      name: "unknown rule", text: "\(short) # reqlint-ignore: to-short -- legacy",
      found: ["2:13 too-short", "2:34 unknown-suppression: there is no rule \"to-short\""]),
    Case(
      name: "one unknown of two", text: "\(short) # reqlint-ignore: nope, too-short -- legacy",
      found: ["2:34 unknown-suppression: there is no rule \"nope\""],
      suppressed: ["2 too-short | legacy | -"]),
    Case(
      name: "no colon", text: "\(short) # reqlint-ignore too-short -- legacy",
      found: [
        "2:13 too-short", "2:18 unknown-suppression: suppression has no colon behind reqlint-ignore",
      ]),
    Case(
      name: "no rule", text: "\(short) # reqlint-ignore: -- legacy",
      found: ["2:13 too-short", "2:18 unknown-suppression: suppression names no rule"]),
    Case(
      name: "no dashes", text: "\(short) # reqlint-ignore: too-short legacy name",
      found: [
        "2:13 too-short",
        "2:44 unknown-suppression: suppression goes on with \"legacy\" behind a rule",
      ]),
    Case(
      name: "another word", text: "\(short) # reqlint-ignored: too-short -- legacy",
      found: ["2:13 too-short", "2:18 unknown-suppression: there is no directive reqlint-ignored"]),
    Case(
      name: "the word of another linter", text: "\(short) # reqlint-disable-line: too-short",
      found: ["2:13 too-short", "2:18 unknown-suppression: there is no directive reqlint-disable-line"]),
    Case(
      name: "the name of a hook", text: "\(short) # reqlint-system looks at this", found: ["2:13 too-short"]),
    Case(
      name: "prose", text: "\(short) # see reqlint-ignore: too-short -- legacy", found: ["2:13 too-short"]),
    Case(
      name: "what was not checked stays told",
      text: "DomainName: abc # reqlint-ignore: syntax-error -- legacy",
      found: ["2:35 unknown-suppression: syntax-error cannot be suppressed by a comment"]),
    Case(
      name: "a suppression is not suppressed",
      text: "DomainName: abc # reqlint-ignore: unused-suppression -- x",
      found: ["2:35 unknown-suppression: unused-suppression cannot be suppressed by a comment"]),
    Case(
      name: "Until with a capital", text: "\(short) # reqlint-ignore: too-short -- x Until 2026-11-19",
      found: ["2:13 too-short", "2:55 expired-suppression: suppression ended on 2026-11-19"]),
    // What is not looked at is not unused.
    Case(
      name: "an info, below the bar",
      text: "DomainName: abc # reqlint-ignore: schedule-defaults-to-now -- fine"),
    Case(
      name: "an info, asked for", text: "DomainName: abc # reqlint-ignore: schedule-defaults-to-now -- fine",
      found: ["2:1 capacity-not-guaranteed"],
      suppressed: ["2 schedule-defaults-to-now | fine | -"], severity: .info),
    Case(
      name: "rules of the plan",
      text: "DomainName: abc # reqlint-ignore: domain-processing, domain-updated-twice, no-endpoint -- fine"),
    Case(
      name: "preconditions and conflicts of the plan",
      text: "DomainName: abc # reqlint-ignore: stale-snapshot, circular-order -- fine"),
  ]

  @Test(arguments: cases)
  func comments(_ test: Case) throws {
    let text = SourceText("# reqlint: opensearch.StartServiceSoftwareUpdate\n\(test.text)\n")
    let result = try lint(text, test)
    let lines = LineIndex(text)
    let found = result.findings.map { finding in
      let place = lines.position(of: finding.span.start)
      let isOwn = finding.rule.contains("suppression")
      return "\(place.line):\(place.column) \(finding.rule)" + (isOwn ? ": \(finding.message)" : "")
    }
    let suppressed = result.suppressed.map { finding in
      let said = finding.suppression
      return
        "\(lines.position(of: finding.span.start).line) \(finding.rule) | \(said?.reason ?? "-") | \(said?.until ?? "-")"
    }
    #expect(found == test.found)
    #expect(suppressed == test.suppressed)
    let isClean = !result.findings.contains { $0.severity == .error && $0.request == 0 }
    #expect(result.requests.first?.verdict == (isClean ? .pass : .fail))
  }

  private func lint(_ text: SourceText, _ test: Case) throws -> FileResult {
    var options = LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z")))
    options.requiresReasons = test.requiresReasons
    options.minimumSeverity = test.severity
    return lint(text, options)
  }

  private func lint(
    _ text: SourceText, _ options: LintOptions, suppressions: [ConfiguredSuppression] = [],
    baseline: [FindingKey: Int] = [:]
  ) -> FileResult {
    let linter = Linter(Workbench(.builtIn), rules: RuleBook.builtInFiles, options: options)
    let file = RequestFile(
      path: "a.yaml", parts: ["a.yaml"], text: text, notation: .yaml, isDiscovered: false,
      suppressions: suppressions, baseline: baseline)
    return linter.lint(file)
  }

  /// Days that are not written as `until 2027-01-31`, with what the message quotes of them.
  @Test(arguments: [
    ("until 2027/01/31", "2027/01/31"), ("until 31.01.2027", "31.01.2027"), ("until 2027-1-31", "2027-1-31"),
    ("until January 2027", "January"), ("until the 2027-01-31", "the"), ("until 2027-02-30", "2027-02-30"),
    ("until 0000-01-01", "0000-01-01"), ("until 2027-01-31T12:00Z", "2027-01-31T12:00Z"),
    ("until ２０２７-０１-３１", "２０２７-０１-３１"), ("until2027", "2027"), ("until (2027-01-31)", "(2027-01-31)"),
    ("not announced yet until further notice", "further"), ("Until\u{A0}2027-01-31", "\u{A0}2027-01-31"),
    ("until 2027-01-310", "2027-01-310"), ("until :: 2027-01-31", ":"),
  ])
  func daysThatAreNotRead(_ reason: String, _ word: String) throws {
    let text = SourceText(
      "# reqlint: opensearch.StartServiceSoftwareUpdate\n\(Self.short) # reqlint-ignore: too-short -- \(reason)\n"
    )
    let result = lint(text, LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z"))))
    #expect(result.findings.map(\.rule) == ["too-short", "unknown-suppression"])
    #expect(result.findings.last?.message == "until is followed by \(quote(word)), which is not a day")
    #expect(result.findings.last?.severity == .error)
  }

  @Test(arguments: [
    "until 2027-01-31", "until 2027-01-31, x", "(until 2027-01-31)", "[until: 2027-01-31]",
    "UNTIL\t2027-01-31; x",
    "until:2027-01-31.", "x\u{2014}until 2027-01-31!",
  ])
  func daysThatAreRead(_ reason: String) throws {
    let clause = try #require(try UntilClause(in: Array(reason.utf8)[...]))
    #expect(clause.day == "2027-01-31")
  }

  @Test(arguments: [
    ("untill 2020-01-01", "untill"), ("x, unitl: 2020-01-01", "unitl"), ("_until_ 2020-01-01", "_until_"),
    ("expires 2020-01-01", "expires"), ("till 2020-01-01", "till"), ("UNTLI=2020-01-01", "UNTLI"),
    ("expires on 2020-01-01", "expires"), ("valid through 2020-01-01, then remove", "through"),
    ("the last day: 2020-01-01", "last"), ("remove after 2020-01-01", "remove"), ("bis 2020-01-01", "bis"),
    ("\u{FF55}\u{FF4E}\u{FF54}\u{FF49}\u{FF4C} 2020-01-01", "\u{FF55}\u{FF4E}\u{FF54}\u{FF49}\u{FF4C}"),
  ])
  func untilMisspelt(_ reason: String, _ word: String) throws {
    let fault = try #require(throws: UntilClause.Fault.self) {
      try UntilClause(in: Array(reason.utf8)[...])
    }
    #expect(fault.message == "\(quote(word)) before a day is not until")
  }

  @Test func twoDays() throws {
    let fault = try #require(throws: UntilClause.Fault.self) {
      try UntilClause(in: Array("ok until 2027-01-01 or 2020-01-01".utf8)[...])
    }
    #expect(fault.message == "until is followed by two days")
    #expect(fault.range == 23..<33)
  }

  @Test(arguments: [
    "since 2020-01-01", "last seen by Bob of team A on 2020-01-01", "v2020-01-01",
    "decided by unit 2020-01-01", "2020-01-01",
    "untilled", "until_x", "not-a-word", "un til", "",
  ])
  func otherWords(_ reason: String) throws {
    #expect(try UntilClause(in: Array(reason.utf8)[...]) == nil)
  }

  // MARK: Configuration

  @Test(arguments: [
    ("/DomainName", true), ("", true), ("/Domain", false), ("/DomainName/x", false),
  ])
  func configured(_ pointer: String, _ isSuppressed: Bool) throws {
    let suppression = ConfiguredSuppression(
      number: 3, rule: "too-short", pointer: JSONPointer(parsing: pointer),
      suppression: Suppression(origin: .configuration, reason: "legacy"))
    let options = LintOptions(now: Instant(milliseconds: 0))
    let text = SourceText("# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: ab\n")
    let result = lint(text, options, suppressions: [suppression])
    #expect(result.findings.map(\.rule) == (isSuppressed ? [] : ["too-short"]))
    #expect(result.suppressed.map(\.rule) == (isSuppressed ? ["too-short"] : []))
    #expect(result.usedSuppressions == (isSuppressed ? [3] : []))
    #expect(result.requests.map(\.verdict) == [isSuppressed ? .pass : .fail])
  }

  // MARK: Levels

  @Test func levelsTakeThePlaceOfSeverities() throws {
    var options = LintOptions(now: Instant(milliseconds: 0))
    options.levels = RuleLevels([
      "too-short": .off, "pattern-mismatch": .severity(.warning),
      "schedule-defaults-to-now": .severity(.error),
    ])
    let text = SourceText("# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: 1\n")
    let result = lint(text, options)
    #expect(
      result.findings.map { "\($0.severity) \($0.rule)" } == [
        "error schedule-defaults-to-now", "error wrong-type",
      ])
    let quoted = SourceText("# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: \"1\"\n")
    #expect(
      lint(quoted, options).findings.map { "\($0.severity) \($0.rule)" } == [
        "error schedule-defaults-to-now", "warning pattern-mismatch",
      ])
  }

  // MARK: Cost

  struct CostCase: CustomTestStringConvertible {
    let name: String
    let text: String
    let requests: Int

    var testDescription: String { name }
  }

  static let costs: [CostCase] = [
    CostCase(
      name: "many documents",
      text: String(
        repeating:
          "service: nope\noperation: X # reqlint-ignore: unknown-service -- x\nparameters: {}\n---\n",
        count: 5000), requests: 5000),
    CostCase(
      name: "many comments above one line",
      text: "service: es\noperation: CreatePackage\n"
        + String(repeating: "# reqlint-ignore: missing-parameter -- x\n", count: 50_000)
        + "parameters: {a: 1}\n",
      requests: 1),
    CostCase(
      name: "many comments, each for a line of its own",
      text: "service: es\noperation: CreatePackage\nparameters:\n"
        + String(repeating: "  a: 1 # reqlint-ignore: duplicate-key, unknown-parameter -- x\n", count: 20_000),
      requests: 1),
    CostCase(
      name: "many unknown rules",
      text: "service: es\noperation: CreatePackage\nparameters:\n"
        + (0..<20_000).map { "  a\($0): 1 # reqlint-ignore: nope-\($0)\n" }.joined(), requests: 1),
    CostCase(
      name: "many rules in one comment",
      text: "service: es\noperation: CreatePackage\nparameters: {a: 1} # reqlint-ignore: "
        + String(repeating: "too-long,", count: 50_000) + "\n", requests: 1),
  ]

  @Test(.timeLimit(.minutes(1)), arguments: costs)
  func takesLinearTime(_ test: CostCase) throws {
    let result = lint(SourceText(test.text), LintOptions(now: Instant(milliseconds: 0)))
    #expect(result.requests.count == test.requests)
  }
}
