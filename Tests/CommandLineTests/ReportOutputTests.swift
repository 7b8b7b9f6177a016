import Foundation
import TestSupport
import Testing

/// Where findings go: formats, files, a job's log and summary.
@Suite struct ReportOutputTests {
  private static let bad =
    "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: LOGS\nScheduleAt: LATER\n"
  private static let good = "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: logs\n"
  private static let formats = [
    "text", "json", "junit", "junit-strict", "sarif", "github", "gitlab", "rdjsonl",
  ]

  /// Runs in a folder that holds `a.yaml`, with two findings.
  private static func run(
    _ line: String, in scratch: Scratch, environment: [String: String] = [:]
  ) throws -> Invocation {
    try scratch.write("a.yaml", bad)
    return try Invocation(
      line.split(separator: " ").map { String($0) }, in: scratch.folder, environment: environment)
  }

  // MARK: What is printed

  @Test func quietPrintsFindingsAndNothingElse() throws {
    try withScratch { scratch in
      let full = try Self.run("lint a.yaml", in: scratch)
      let quiet = try Self.run("lint --quiet a.yaml", in: scratch)
      let last = "1 request in 1 file: 2 errors, 0 warnings\n"
      #expect(full.output.hasSuffix("\n\n\(last)"))
      #expect(quiet.output == String(full.output.dropLast(last.count)))
      #expect(quiet.status == 1)
      #expect(quiet.errors.isEmpty)
    }
  }

  @Test func quietKeepsFaults() throws {
    try withScratch { scratch in
      let result = try Self.run("lint --quiet gone.yaml", in: scratch)
      #expect(result.errors == "reqlint: gone.yaml: cannot be read: No such file or directory\n")
      #expect(result.status == 2)
      try scratch.write("b.yaml", Self.good)
      let good = try Self.run("lint --quiet b.yaml", in: scratch)
      #expect(good.output.isEmpty)
      #expect(good.status == 0)
    }
  }

  @Test(arguments: formats)
  func statisticsGoWhereTheyBreakNoReport(_ format: String) throws {
    try withScratch { scratch in
      let plain = try Self.run("lint --format \(format) --now \(referenceTime) a.yaml", in: scratch)
      let counted = try Self.run(
        "lint --format \(format) --statistics --now \(referenceTime) a.yaml", in: scratch)
      let table = "1  error         pattern-mismatch\n1  error         unknown-value\n"
      #expect(counted.output == plain.output + (format == "text" ? table : ""))
      #expect(counted.errors == (format == "text" ? "" : table))
    }
  }

  @Test(arguments: [
    ("lint --exit-zero a.yaml", Int32(0)), ("lint --exit-zero --fail-level info a.yaml", 0),
    ("lint --exit-zero gone.yaml", 2), ("lint --exit-zero a.yaml gone.yaml", 2), ("lint a.yaml", 1),
    ("lint --exit-zero --report sarif=missing/r.sarif a.yaml", 2),
    ("lint --exit-zero --format none a.yaml", 2),
  ])
  func exitZeroHidesFindingsAndNoFault(_ line: String, _ status: Int32) throws {
    try withScratch { scratch in
      let result = try Self.run(line, in: scratch)
      #expect(result.status == status)
    }
  }

  @Test func noProgressIsShownWhereThereIsNoTerminal() throws {
    try withScratch { scratch in
      for index in 0..<50 { try scratch.write("\(index).yaml", Self.good) }
      let result = try Invocation("lint .", in: scratch.folder)
      #expect(result.errors.isEmpty)
      #expect(result.status == 0)
    }
  }

  // MARK: Reports

  @Test func everyFormatIsWrittenInOnePass() throws {
    try withScratch { scratch in
      let reports = Self.formats.map { "--report \($0)=out/\($0)" }.joined(separator: " ")
      try scratch.write("out/keep", "")
      let result = try Self.run("lint \(reports) --now \(referenceTime) a.yaml", in: scratch)
      #expect(result.status == 1)
      for format in Self.formats {
        let alone = try Self.run("lint --format \(format) --now \(referenceTime) a.yaml", in: scratch)
        #expect(try scratch.read("out/\(format)") == alone.output)
      }
    }
  }

  @Test func sarifDescribesTheRulesThatOccur() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.good + "DesiredStartTime: 1796090400000\nScheduleAt: NOW\n")
      let result = try Invocation("lint --format sarif --now \(referenceTime) a.yaml", in: scratch.folder)
      let run = try #require((try result.json()["runs"] as? [[String: Any]])?.first)
      let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
      let rules = try #require(driver?["rules"] as? [[String: Any]])
      #expect(rules.compactMap { $0["id"] as? String } == ["desired-start-time-without-timestamp"])
      #expect(
        (rules.first?["help"] as? [String: String])?["text"]?.contains("hint: remove DesiredStartTime")
          == true)
      #expect((rules.first?["helpUri"] as? String)?.hasPrefix("https://docs.aws.amazon.com/") == true)
    }
  }

  @Test(arguments: ["json", "sarif", "gitlab", "rdjsonl"])
  func aReportOfAnEarlierRunMayBeWrittenAgain(_ format: String) throws {
    try withScratch { scratch in
      let line = "lint --report \(format)=report.json --exit-zero ."
      for content in [Self.bad, Self.good] {
        try scratch.write("a.yaml", content)
        for _ in 0..<2 {
          let result = try Invocation(line, in: scratch.folder)
          #expect(result.errors.isEmpty)
          #expect(result.status == 0)
        }
        try FileManager.default.removeItem(at: scratch.folder.appending(path: "report.json"))
      }
    }
  }

  struct PathCase: CustomTestStringConvertible, Sendable {
    let path: String
    let message: String
    var testDescription: String { path }
  }

  @Test(
    arguments: [
      PathCase(path: "missing/report", message: "No such file or directory"),
      PathCase(path: "folder", message: "Is a directory"),
      PathCase(path: "a.yaml/report", message: "Not a directory"),
      PathCase(path: "/dev/full", message: "No space left on device"),
      PathCase(path: "/proc/report", message: "No such file or directory"),
    ], formats)
  func aReportThatCannotBeWrittenKeepsNoOtherFromBeingWritten(_ test: PathCase, _ format: String) throws {
    try withScratch { scratch in
      try scratch.write("folder/keep", "")
      let result = try Self.run(
        "lint --report json=before.out --report \(format)=\(test.path) --report sarif=after.out a.yaml",
        in: scratch)
      #expect(result.status == 2)
      #expect(result.errors == "reqlint: \(test.path): cannot be written: \(test.message)\n")
      #expect(result.output.hasSuffix("2 errors, 0 warnings\n"))
      #expect(try scratch.read("before.out").hasSuffix("}\n"))
      #expect(try scratch.read("after.out").hasSuffix("}\n"))
      let left = try FileManager.default.subpathsOfDirectory(atPath: scratch.folder.path).sorted()
      #expect(left == ["a.yaml", "after.out", "before.out", "folder", "folder/keep"])
    }
  }

  @Test(arguments: formats)
  func aFullStandardOutputIsAFault(_ format: String) throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.bad)
      let result = try Invocation(
        shell: "lint --format \(format) --report json=r.out a.yaml > /dev/full", in: scratch.folder)
      #expect(result.status == 2)
      #expect(result.errors == "reqlint: <stdout>: cannot be written: No space left on device\n")
      #expect(try scratch.read("r.out").hasSuffix("}\n"))
    }
  }

  // MARK: GitHub

  @Test func textOnGitHubAddsAnnotationsAndASummary() throws {
    try withScratch { scratch in
      try scratch.write("summary", "before\n")
      let plain = try Self.run("lint --quiet a.yaml", in: scratch)
      let result = try Self.run(
        "lint a.yaml", in: scratch,
        environment: [
          "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": scratch.folder.appending(path: "summary").path,
        ])
      #expect(result.output.hasPrefix(plain.output))
      let commands = result.output.dropFirst(plain.output.count).split(separator: "\n")
      #expect(
        commands.map { $0.prefix { $0 != "[" } } == [
          "::error file=a.yaml,line=2,endLine=2,col=13,endColumn=17,title=error ",
          "::error file=a.yaml,line=3,endLine=3,col=13,endColumn=18,title=error ",
          "reqlint: 1 request in 1 file: 2 errors, 0 warnings",
        ])
      let summary = try scratch.read("summary")
      #expect(summary.hasPrefix("before\n\n### reqlint: 2 errors\n\n"))
      #expect(summary.contains("| error | `a.yaml:2:13` | `pattern-mismatch` | "))
      #expect(result.status == 1)
    }
  }

  struct PlatformCase: CustomTestStringConvertible, Sendable {
    let name: String
    let arguments: String
    let environment: [String: String]
    let hasAnnotations: Bool
    let hasSummary: Bool
    var testDescription: String { name }
  }

  @Test(arguments: [
    PlatformCase(
      name: "text, not on GitHub", arguments: "", environment: ["GITHUB_STEP_SUMMARY": "summary"],
      hasAnnotations: false, hasSummary: false),
    PlatformCase(
      name: "text, GITHUB_ACTIONS is something else", arguments: "",
      environment: ["GITHUB_ACTIONS": "false", "GITHUB_STEP_SUMMARY": "summary"], hasAnnotations: false,
      hasSummary: false),
    PlatformCase(
      name: "text without a summary file", arguments: "", environment: ["GITHUB_ACTIONS": "true"],
      hasAnnotations: true, hasSummary: false),
    PlatformCase(
      name: "text with an empty name of a summary file", arguments: "",
      environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": ""], hasAnnotations: true,
      hasSummary: false),
    PlatformCase(
      name: "json is only json", arguments: "--format json",
      environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "summary"], hasAnnotations: false,
      hasSummary: false),
    PlatformCase(
      name: "github", arguments: "--format github", environment: ["GITHUB_STEP_SUMMARY": "summary"],
      hasAnnotations: true, hasSummary: true),
    PlatformCase(
      name: "github as a file", arguments: "--format json --report github=r.out",
      environment: ["GITHUB_STEP_SUMMARY": "summary"], hasAnnotations: false, hasSummary: true),
  ])
  func gitHubIsMetWhereItShowsSomething(_ test: PlatformCase) throws {
    try withScratch { scratch in
      let result = try Self.run("lint \(test.arguments) a.yaml", in: scratch, environment: test.environment)
      #expect(result.status == 1)
      #expect(result.output.contains("::error file=a.yaml") == test.hasAnnotations)
      let summary = scratch.folder.appending(path: "summary")
      #expect(FileManager.default.fileExists(atPath: summary.path) == test.hasSummary)
    }
  }

  @Test func aSummaryThatCannotBeWrittenIsAFault() throws {
    try withScratch { scratch in
      let result = try Self.run(
        "lint --format github --report json=r.out a.yaml", in: scratch,
        environment: ["GITHUB_STEP_SUMMARY": "missing/summary"])
      #expect(result.status == 2)
      #expect(result.errors == "reqlint: missing/summary: cannot be written: No such file or directory\n")
      #expect(result.output.contains("::error file=a.yaml"))
      #expect(try scratch.read("r.out").hasSuffix("}\n"))
    }
  }

  @Test func hostileNamesStartNoCommand() throws {
    try withScratch { scratch in
      let names = [
        "::add-mask::x.yaml", "a\n::stop-commands::x.yaml", "b ##[group]##vso[task.setvariable]x.yaml",
      ]
      for name in names { try scratch.write(name, Self.bad) }
      let result = try Invocation("lint .", in: scratch.folder)
      #expect(!result.output.contains("##["))
      #expect(!result.output.contains("##vso["))
      #expect(result.output.contains("./::add-mask::x.yaml:2:13: error: "))
      #expect(
        !result.output.split(separator: "\n").contains { $0.drop(while: \.isWhitespace).hasPrefix("::") })
      let gitHub = try Invocation("lint --format github .", in: scratch.folder)
      let lines = gitHub.output.split(separator: "\n")
      #expect(lines.count == 7)
      #expect(lines.dropLast().allSatisfy { $0.hasPrefix("::error file=") })
      #expect(lines.last == "reqlint: 3 requests in 3 files: 6 errors, 0 warnings")
    }
  }

  // MARK: Where outputs meet

  struct MeetingCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let options: String
    let error: String
  }

  static let meetings = [
    MeetingCase(
      testDescription: "two reports", options: "--report sarif=o --report junit=./o",
      error: "./o: two outputs would go to this file"),
    MeetingCase(
      testDescription: "two reports by a link", options: "--report sarif=link/o --report junit=o",
      error: "o: two outputs would go to this file"),
    MeetingCase(
      testDescription: "a report and a new baseline", options: "--report json=o --write-baseline o",
      error: "o: two outputs would go to this file"),
    MeetingCase(
      testDescription: "a report over a baseline", options: "--baseline base.json --report json=base.json",
      error: "base.json: a report would overwrite a file that is to be read"),
    MeetingCase(
      testDescription: "standard output", options: "--report json=-",
      error: "--report \"json=-\" names no file; --format decides what goes to standard output"),
  ]

  @Test(arguments: meetings)
  func noOutputTakesTheRoomOfAnother(_ test: MeetingCase) throws {
    try withScratch { scratch in
      let baseline = "[{\"format\": \"reqlint-baseline/1\"}]\n"
      try scratch.write("base.json", baseline)
      try FileManager.default.createSymbolicLink(
        atPath: scratch.folder.appending(path: "link").path, withDestinationPath: ".")
      let result = try Self.run("lint \(test.options) a.yaml", in: scratch)
      #expect(result.status == 2)
      #expect(result.output == "")
      #expect(result.errors == "reqlint: \(test.error)\n")
      #expect(!FileManager.default.fileExists(atPath: scratch.folder.appending(path: "o").path))
      #expect(try scratch.read("base.json") == baseline)
    }
  }

  @Test func devicesTakeSeveralReports() throws {
    try withScratch { scratch in
      let result = try Self.run("lint --report json=/dev/null --report sarif=/dev/null a.yaml", in: scratch)
      #expect(result.status == 1)
      #expect(result.errors == "")
    }
  }

  /// Nothing checked must not look like nothing found, or alerts would be closed.
  @Test func sarifTellsThatNothingWasChecked() throws {
    try withScratch { scratch in
      try scratch.write("empty/a.txt", "")
      let result = try Self.run("lint --format sarif empty", in: scratch)
      #expect(result.status == 2)
      let run = try #require((try result.json()["runs"] as? [[String: Any]])?.first)
      let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
      #expect(invocation["executionSuccessful"] as? Bool == false)
      let notes = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
      #expect(
        notes.map { ($0["message"] as? [String: String])?["text"] } == [
          "no request found; 0 files passed over"
        ])
      let handedOver = try Self.run("lint --skip-unbound --format sarif empty", in: scratch)
      #expect(handedOver.status == 0)
      #expect(handedOver.output.contains("\"executionSuccessful\": true"))
    }
  }

  @Test func namesAreNoCommandsOnStandardError() throws {
    try withScratch { scratch in
      for name in ["##vso[task.setvariable]a.yaml", "::error::b.yaml", "c\u{1B}[2J.yaml"] {
        try FileManager.default.createSymbolicLink(
          atPath: scratch.folder.appending(path: name).path, withDestinationPath: "nowhere")
      }
      let result = try Self.run("lint .", in: scratch)
      #expect(result.status == 2)
      #expect(result.errors.contains("##vso\\u{5B}task.setvariable]a.yaml: cannot be read"))
      #expect(!result.errors.contains("##vso["))
      #expect(!result.errors.contains("\u{1B}"))
    }
  }
}
