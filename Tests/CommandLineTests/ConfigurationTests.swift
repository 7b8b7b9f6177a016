import Foundation
import TestSupport
import Testing

/// What a configuration does, shown by the binary.
@Suite struct ConfigurationTests {
  static let update = "# reqlint: opensearch.StartServiceSoftwareUpdate\n"
  static let good = update + "DomainName: logs\n"
  static let bad = update + "DomainName: Logs\n"
  static let bare = "DomainName: Logs\n"
  static let bound = "{files: '*.yaml', operation: opensearch.start-service-software-update}"

  struct Case: CustomTestStringConvertible {
    let name: String
    let files: [String: String]
    var arguments = "lint"
    var folder = ""
    let status: Int32
    /// Severity, place and rule of each.
    var findings: [String] = []
    var suppressed: [String] = []
    var skipped = 0
    var errors = ""

    var testDescription: String { name }
  }

  private static func config(_ text: String, _ files: [String: String]) -> [String: String] {
    files.merging([".reqlint.yaml": text]) { $1 }
  }

  static let exclusion: [Case] = [
    Case(
      name: "file, walked", files: config("exclude: [a.yaml]", ["a.yaml": bad, "b.yaml": good]), status: 0,
      skipped: 1),
    Case(
      name: "folder, not walked", files: config("exclude: [old]", ["old/x/a.yaml": bad, "b.yaml": good]),
      status: 0),
    Case(
      name: "named", files: config("exclude:\n  - old", ["old/a.yaml": bad]), arguments: "lint old/a.yaml",
      status: 2, skipped: 1,
      errors: "old/a.yaml: excluded by .reqlint.yaml:2\nno request found; 1 file passed over"),
    Case(
      name: "named, beside another", files: config("exclude: [old]", ["old/a.yaml": bad, "b.yaml": good]),
      arguments: "lint old/a.yaml b.yaml", status: 0, skipped: 1,
      errors: "old/a.yaml: excluded by .reqlint.yaml:1"),
    Case(
      name: "named folder", files: config("exclude: [old]", ["old/x/a.yaml": bad, "b.yaml": good]),
      arguments: "lint old/x b.yaml", status: 0, skipped: 1, errors: "old/x: excluded by .reqlint.yaml:1"),
    Case(
      name: "handed over", files: config("exclude: [old]", ["old/a.yaml": bad, "b.yaml": good]),
      arguments: "lint --skip-unbound old/a.yaml b.yaml .reqlint.yaml", status: 0, skipped: 2),
    Case(
      name: "from below", files: config("exclude: [old/a.yaml]", ["old/a.yaml": bad, "old/b.yaml": good]),
      folder: "old", status: 0, skipped: 1),
    Case(
      name: "another configuration inside does not bring it back",
      files: config("exclude: [old]", ["old/x/.reqlint.yaml": "", "old/x/a.yaml": bad, "b.yaml": good]),
      arguments: "lint old/x/a.yaml b.yaml", status: 0, skipped: 1,
      errors: "old/x/a.yaml: excluded by .reqlint.yaml:1"),
    Case(
      name: "rules of the folder above hold no further than the next configuration",
      files: config("exclude: ['**/a.yaml']", ["x/.reqlint.yaml": "", "x/a.yaml": bad]),
      status: 1, findings: ["error x/a.yaml:2:13 pattern-mismatch"],
      errors: ".reqlint.yaml:1:11: no file matches \"**/a.yaml\""),
    Case(
      name: "two patterns for one file, one in an excluded folder, one for hidden folders",
      files: config(
        "exclude: ['*.t.yaml', a.t.yaml, old, old/x, .venv]",
        ["a.t.yaml": bad, "old/x/a.yaml": bad, "b.yaml": good]),
      status: 0, skipped: 1),
    Case(
      name: "faulty configuration, handed over alone", files: config("exlude: []", ["b.yaml": good]),
      arguments: "lint --skip-unbound .reqlint.yaml", status: 2, skipped: 1,
      errors: ".reqlint.yaml:1:1: a configuration has no key \"exlude\"; did you mean exclude?"),
    Case(
      name: "configuration, named", files: config("{}", ["b.yaml": good]),
      arguments: "lint .reqlint.yaml b.yaml",
      status: 0, skipped: 1, errors: ".reqlint.yaml: is a configuration, not a request file"),
    Case(
      name: "configuration of another name, walked",
      files: ["ci.yaml": "exclude: [a.yaml]\n# reqlint: es.Nothing\n", "a.yaml": bad, "b.yaml": good],
      arguments: "lint --config ci.yaml .", status: 0, skipped: 1),
  ]

  static let binding: [Case] = [
    Case(
      name: "walked", files: config("bindings: [\(bound)]", ["a.yaml": bare]), status: 1,
      findings: ["error a.yaml:1:13 pattern-mismatch"]),
    Case(
      name: "first that fits",
      files: config(
        "bindings: [{files: a.yaml, operation: opensearch.DeleteDomain}, \(bound)]", ["a.yaml": bare]),
      status: 0, findings: ["warning a.yaml:1:13 pattern-mismatch"]),
    Case(
      name: "before the path",
      files: config(
        "bindings: [{files: es/**, operation: opensearch.StartServiceSoftwareUpdate}]",
        ["es/CreatePackage/a.yaml": bare]),
      status: 1, findings: ["error es/CreatePackage/a.yaml:1:13 pattern-mismatch"]),
    Case(
      name: "behind the directive",
      files: config("bindings: [{files: a.yaml, operation: es.CreatePackage}]", ["a.yaml": bad]), status: 1,
      findings: ["error a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "behind the flag",
      files: config("bindings: [{files: a.yaml, operation: es.CreatePackage}]", ["a.yaml": bare]),
      arguments: "lint --operation opensearch.StartServiceSoftwareUpdate", status: 1,
      findings: ["error a.yaml:1:13 pattern-mismatch"]),
    Case(
      name: "unparsable, handed over", files: config("bindings: [\(bound)]", ["a.yaml": "DomainName: ["]),
      arguments: "lint --skip-unbound a.yaml", status: 1, findings: ["error a.yaml:1:14 syntax-error"]),
    Case(
      name: "fits nothing",
      files: config("bindings: [{files: x/*, operation: es.CreatePackage}]", ["a.yaml": good]),
      status: 0, errors: ".reqlint.yaml:1:20: no file matches \"x/*\""),
    Case(
      name: "fits nothing here",
      files: config(
        "bindings: [{files: x/*, operation: es.CreatePackage}]", ["a.yaml": good, "b/c.yaml": good]),
      arguments: "lint b a.yaml", status: 0),
  ]

  static let level: [Case] = [
    Case(
      name: "off", files: config("severity: {pattern-mismatch: off}", ["a.yaml": bad]), status: 0),
    Case(
      name: "lower", files: config("severity: {pattern-mismatch: warning}", ["a.yaml": bad]), status: 0,
      findings: ["warning a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "higher, of a rule file",
      files: config("severity: {schedule-defaults-to-now: error}", ["a.yaml": good]), status: 1,
      findings: ["error a.yaml:2:1 schedule-defaults-to-now"]),
    Case(
      name: "fail level",
      files: config("severity: {pattern-mismatch: warning}\nfail-level: warning", ["a.yaml": bad]),
      status: 1, findings: ["warning a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "fail level shows what fails", files: config("fail-level: info", ["a.yaml": good]), status: 1,
      findings: ["info a.yaml:2:1 capacity-not-guaranteed", "info a.yaml:2:1 schedule-defaults-to-now"]),
    Case(
      name: "flag before fail level",
      files: config("severity: {pattern-mismatch: warning}\nfail-level: warning", ["a.yaml": bad]),
      arguments: "lint --fail-level error", status: 0, findings: ["warning a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "each file by its own",
      files: [
        "one/.reqlint.yaml": "severity: {pattern-mismatch: warning}", "one/a.yaml": bad,
        "two/.reqlint.yaml": "severity: {pattern-mismatch: warning}\nfail-level: warning", "two/a.yaml": bad,
        "three/a.yaml": good,
      ], status: 1,
      findings: ["warning one/a.yaml:2:13 pattern-mismatch", "warning two/a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "region", files: config("region: nowhere-1", ["a.yaml": good]), status: 0,
      findings: ["warning a.yaml:1:12 unknown-region"]),
    Case(
      name: "rule pack",
      files: config(
        "rules: [pack]\nseverity: {own-rule: warning}",
        ["a.yaml": good, "pack/own-rule.yaml": rule, "b.txt": ""]),
      arguments: "lint a.yaml", status: 0, findings: ["warning a.yaml:2:1 own-rule"]),
    Case(
      name: "rule pack, from below",
      files: config(
        "rules: [pack]\nseverity: {own-rule: warning}", ["x/y/a.yaml": good, "pack/own-rule.yaml": rule]),
      folder: "x/y", status: 0, findings: ["warning a.yaml:2:1 own-rule"]),
    Case(
      name: "faulty rule pack",
      files: config("rules: [pack]", ["a.yaml": bad, "pack/own-rule.yaml": "title: [a]\n"]),
      arguments: "lint a.yaml", status: 2, findings: ["error a.yaml:2:13 pattern-mismatch"],
      errors: "pack/own-rule.yaml:1:1: "),
  ]

  private static let rule = """
    title: Never right
    severity: error
    operations: [opensearch.StartServiceSoftwareUpdate]
    assert: { required: [ScheduleAt] }
    message: no ScheduleAt
    why: it is to be said
    source: https://example.com
    examples:
      good: [{ DomainName: logs, ScheduleAt: NOW }]
      bad: [{ DomainName: logs }]

    """

  static let suppression: [Case] = [
    Case(
      name: "in effect",
      files: config("suppress: [{rule: pattern-mismatch, files: a.yaml, reason: old}]", ["a.yaml": bad]),
      status: 0,
      suppressed: ["error a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "by place",
      files: config(
        "suppress: [{rule: pattern-mismatch, files: a.yaml, pointer: /DomainName, reason: old}]",
        ["a.yaml": bad]),
      status: 0, suppressed: ["error a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "another place",
      files: config(
        "suppress: [{rule: pattern-mismatch, files: a.yaml, pointer: /Other, reason: old}]", ["a.yaml": bad]),
      status: 1,
      findings: ["warning .reqlint.yaml:1:19 unused-suppression", "error a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "last day",
      files: config(
        "suppress: [{rule: pattern-mismatch, files: a.yaml, reason: old, until: 2026-11-20}]", ["a.yaml": bad]
      ),
      status: 0, suppressed: ["error a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "day after",
      files: config(
        "suppress: [{rule: pattern-mismatch, files: a.yaml, reason: old, until: 2026-11-19}]", ["a.yaml": bad]
      ),
      status: 1,
      findings: ["warning .reqlint.yaml:1:72 expired-suppression", "error a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "without a reason",
      files: config("suppress: [{rule: pattern-mismatch, files: a.yaml, reason: ' '}]", ["a.yaml": bad]),
      status: 0,
      findings: ["warning .reqlint.yaml:1:19 suppression-without-reason"],
      suppressed: ["error a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "without a reason that is not asked for",
      files: config(
        "require-reason: false\nsuppress: [{rule: pattern-mismatch, files: a.yaml}]", ["a.yaml": bad]),
      status: 0, suppressed: ["error a.yaml:2:13 pattern-mismatch"]),
    Case(
      name: "unused",
      files: config("suppress: [{rule: too-long, files: '*.yaml', reason: r}]", ["a.yaml": good]),
      status: 0, findings: ["warning .reqlint.yaml:1:19 unused-suppression"]),
    Case(
      name: "unused and off",
      files: config(
        "severity: {unused-suppression: off}\nsuppress: [{rule: too-long, files: '*.yaml', reason: r}]",
        ["a.yaml": good]),
      status: 0),
    Case(
      name: "unused at the fail level",
      files: config(
        "fail-level: warning\nsuppress: [{rule: too-long, files: '*.yaml', reason: r}]", ["a.yaml": good]),
      status: 1, findings: ["warning .reqlint.yaml:2:19 unused-suppression"]),
    Case(
      name: "no file",
      files: config("suppress: [{rule: too-long, files: x/**, reason: r}]", ["a.yaml": good]),
      status: 0, findings: ["warning .reqlint.yaml:1:36 unused-suppression"]),
    Case(
      name: "not all files seen",
      files: config("suppress: [{rule: too-long, files: '*.yaml', reason: r}]", ["a.yaml": good]),
      arguments: "lint a.yaml", status: 0),
    Case(
      name: "the one file seen",
      files: config("suppress: [{rule: too-long, files: ./a.yaml, reason: r}]", ["a.yaml": good]),
      arguments: "lint --skip-unbound a.yaml", status: 0,
      findings: ["warning .reqlint.yaml:1:19 unused-suppression"]),
    Case(
      name: "the folder seen",
      files: config(
        "suppress: [{rule: too-long, files: x/*, reason: r}]", ["x/a.yaml": good, "b.yaml": good]),
      arguments: "lint x", status: 0, findings: ["warning .reqlint.yaml:1:19 unused-suppression"]),
    Case(
      name: "another folder seen",
      files: config(
        "suppress: [{rule: too-long, files: x/*, reason: r}]", ["x/a.yaml": good, "y/b.yaml": good]),
      arguments: "lint y", status: 0),
    Case(
      name: "hidden folder, never walked",
      files: config("suppress: [{rule: too-long, files: .x/*, reason: r}]", ["a.yaml": good]), status: 0),
    Case(
      name: "rule that is not looked at",
      files: config(
        "suppress: [{rule: schedule-defaults-to-now, files: '*.yaml', reason: r}]", ["a.yaml": good]),
      status: 0),
    Case(
      name: "rule of the plan",
      files: config("suppress: [{rule: no-endpoint, files: '*.yaml', reason: r}]", ["a.yaml": good]),
      status: 0),
    Case(
      name: "precondition and conflict of the plan",
      files: config(
        "suppress: [{rule: stale-snapshot, files: a.yaml, reason: r}, {rule: circular-order, files: a.yaml, reason: r}]",
        ["a.yaml": good]),
      status: 0),
    Case(
      name: "not with a file that cannot be read",
      files: config("suppress: [{rule: too-long, files: '*.yaml', reason: r}]", ["a.yaml": good]),
      arguments: "lint . gone.yaml", status: 2,
      errors: "gone.yaml: cannot be read: No such file or directory"),
    Case(
      name: "nothing was checked all the same",
      files: config("suppress: [{rule: too-long, files: '*.yaml'}]", ["a.txt": ""]), status: 2,
      findings: [
        "warning .reqlint.yaml:1:19 suppression-without-reason",
        "warning .reqlint.yaml:1:36 unused-suppression",
      ],
      errors: "no request found; 0 files passed over"),
  ]

  @Test(arguments: exclusion + binding + level + suppression) func takesEffect(_ example: Case) throws {
    try withScratch { scratch in
      for (path, text) in example.files { try scratch.write(path, text) }
      let run = try Invocation(
        "\(example.arguments) --format json --now \(referenceTime)",
        in: example.folder.isEmpty ? scratch.folder : scratch.folder.appending(path: example.folder))
      let report = try run.json()
      #expect(Self.places(report["findings"]) == example.findings)
      #expect(Self.places(report["suppressed"]) == example.suppressed)
      #expect((report["summary"] as? [String: Any])?["skippedFiles"] as? Int == example.skipped)
      if example.errors.hasSuffix(": ") {
        #expect(run.errors.hasPrefix("reqlint: " + example.errors))
      } else {
        let lines = example.errors.split(separator: "\n").map { "reqlint: \($0)\n" }
        #expect(run.errors == lines.joined())
      }
      #expect(run.status == example.status)
    }
  }

  /// Severity, place and rule of each finding of a JSON report.
  static func places(_ list: Any?) -> [String] {
    (list as? [[String: Any]] ?? []).map { finding in
      let range = finding["range"] as? [String: [String: Int]]
      let start = range?["start"] ?? [:]
      let place = "\(finding["file"] ?? ""):\(start["line"] ?? 0):\(start["column"] ?? 0)"
      return "\(finding["severity"] ?? "") \(place) \(finding["rule"] ?? "")"
    }
  }

  @Test func aPipeInItsPlaceKeepsNobodyWaiting() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: abc\n")
      #expect(mkfifo(scratch.folder.appending(path: ".reqlint.yaml").path, 0o644) == 0)
      let result = try Invocation("lint a.yaml", in: scratch.folder)
      #expect(result.status == 2)
      #expect(result.errors.contains(".reqlint.yaml: cannot be read: it is a pipe"))
    }
  }

  @Test func verifyDoesNotTakeAFaultForARemoval() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: abc\n")
      try scratch.write(
        "plan.out", Data(try Invocation("plan --format json .", in: scratch.folder).output.utf8))
      #expect(try Invocation("verify plan.out", in: scratch.folder).status == 0)
      try scratch.write(".reqlint.yaml", "foo: 1\n")
      let result = try Invocation("verify plan.out", in: scratch.folder)
      #expect(result.status == 2)
      #expect(result.output == "")
      #expect(result.errors.contains(".reqlint.yaml:1:1: a configuration has no key"))
    }
  }
}
