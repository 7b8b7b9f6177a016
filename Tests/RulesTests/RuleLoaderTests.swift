import Models
import Syntax
import Testing
import Verdicts

@testable import Rules

struct RuleLoaderTests {
  /// A rule without fault; tests change one line.
  private static let rule = [
    "title": "Name is wrong", "severity": "error", "operations": "[opensearch.StartServiceSoftwareUpdate]",
    "when": "{required: [DomainName]}", "assert": "{properties: {DomainName: {const: a}}}",
    "at": "/DomainName",
    "message": "DomainName is {DomainName}", "hint": "take a", "why": "because",
    "source": "https://example.com/",
    "examples": "{good: [{DomainName: a}], bad: [{DomainName: b}]}",
  ]
  private static let order = [
    "title", "severity", "operations", "when", "assert", "at", "message", "hint", "why", "source", "examples",
  ]

  /// The rule's text, one key a line in the order above.
  private static func text(_ changes: [String: String?] = [:], also extra: String = "") -> String {
    let lines = order.compactMap { key -> String? in
      let value = changes[key] ?? rule[key]
      return value.map { "\(key): \($0)\n" }
    }
    return lines.joined() + extra
  }

  /// `LINE:COLUMN MESSAGE` of every fault.
  private func faults(_ text: String, id: String = "some-rule", checked: Bool = true) -> [String] {
    let models: LoadedModels? = checked ? LoadedModels(.builtIn) : nil
    let file = RuleFile(id: id, origin: "pack/\(id).yaml", bytes: Array(text.utf8))
    let loaded = RuleLoader.load(file, checkedAgainst: models)
    #expect((loaded.rule == nil) == !loaded.faults.isEmpty)
    #expect(loaded.faults.allSatisfy { $0.origin == "pack/\(id).yaml" })
    return loaded.faults.map { "\($0.position.line):\($0.position.column) \($0.message)" }
  }

  @Test func readsARule() throws {
    let models: LoadedModels? = LoadedModels(.builtIn)
    let file = RuleFile(id: "some-rule", origin: "pack/some-rule.yaml", bytes: Array(Self.text().utf8))
    let loaded = RuleLoader.load(file, checkedAgainst: models)
    #expect(loaded.faults.isEmpty)
    let rule = try #require(loaded.rule)
    #expect(rule.id == "some-rule")
    #expect(rule.description.title == "Name is wrong")
    #expect(rule.description.severity == .error)
    #expect(rule.description.operations.map(\.description) == ["opensearch.StartServiceSoftwareUpdate"])
    #expect(rule.description.why == "because")
    #expect(rule.description.sources == ["https://example.com/"])
    #expect(rule.description.hint == "take a")
    #expect(!rule.description.isBuiltIn)
    #expect(rule.exampleCount == 2)
  }

  @Test func refusesFactsThatNoRequestHas() {
    let known = "only service, operation, region, account, id, file"
    let assert = "{x-request: {properties: {regoin: {const: a}, region: true}, required: [acount, account]}}"
    let found = faults(Self.text(["assert": assert]))
    #expect(
      found.map { $0.drop { $0 != " " } } == [
        " a request has no \"regoin\", \(known)", " a request has no \"acount\", \(known)",
      ])
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    let expected: [String]

    var testDescription: String { name }

    init(_ name: String, _ text: String, _ expected: String...) {
      self.name = name
      self.text = text
      self.expected = expected
    }
  }

  static let files = [
    Case("empty", "", "1:1 a rule file holds one mapping"),
    Case("a list", "- a\n", "1:1 a rule file holds one mapping"),
    Case("two documents", "a: 1\n---\nb: 1\n", "1:1 a rule file holds one mapping"),
    Case("broken YAML", "title: ü\nwhen: [\n", "3:1 did not find expected node content"),
    Case(
      "recursive alias", "when: &a {allOf: [*a]}\n", "1:19 alias *a stands inside the value that it names"),
    Case("unknown key", text(also: "ü: 1\n"), #"12:1 a rule has no key "ü""#),
    Case(
      "misspelt key", text(["severity": nil], also: "severty: error\n"), "1:1 a rule needs severity",
      #"11:1 a rule has no key "severty"; did you mean severity?"#),
    Case("key twice", text(also: "title: again\n"), #"12:1 key "title" is given twice"#),
    Case(
      "member twice", text(["assert": "{properties: {DomainName: true, DomainName: false}}"]),
      #"5:41 key "DomainName" is given twice"#),
    Case("title", text(["title": "[a]"]), "1:8 title must be text"),
    Case("severity", text(["severity": "fatal"]), "2:11 severity must be error, warning or info"),
    Case("at", text(["at": "DomainName"]), "6:5 at must be a JSON pointer such as /Name"),
    Case("message over lines", text(["message": "\"a\\nb\""]), "7:10 must be one line of text"),
    Case("message", text(["message": "'{'"]), "7:10 message has an open brace"),
    Case(
      "hint", text(["hint": "'{value|x}'"]),
      #"8:7 filter "x" is not milliseconds, seconds, by-digits, days until DATE or days since DATE"#),
    Case(
      "operations", text(["operations": "opensearch.X"]),
      "3:13 operations must be a list of SERVICE.OPERATION, SERVICE.* or *"),
    Case(
      "no operation", text(["operations": "[]"]),
      "3:13 operations must be a list of SERVICE.OPERATION, SERVICE.* or *"),
    Case(
      "operation without service", text(["operations": "[X]"]),
      "3:14 must be SERVICE.OPERATION, SERVICE.* or *"),
    Case(
      "schema", text(["assert": "{requird: [a]}"]),
      #"5:10 keyword "requird" is not part of the rule language"#),
    Case("when", text(["when": "5"]), "4:7 a schema must be a mapping, true or false"),
    Case(
      "pattern", text(["assert": "{properties: {DomainName: {pattern: '[z-a]'}}}"]),
      #"5:45 pattern "[z-a]" is no regular expression: a range in a class runs backwards"#),
    Case("reference to itself", text(["assert": "{$ref: '#'}"]), "5:9 $ref comes back to itself without end"),
    Case(
      "reference to the other schema", text(["assert": "{$ref: '#/when'}"]),
      ##"5:16 $ref "#/when" leads nowhere"##),
    Case(
      "no bad example", text(["examples": "{good: [{DomainName: a}]}"]), "11:11 a rule needs a bad example"),
    Case(
      "another kind of example", text(["examples": "{good: [], bad: [{DomainName: b}], ugly: []}"]),
      "11:46 examples are good or bad"),
    Case(
      "now of an example", text(["examples": "{bad: [{parameters: {DomainName: b}, now: today}]}"]),
      "11:11 a rule needs a bad example", "11:18 now must be an RFC 3339 date-time"),
    Case(
      "several faults in the order of the file", text(["severity": "x", "at": "y", "message": "'}'"]),
      "2:11 severity must be error, warning or info", "6:5 at must be a JSON pointer such as /Name",
      "7:10 message has a stray brace; write }} for a literal one"),
  ]

  static let models = [
    Case(
      "unknown service", text(["operations": "[openserch.X]"]),
      #"3:14 service "openserch" is not in the catalog; did you mean opensearch?"#),
    Case(
      "unknown operation", text(["operations": "[opensearch.StartServiceSoftwareUpdat]"]),
      #"3:14 service opensearch has no operation "StartServiceSoftwareUpdat"; did you mean StartServiceSoftwareUpdate?"#
    ),
    Case(
      "unknown member", text(["assert": "{properties: {DomianName: {const: a}}}"]),
      #"5:23 "DomianName" is no member of the operations; did you mean DomainName?"#),
    Case(
      "unknown member deep inside", text(["when": "{not: {anyOf: [{required: [Schedule]}]}}"]),
      #"4:34 "Schedule" is no member of the operations; did you mean ScheduleAt?"#),
    Case(
      "unknown dependent member", text(["assert": "{dependentRequired: {DomainName: [Zzz]}}"]),
      #"5:43 "Zzz" is no member of the operations"#),
    Case(
      "unknown member in the message", text(["message": "'{Zzz}'"]),
      "7:10 {Zzz} is no member of the operations"),
    Case(
      "unknown member in the hint", text(["hint": "'{DomainName/x}'"]),
      "8:7 {DomainName/x} is no member of the operations"),
    Case("unknown member to point at", text(["at": "/Zzz"]), "6:5 at names no member of the operations"),
  ]

  @Test(arguments: files + models)
  func reports(_ item: Case) {
    #expect(faults(item.text) == item.expected)
  }

  @Test(arguments: models)
  func looksAtModelsOnlyWhereAsked(_ item: Case) {
    #expect(faults(item.text, checked: false) == [])
  }

  @Test func needsEveryKeyButThree() {
    for key in Self.order where !["when", "at", "hint"].contains(key) {
      let missing = key == "assert" ? "one of assert, x-batch, x-snapshot" : key
      #expect(faults(Self.text([key: nil])) == ["1:1 a rule needs \(missing)"], "\(key)")
    }
    for key in ["when", "at", "hint"] { #expect(faults(Self.text([key: nil])) == [], "\(key)") }
  }

  @Test(arguments: ["Some-Rule", "some_rule", "-some", "some-", "sömé", "some rule"])
  func refusesIDs(_ id: String) {
    #expect(
      faults(Self.text(), id: id) == ["1:1 file name \"\(id)\" is no rule id: lower case words with hyphens"])
  }

  @Test func refusesOtherEncodings() {
    let file = RuleFile(id: "some-rule", origin: "x", bytes: Array("title: a\nwhy: ".utf8) + [0xFF])
    let faults = RuleLoader.load(file).faults
    #expect(faults.map(\.message) == ["file is not UTF-8"])
    #expect(faults.map(\.position) == [Position(line: 2, column: 6)])
  }

  // MARK: Examples

  @Test func runsExamples() throws {
    let examples = """

        good:
          - {DomainName: a}
          - {DomainName: b}
          - {parameters: {DomainName: a}, operation: opensearch.DeleteDomain}
        bad:
          - {DomainName: a}
          - {DomainName: b}
          - {parameters: {DomainName: b}, region: eu-west-1, now: 2026-11-20T12:00:00Z}
          - {DomainName: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!}
      """
    let text = Self.text([
      "assert": "{properties: {DomainName: {enum: [a], pattern: ^(a+)+$}}}", "examples": examples,
    ])
    let file = RuleFile(id: "some-rule", origin: "pack/some-rule.yaml", bytes: Array(text.utf8))
    let rule = try #require(RuleLoader.load(file).rule)
    let models = LoadedModels(.builtIn)
    let faults = runExamples(of: rule, in: file, models: models)
    #expect(
      faults.map { "\($0.position.line):\($0.position.column) \($0.message)" } == [
        "14:7 good example fails: DomainName is b", "15:7 example names no operation of the rule",
        "17:7 bad example passes",
      ])
  }
}
