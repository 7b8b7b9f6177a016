import Models
import Syntax
import Testing

@testable import Rules

/// The key `fix` of a rule.
@Suite struct RuleFixTests {
  private static func file(
    _ fix: String, at: String = "/ScheduleAt", bad: String = "{ScheduleAt: NOW, DomainName: a}"
  )
    -> RuleFile
  {
    let text = """
      title: t
      severity: error
      operations: [opensearch.StartServiceSoftwareUpdate]
      assert: {properties: {ScheduleAt: {const: OFF_PEAK_WINDOW}}}
      at: \(at)
      message: m
      fix: \(fix)
      why: w
      source: https://example.com/
      examples: {good: [{DomainName: a}], bad: [\(bad)]}

      """
    return RuleFile(id: "some-rule", origin: "some-rule.yaml", bytes: Array(text.utf8))
  }

  private static func faults(_ file: RuleFile) -> [String] {
    let models: LoadedModels? = LoadedModels(.builtIn)
    return RuleLoader.load(file, checkedAgainst: models).faults.map {
      "\($0.position.line):\($0.position.column) \($0.message)"
    }
  }

  @Test(
    arguments: [
      ("{remove: member}", []), ("{remove: /DomainName, safe: true}", []),
      ("{remove: member, when: {required: [DomainName]}}", []), ("{add: {DesiredStartTime: 17}}", []),
      ("{rewrite: epoch-milliseconds}", []),
      ("true", ["7:6 fix must be a mapping of remove, add, rewrite, when, safe"]),
      ("{safe: true}", ["7:6 fix needs one of remove, add, rewrite"]),
      ("{remove: member, add: {DomainName: a}}", ["7:6 fix needs one of remove, add, rewrite"]),
      (
        "{remove: member, whne: true}",
        ["7:23 fix has no key \"whne\", only remove, add, rewrite, when, safe"]
      ),
      ("{remove: DomainName}", ["7:15 remove must be member, or a JSON pointer such as /Name"]),
      ("{remove: /Domain}", ["7:15 /Domain is no member of the operations"]),
      ("{add: {}}", ["7:12 add must be a mapping of members and their values"]),
      ("{add: {DomainName: [a]}}", ["7:25 must be a string, a number, true or false"]),
      ("{add: {DomainName: ~}}", ["7:25 must be a string, a number, true or false"]),
      ("{add: {DomainNam: a}}", ["7:13 \"DomainNam\" is no member of the operations"]),
      ("{rewrite: seconds}", ["7:16 rewrite must be epoch-milliseconds"]),
      ("{remove: member, safe: perhaps}", ["7:29 safe must be true or false"]),
      (
        "{remove: member, when: {required: [DomainNam]}}",
        ["7:41 \"DomainNam\" is no member of the operations; did you mean DomainName?"]
      ),
    ] as [(String, [String])])
  func loads(fix: String, expected: [String]) { #expect(Self.faults(Self.file(fix)) == expected) }

  @Test(
    arguments: [
      ("{remove: member}", "{ScheduleAt: NOW, DomainName: a}", nil),
      (
        "{remove: /DomainName}", "{ScheduleAt: NOW, DomainName: a}",
        "fix leaves the bad example as bad as it is"
      ),
      (
        "{add: {DomainName: b}}", "{ScheduleAt: NOW, DomainName: a}",
        "fix leaves the bad example as bad as it is"
      ),
      ("{remove: member, when: {required: [DesiredStartTime]}}", "{ScheduleAt: NOW}", nil),
    ] as [(String, String, String?)])
  func isHeldAgainstTheExamples(fix: String, bad: String, expected: String?) throws {
    let file = Self.file(fix, bad: bad)
    let rule = try #require(RuleLoader.load(file).rule)
    let models = LoadedModels(.builtIn)
    #expect(runExamples(of: rule, in: file, models: models).map(\.message) == (expected.map { [$0] } ?? []))
  }
}
