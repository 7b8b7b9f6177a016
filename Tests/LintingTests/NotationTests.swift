import Linting
import Models
import Requests
import Syntax
import Testing
import Verdicts

/// Values that tools read differently, and encodings.
@Suite struct NotationTests {
  private static let alarms = "cloudwatch.DescribeAlarms"
  private static let metric = "cloudwatch.PutMetricAlarm"
  private static let statistics = "cloudwatch.GetMetricStatistics"

  /// A value of a string, and what is said of it; `nil` for what all readers take for the same text.
  static let texts: [(written: String, words: String?)] = [
    (
      "=",
      "is the string \"=\" to some YAML readers; PyYAML and the AWS CLI's ruamel.yaml refuse it | quote it"
    ),
    (
      "<<",
      "is the string \"<<\" to some YAML readers; PyYAML and the AWS CLI's ruamel.yaml refuse it | quote it"
    ),
    ("0X1F", "is the string \"0X1F\" to PyYAML, a number to other YAML readers such as go-yaml | quote it"),
    ("+0o7", "is the string \"+0o7\" to PyYAML, a number to other YAML readers such as go-yaml | quote it"),
    ("1e1_0", "is the string \"1e1_0\" to PyYAML, a number to other YAML readers such as go-yaml | quote it"),
    ("08_1", "is the string \"08_1\" to PyYAML, a number to other YAML readers such as go-yaml | quote it"),
    (
      "2026-1-1",
      "is the string \"2026-1-1\" to PyYAML, a time to other YAML readers such as go-yaml | quote it"
    ),
    (
      "0b1",
      "is the string \"0b1\" to a YAML 1.2 reader, the integer 1 to a YAML 1.1 reader such as PyYAML | quote it"
    ),
    (
      "! 1",
      "is the string \"1\" to a YAML 1.2 reader, the integer 1 to a YAML 1.1 reader such as PyYAML"
        + " | quote it and remove the !"
    ),
    (
      "! \"yes\"",
      "is the string \"yes\" to a YAML 1.2 reader, the boolean true to a YAML 1.1 reader such as PyYAML"
        + " | quote it and remove the !"
    ),
    ("! x", nil), ("_1", nil), ("1.2.3", nil), ("10.0.0.1", nil), ("0x", nil), ("0O8", nil), ("0B2", nil),
    ("a_1", nil), ("+", nil), ("<", nil), ("==", nil), ("<<<", nil), ("1-2-3", nil), ("2026-123-1", nil),
    ("'='", nil), ("!!str =", nil), ("y", nil), ("N", nil), ("\"\\N\"", nil),
  ]

  @Test(arguments: texts) func text(_ test: (written: String, words: String?)) throws {
    let linted = try Linted("# reqlint: \(Self.alarms)\nAlarmNames:\n- \(test.written)\n")
    #expect(linted.words(of: "ambiguous-scalar") == (test.words.map { ["AlarmNames.0 \($0)"] } ?? []))
    #expect(linted.result.findings.count == (test.words == nil ? 0 : 1))
  }

  static let cases: [LintCase] = [
    LintCase(
      "tab before a comment", of: alarms, "AlarmNames:\n- a\t# b",
      ["warning ambiguous-scalar 3:3-3:4 /AlarmNames/0"]),
    LintCase(
      "next line", of: alarms, "AlarmNames:\n- \"a\u{85}b\"",
      ["warning ambiguous-scalar 3:3-3:8 /AlarmNames/0"]),
    LintCase(
      "line separator in a comment", of: alarms, "# a\u{2028}AlarmNames: [a]",
      ["warning ambiguous-scalar 2:4-2:5"]),
    LintCase(
      "mark inside a stream", of: alarms,
      "AlarmNames: [a]\n---\n\u{FEFF}# reqlint: \(alarms)\nAlarmNames: [b]",
      ["error invalid-encoding 4:1-4:2"]),
    LintCase("mark before YAML", file: "\u{FEFF}# reqlint: \(alarms)\nAlarmNames: [a]\n"),
    LintCase(
      "mark before JSON", json: "\u{FEFF}{\"AlarmNames\": [\"a\"],\n\"Alarm\": 1}", of: alarms,
      ["error invalid-encoding 1:1-1:1", "error unknown-parameter 2:1-2:8 /Alarm"]),
    LintCase(
      "mark before broken JSON", json: "\u{FEFF}{", of: alarms,
      ["error invalid-encoding 1:1-1:1", "error syntax-error 1:2-1:2"]),
    LintCase(
      "mark inside JSON", json: "{\"AlarmNames\": \u{FEFF}[]}", of: alarms, ["error syntax-error 1:16-1:17"]),
  ]

  @Test(arguments: cases) func found(_ test: LintCase) throws {
    #expect(try Linted(test).lines() == test.expected)
  }

  static let numbers: [(written: String, words: [String])] = [
    (".inf", ["Threshold is not a finite number, which JSON cannot hold"]),
    ("-.Inf", ["Threshold is not a finite number, which JSON cannot hold"]),
    (".NAN", ["Threshold is not a finite number, which JSON cannot hold"]),
    ("1.0e+400", ["Threshold is too large for a double and becomes infinite, which JSON cannot hold"]),
    ("1.0e+308", []), ("1.5", []), ("-0", []), ("!!int 10", []), ("!!float 1.5", []), ("!!int 0x1F", []),
    (
      "!!int 010",
      ["Threshold is the integer 10 to a YAML 1.2 reader, the integer 8 to a YAML 1.1 reader such as PyYAML"]
    ),
    (
      "!!int \"020\"",
      ["Threshold is the integer 20 to a YAML 1.2 reader, the integer 16 to a YAML 1.1 reader such as PyYAML"]
    ),
    (
      "!!int 0b11",
      [
        "Threshold is the integer 3 to a reader that knows the words and numbers of YAML 1.1; others may refuse it"
      ]
    ),
    (
      "! 1",
      [
        "Threshold is the string \"1\" to a YAML 1.2 reader, the integer 1 to a YAML 1.1 reader such as PyYAML"
      ]
    ),
  ]

  @Test(arguments: numbers) func number(_ test: (written: String, words: [String])) throws {
    let linted = try Linted(
      "# reqlint: \(Self.metric)\nAlarmName: a\nEvaluationPeriods: 1\n"
        + "ComparisonOperator: GreaterThanThreshold\nThreshold: \(test.written)\n")
    #expect(linted.messages == test.words)
    let rules = test.words.map { $0.hasSuffix("JSON cannot hold") ? "non-finite-number" : "ambiguous-scalar" }
    #expect(linted.result.findings.map(\.rule) == rules)
    #expect(linted.result.findings.allSatisfy { $0.severity == .warning })
  }

  static let times: [(written: String, rules: [String])] = [
    ("1,000", ["wrong-type"]), ("12,000", ["wrong-type"]), ("1,000,000", ["wrong-type"]),
    ("5,500", ["ambiguous-scalar"]),
    ("_1", ["wrong-type"]), ("'1_'", ["wrong-type"]), ("10000-01-01T00:00:00Z", ["wrong-type"]),
    ("10000-01-01", ["wrong-type"]), ("+12026-1-1", ["wrong-type"]), ("9999-12-31T00:00:00Z", []),
    ("!!timestamp 2026-12-01T00:00:00Z", ["ambiguous-scalar"]),
    ("!!timestamp 2026-12-01", ["ambiguous-scalar"]),
    ("!!timestamp soon", ["wrong-type"]), ("2026-12-01", ["ambiguous-scalar"]), (".inf", ["wrong-type"]),
    ("20261201", []), ("'202612011200'", []),
  ]

  @Test(arguments: times) func time(_ test: (written: String, rules: [String])) throws {
    let linted = try Linted(
      "# reqlint: \(Self.statistics)\nNamespace: a\nMetricName: b\nPeriod: 60\nStartTime: 2026-12-01T00:00:00Z\n"
        + "EndTime: \(test.written)\n")
    #expect(linted.result.findings.map(\.rule) == test.rules)
  }

  /// Whatever is not UTF-8 is named, and its text is not shown.
  @Test(arguments: ["UTF-16LE", "UTF-16BE"]) func otherEncoding(_ name: String) throws {
    let text = "# reqlint: \(Self.alarms)\nAlarmNames: [a]\n"
    let bytes: [UInt8] = text.utf8.flatMap { byte -> [UInt8] in name.hasSuffix("LE") ? [byte, 0] : [0, byte] }
    let linted = try Linted(SourceText(bytes))
    #expect(linted.lines() == ["error invalid-encoding 1:1-1:3"])
    #expect(linted.messages == ["file is \(name) without a byte order mark, but must be UTF-8"])
    #expect(linted.result.sensitiveSpans == [ByteSpan(0, bytes.count)])
  }

  @Test func oddTextsAreReadings() throws {
    var readings: [ValueReading] = []
    var options = LintOptions(now: Instant(milliseconds: 0))
    options.keepsReadings = true
    let linter = Linter(Workbench(.builtIn), rules: [], options: options)
    let text = SourceText("# reqlint: \(Self.alarms)\nAlarmNames: [010, \"a\u{85}b\", a]\nMaxRecords: 010\n")
    let file = RequestFile(path: "a.yaml", parts: [], text: text, notation: .yaml, isDiscovered: false)
    _ = linter.lint(file) { readings = $0.readings }
    #expect(Set(readings.map(\.pointer)) == ["/AlarmNames/1", "/MaxRecords"])
  }
}
