import Models
import Syntax
import Testing
import Verdicts

@testable import Rules

/// Faults of `x-batch`, `x-snapshot` and of what a file says of an operation, each with its place.
struct ConstraintLoaderTests {
  struct Case: CustomTestStringConvertible {
    let text: String
    let expected: [String]

    init(_ text: String, _ expected: String...) {
      self.text = text
      self.expected = expected
    }

    var testDescription: String { text }
  }

  /// `LINE:COLUMN MESSAGE` of every fault of a rule whose fourth line is the judgement.
  private func faults(_ judgement: String, message: String = "m", id: String = "some-rule") -> [String] {
    let text = """
      title: t
      severity: error
      operations: [opensearch.StartServiceSoftwareUpdate]
      \(judgement)
      message: "\(message)"
      why: w
      source: https://example.com/
      examples: {bad: [{DomainName: a}]}

      """
    return faults(of: text, id: id) { file, models in RuleLoader.load(file, checkedAgainst: models).faults }
  }

  private func faults(
    of text: String, id: String, _ load: (RuleFile, LoadedModels?) -> [RuleLoader.FileFault]
  ) -> [String] {
    let models: LoadedModels? = LoadedModels(.builtIn)
    let file = RuleFile(id: id, origin: "pack/\(id).yaml", bytes: Array(text.utf8))
    return load(file, models).map { "\($0.position.line):\($0.position.column) \($0.message)" }
  }

  // MARK: x-batch

  static let batches = [
    Case("{same: [/DomainName]}"),
    Case("{same: []}"),
    Case("{same: [token, operation, {hour-of: /DesiredStartTime}, '']}"),
    Case(
      "[/DomainName]", "4:10 x-batch must be a mapping of same, differ, more-than, first, order, existing"),
    Case("{}", "4:10 x-batch needs same; [] takes all requests of a region and account together"),
    Case("{same: /DomainName}", "4:17 same must be a list"),
    Case(
      "{same: [DomainName]}", "4:18 must be a JSON pointer, token, operation, or hour-of with a JSON pointer"),
    Case(
      "{same: [{hour: /DomainName}]}",
      "4:18 must be a JSON pointer, token, operation, or hour-of with a JSON pointer"),
    Case("{same: [[]]}", "4:18 must be a JSON pointer, token, operation, or hour-of with a JSON pointer"),
    Case("{same: [{hour-of: DomainName}]}", "4:28 must be a JSON pointer such as /Name"),
    Case("{same: [/Domain]}", "4:18 /Domain is no member of the operations"),
    Case(#"{same: ["/a\nb"]}"#, #"4:18 /a\u{A}b is no member of the operations"#),
    Case("{same: [{hour-of: /Start}]}", "4:28 /Start is no member of the operations"),
    Case("{same: [], differ: /DomainName}", "4:29 differ must be a list"),
    Case("{same: [], differ: [/Domain, x]}", "4:39 must be a JSON pointer such as /Name"),
    Case("{same: [], more-than: -1}", "4:32 more-than must be a whole number"),
    Case("{same: [], more-than: 1.5}", "4:32 more-than must be a whole number"),
    Case("{same: [], first: {requird: [a]}}", #"4:29 keyword "requird" is not part of the rule language"#),
    Case(
      "{same: [], first: {required: [Domain]}}",
      #"4:40 "Domain" is no member of the operations; did you mean DomainName?"#),
    Case(
      "{same: [], order: newest}",
      "4:28 order must be as-written, or a list of operations, the first ones first"),
    Case(
      "{same: [], order: [a.b]}",
      "4:28 order must be as-written, or a list of operations, the first ones first"),
    Case("{same: [], order: [a, b.c]}", "4:29 must be SERVICE.OPERATION, SERVICE.* or *"),
    Case("{same: [], existing: {of: package}}", "4:31 existing needs assert"),
    Case("{same: [], existing: {assert: true}}", "4:31 needs of"),
    Case(
      "{same: [], existing: {of: parcel, assert: true}}",
      "4:36 of must be one of domain, package, scheduled-action, service-instance, service, component, service-template, service-template-version"
    ),
    Case(
      "{same: [], after: 1}",
      #"4:21 x-batch has no key "after", only same, differ, more-than, first, order, existing"#),
  ]

  @Test(arguments: batches)
  func reportsFaultsOfBatchRules(_ item: Case) {
    #expect(faults("x-batch: \(item.text)") == item.expected)
  }

  @Test func messagesOfBatchRulesShowCountsAndMembers() {
    #expect(
      faults("x-batch: {same: [token]}", message: "{count} {limit} {token} {operation} {DomainName}") == [])
    #expect(
      faults("x-batch: {same: []}", message: "{total}") == ["5:10 {total} is no member of the operations"])
  }

  // MARK: What is judged once for all requests

  static let assertions: [(text: String, readsRequest: Bool)] = [
    ("true", false), ("{properties: {snapshot: {properties: {A: {const: a}}}}}", false),
    ("{properties: {snapshot: {properties: {A: {x-equal-to: /snapshot/B}}}}}", false),
    ("{properties: {snapshot: {properties: {A: {x-equal-to: /parameters/DomainName}}}}}", true),
    // The whole instance holds the parameters.
    ("{properties: {snapshot: {properties: {A: {x-equal-to: ''}}}}}", true),
    ("{properties: {parameters: {required: [DomainName]}}}", true),
    ("{x-request: {properties: {region: {const: eu-west-1}}}}", false),
    ("{x-request: {properties: {id: {const: a}}}}", true),
  ]

  @Test(arguments: assertions)
  func knowsAssertionsThatReadTheRequest(_ item: (text: String, readsRequest: Bool)) throws {
    let rule = """
      title: t
      severity: error
      operations: [opensearch.StartServiceSoftwareUpdate]
      x-snapshot: {\(Self.good), assert: \(item.text)}
      message: m
      why: w
      source: https://example.com/
      examples: {bad: [{DomainName: a}]}

      """
    let file = RuleFile(id: "some-rule", origin: "some-rule.yaml", bytes: Array(rule.utf8))
    let loaded = RuleLoader.load(file)
    guard case .snapshot(let constraint) = try #require(loaded.rule, "\(loaded.faults)").judgement else {
      Issue.record("no rule beside saved answers")
      return
    }
    #expect(constraint.assert.readsRequest == item.readsRequest)
  }

  // MARK: x-snapshot

  private static let good = "of: domain, where: {/DomainName: /DomainName}, reads: {/Processing: boolean}"

  static let snapshots = [
    Case("{\(good), assert: true}"),
    Case("{of: package, reads: {/A: string}, below: 25, assert: true}"),
    Case("{of: domain, where: {path: /DomainName}, reads: {/A: [x, null]}, assert: true}"),
    Case(
      "{of: domain, where: {/A: [/DomainName, {of: service, where: {/n: /DomainName}, field: /f}]}, reads: {/A: time}, assert: true}"
    ),
    Case("true", "4:13 x-snapshot must be a mapping of of, where, reads, whole, assert, below, statement"),
    Case("{\(good)}", "4:13 x-snapshot needs assert"),
    Case("{where: {/A: /DomainName}, reads: {/A: string}, assert: true}", "4:13 needs of"),
    Case(
      "{of: domains, assert: true}",
      "4:18 of must be one of domain, package, scheduled-action, service-instance, service, component, service-template, service-template-version"
    ),
    Case("{of: domain, reads: {/A: string}, assert: true}", "4:13 x-snapshot needs where"),
    Case("{of: domain, where: {/A: /DomainName}, assert: true}", "4:13 x-snapshot needs reads"),
    Case(
      "{\(good), below: 3, assert: true}", "4:13 x-snapshot takes no where beside below"),
    Case("{of: package, below: 0, assert: true}", "4:34 below must be a whole number above 0"),
    Case(
      "{of: domain, where: /DomainName, reads: {/A: string}, assert: true}",
      "4:33 where must be a mapping of a field to what it must be equal to"),
    Case(
      "{of: domain, where: {}, reads: {/A: string}, assert: true}",
      "4:33 where must be a mapping of a field to what it must be equal to"),
    Case(
      "{of: domain, where: {A: /DomainName}, reads: {/A: string}, assert: true}",
      "4:34 must be a JSON pointer such as /Name"),
    Case(
      "{of: domain, where: {/A: DomainName}, reads: {/A: string}, assert: true}",
      "4:38 must be a JSON pointer such as /Name"),
    Case(
      "{of: domain, where: {/A: /Domain}, reads: {/A: string}, assert: true}",
      "4:38 /Domain is no member of the operations"),
    Case(
      "{of: domain, where: {/A: [{of: service, where: {/n: /Domain}, field: /f}]}, reads: {/A: string}, assert: true}",
      "4:65 /Domain is no member of the operations"),
    Case(
      "{of: domain, where: {/A: [{of: service, field: /f}]}, reads: {/A: string}, assert: true}",
      "4:39 a snapshot's field needs of, where and field"),
    Case(
      "{of: domain, where: {/A: [{of: service, were: {}}]}, reads: {/A: string}, assert: true}",
      #"4:53 a snapshot's field has no key "were", only of, where, field"#),
    Case(
      "{of: domain, where: {/A: /DomainName}, reads: [/A], assert: true}",
      "4:59 reads must be a mapping of fields to what they hold"),
    Case(
      "{of: domain, where: {/A: /DomainName}, reads: {/A: text}, assert: true}",
      "4:64 must be boolean, string, number, time, object, list or a list of texts"),
    Case(
      "{of: domain, where: {/A: /DomainName}, reads: {/A: [null]}, assert: true}",
      "4:64 must be a list of texts, null among them where the field may be absent"),
    Case(
      "{of: domain, where: {/A: /DomainName}, reads: {A: string}, assert: true}",
      "4:60 must be a JSON pointer such as /Name"),
    Case(
      "{\(good), assert: {properties: {parameters: {required: [Domain]}}}}",
      #"4:138 "Domain" is no member of the operations; did you mean DomainName?"#),
    Case(
      "{\(good), assert: {anyOf: [{not: {properties: {parameters: {required: [Domain]}}}}]}}",
      #"4:153 "Domain" is no member of the operations; did you mean DomainName?"#),
    Case("{\(good), assert: {properties: {snapshot: {required: [Domain]}}}}"),
    Case("{\(good), assert: true, statement: '{x'}", "4:117 message has an open brace"),
    Case("{\(good), assert: true, statement: '{Domain}'}", "4:117 {Domain} is no member of the operations"),
  ]

  @Test(arguments: snapshots)
  func reportsFaultsOfSnapshotRules(_ item: Case) {
    #expect(faults("x-snapshot: \(item.text)") == item.expected)
  }

  @Test func messagesOfSnapshotRulesShowTheSnapshot() {
    let judgement = "x-snapshot: {\(Self.good), assert: true}"
    #expect(faults(judgement, message: "{DomainName} {snapshot/A/B}") == [])
    #expect(faults(judgement, message: "{count}") == ["5:10 {count} is no member of the operations"])
  }

  @Test func keysThatTellTheKindStandPlainly() {
    #expect(
      faults("\"x-batch\": {same: []}") == ["4:12 x-batch must stand at the start of a line, without quotes"])
    #expect(
      faults("x-batch: {same: []}\nassert: true") == ["4:10 a rule needs one of assert, x-batch, x-snapshot"])
  }

  // MARK: Keywords

  static let keywords = [
    Case("{x-compare: {with: /a, is: equal}}"),
    Case("{x-compare: /a}", "4:62 x-compare must be a mapping of with, is"),
    Case("{x-compare: {with: /a}}", "4:62 x-compare needs with, a JSON pointer, and is"),
    Case("{x-compare: {with: a, is: equal}}", "4:69 must be a JSON pointer such as /Name"),
    Case(
      "{x-compare: {with: /a, is: more}}", "4:77 is must be one of equal, above, below, not-above, not-below"),
    Case("{x-kept-values: {of: /a}}", "4:66 x-kept-values needs mark, and of, a JSON pointer"),
    Case(
      "{x-kept-values: {mark: x, of: /a, name: y}}",
      #"4:84 x-kept-values has no key "name", only mark, of, named"#),
    Case("{x-time: {of: then, after: now}}", "4:64 of must be now"),
    Case(
      "{x-time: {after: a/b}}", "4:67 must be now, now+P30D, a date, an RFC 3339 date-time or a JSON pointer"),
    Case("{x-time: {of: now}}", "4:59 x-time needs after, before, windows, freezes or daily"),
    Case("{x-time: {daily: {start: /a}}}", "4:67 daily needs start, a JSON pointer, and hours, 1 to 24"),
    Case(
      "{x-time: {daily: {start: /a, hours: 25}}}",
      "4:67 daily needs start, a JSON pointer, and hours, 1 to 24"),
  ]

  @Test(arguments: keywords)
  func reportsFaultsOfKeywords(_ item: Case) {
    #expect(faults("assert: {properties: {DesiredStartTime: {allOf: [\(item.text)]}}}") == item.expected)
  }

  // MARK: Operations

  private static let facts = [
    "operation: opensearch.StartServiceSoftwareUpdate", "effect: [{text: e}]",
    "risk: [{level: low, reason: r}]",
    "source: https://example.com/",
  ]

  static let operations = [
    Case(""),
    Case("inferred: [{pointer: /ScheduleAt, value: v, because: b}]"),
    Case(
      "schedule: [{starts: /DesiredStartTime, ends: {hours: 1}, note: n}, {starts: now, ends: current-hour, note: n}]"
    ),
    Case("follow-up: [[aws, '{DomainName}'], {when: true, command: [aws]}]"),
    Case(
      "disrupts: {required: [Domain]}",
      #"5:23 "Domain" is no member of the operations; did you mean DomainName?"#),
    Case("inferred: [{pointer: /ScheduleAt, because: b}]", "5:12 needs value"),
    Case("inferred: [{value: v, because: b}]", "5:12 needs pointer"),
    Case("inferred: {pointer: /ScheduleAt}", "5:11 inferred must be a list"),
    Case(
      "inferred: [{pointer: /Schedule, value: v, because: b}]",
      "5:22 /Schedule is no member of the operations"),
    Case("schedule: [{starts: now}]", "5:12 needs note"),
    Case("schedule: [{starts: /Start, note: n}]", "5:21 /Start is no member of the operations"),
    Case(
      "schedule: [{starts: {hours: 3}, note: n}]",
      "5:21 starts must be now, a JSON pointer, or daily with hours"),
    Case(
      "schedule: [{ends: {hours: 0}, note: n}]", "5:19 ends must be current-hour, or hours after the start"),
    Case("follow-up: [aws]", "5:13 a follow-up must be a mapping of when, command"),
    Case("follow-up: [{when: true}]", "5:13 must be a list of words, or when and command"),
    Case("follow-up: [[]]", "5:13 must be a list of words, or when and command"),
    Case("follow-up: [['{Domain}']]", "1:12 {Domain} is no member of the operation"),
    Case(
      "risks: []",
      #"5:1 an operation's file has no key "risks", only operation, effect, inferred, schedule, risk, disrupts, follow-up, source"#
    ),
    Case("source: again", #"5:1 key "source" is given twice"#),
  ]

  @Test(arguments: operations)
  func reportsFaultsOfFacts(_ item: Case) {
    let text = (Self.facts + [item.text]).joined(separator: "\n") + "\n"
    let found = faults(of: text, id: "X") { file, models in
      RuleLoader.loadFacts(file, checkedAgainst: models).faults
    }
    #expect(found == item.expected)
  }

  @Test func factsNeedTheirKeysAndAnOperation() {
    func found(_ text: String) -> [String] {
      faults(of: text, id: "X") { file, models in RuleLoader.loadFacts(file, checkedAgainst: models).faults }
    }
    #expect(
      found("operation: es.CreatePackage\n") == [
        "1:1 an operation's file needs effect", "1:1 an operation's file needs risk",
        "1:1 an operation's file needs source",
      ])
    let rest = Self.facts.dropFirst().joined(separator: "\n")
    #expect(found("operation: es\n\(rest)\n") == ["1:12 operation must be SERVICE.OPERATION"])
    #expect(
      found("operation: es.CreatePackag\n\(rest)\n") == [
        #"1:12 operation "es.CreatePackag" is not in the catalog"#
      ])
    #expect(
      found("\"operation\": es.CreatePackage\n\(rest)\n") == [
        "1:14 operation must stand at the start of a line, without quotes"
      ])
    let level = Self.facts.joined(separator: "\n").replacing("level: low", with: "level: awful")
    #expect(found(level) == ["3:16 level must be low, medium or high"])
  }
}
