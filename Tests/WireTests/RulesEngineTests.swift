import Foundation
import Models
import Syntax
import TestSupport
import Testing

@testable import Wire

/// The rules engine's own cases, and every service's that the suite has.
@Suite(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"))
struct RulesEngineSuiteTests {
  @Test func engine() throws {
    let partitions = try PartitionTable(json: SourceText(EndpointFixture.partitionTable()))
    var count = 0
    for path in try Suites.files(under: "aws-endpoints/rules-engine/test-cases") {
      let rules = try EndpointRuleSet(
        json: SourceText(Suites.bytes(path.replacing("/test-cases/", with: "/valid-rules/"))))
      for test in try EndpointCase.all(path) {
        count += 1
        #expect(
          try rules.outcome(for: test.parameters, in: partitions).outcome == test.expected,
          "\(test.description)")
      }
    }
    #expect(count == 101)
  }

  /// Rules without cases of their own compile as well.
  @Test func allRulesCompile() throws {
    let paths = try Suites.files(under: "aws-endpoints/rules-engine/valid-rules")
    #expect(paths.count == 18)
    for path in paths {
      #expect(throws: Never.self, "\(path)") { try EndpointRuleSet(json: SourceText(Suites.bytes(path))) }
    }
  }

  static let services: [(name: String, count: Int)] = [
    ("es", 49), ("opensearch", 49), ("proton", 25), ("opensearchserverless", 21),
  ]

  @Test(arguments: services)
  func service(_ service: (name: String, count: Int)) throws {
    let cases = try EndpointCase.all("aws-endpoints/services/\(service.name)/endpoint-tests-1.json")
    #expect(cases.count == service.count)
    for catalog in [try EndpointFixture.suiteCatalog(service.name), .builtIn] {
      let rules = try EndpointRuleSet(json: #require(try catalog.endpointRules(of: service.name)))
      let partitions = try PartitionTable(json: #require(try catalog.partitionTable()))
      for test in cases {
        #expect(
          try rules.outcome(for: test.parameters, in: partitions).outcome == test.expected,
          "\(catalog.source), \(test.description)")
      }
    }
  }

  /// The same cases, asked as the planner asks; a region that is missing is no error there.
  @Test(arguments: services)
  func resolver(_ service: (name: String, count: Int)) throws {
    let model = try EndpointFixture.model(service.name)
    let resolvers = [
      EndpointResolver(try EndpointFixture.suiteCatalog(service.name)), EndpointResolver(.builtIn),
    ]
    var withoutRegion = 0
    for test in try EndpointCase.all("aws-endpoints/services/\(service.name)/endpoint-tests-1.json") {
      let (region, options) = Self.question(test)
      guard region != nil || options.endpointURL != nil else {
        withoutRegion += 1
        continue
      }
      for index in resolvers.indices {
        #expect(
          Self.outcome { () throws(EndpointFault) in
            try resolvers[index].endpoint(for: model, region: region, options)
          }
            == test.expected, "\(test.description)")
      }
    }
    #expect(withoutRegion == 1)
  }

  private static func question(_ test: EndpointCase) -> (region: String?, EndpointOptions) {
    func text(_ name: String) -> String? {
      if case .string(let text) = test.parameters[name] { text } else { nil }
    }
    return (
      text("Region"),
      EndpointOptions(
        usesFIPS: test.parameters["UseFIPS"] == .boolean(true),
        usesDualStack: test.parameters["UseDualStack"] == .boolean(true), endpointURL: text("Endpoint"))
    )
  }

  private static func outcome(_ body: () throws(EndpointFault) -> Endpoint) -> EndpointRuleOutcome {
    do throws(EndpointFault) {
      let endpoint = try body()
      return .endpoint(url: endpoint.url, headers: endpoint.headers, properties: .object([:]))
    } catch {
      if case .refused(let words) = error { return .error(words) }
      return .error("fault: \(error)")
    }
  }
}

/// What compiling and following rules does at the edges.
@Suite struct RulesEngineTests {
  private static let partitions = #"""
    {"partitions": [
      {"id": "aws", "outputs": {"dnsSuffix": "a.com", "supportsFIPS": true}, "regionRegex": "^us-\\w+-\\d+$",
       "regions": ["us-east-1"], "otherRegions": {"us-odd-1": {"dnsSuffix": "odd.com"}}},
      {"id": "aws-cn", "outputs": {"dnsSuffix": "a.cn"}, "regionRegex": "^cn-\\w+-\\d+$", "regions": ["cn-north-1"]}
    ]}
    """#

  private static func rules(_ rules: String, parameters: String = "") throws(EndpointRulesFault)
    -> EndpointRuleSet
  {
    try EndpointRuleSet(
      json: SourceText(
        #"{"version": "1.0", "parameters": {"In": {"type": "String"}\#(parameters)}, "rules": \#(rules)}"#))
  }

  /// Rules that show one template as an error.
  private static func showing(_ template: String, if conditions: String = "") -> String {
    #"[{"type": "error", "conditions": [\#(conditions)], "error": "\#(template)"}, "#
      + #"{"type": "error", "conditions": [], "error": "no match"}]"#
  }

  private static func outcome(_ rules: String, _ input: String?) throws -> EndpointRuleOutcome {
    try self.rules(rules).outcome(
      for: input.map { ["In": .string($0)] } ?? [:], in: PartitionTable(json: SourceText(partitions))
    ).outcome
  }

  struct Shown: CustomTestStringConvertible, Sendable {
    let conditions: String
    let template: String
    let input: String?
    let expected: String

    init(_ conditions: String, _ template: String, _ input: String?, _ expected: String) {
      self.conditions = conditions
      self.template = template
      self.input = input
      self.expected = expected
    }

    var testDescription: String { "\(conditions) \(template) with \(input ?? "nothing")" }
  }

  private static func call(_ function: String, _ arguments: String = "", assign: Bool = true) -> String {
    #"{"fn": "\#(function)", "argv": [{"ref": "In"}\#(arguments)]\#(assign ? #", "assign": "X""# : "")}"#
  }

  static let shown: [Shown] = [
    // Templates.
    Shown("", "", "a", ""), Shown("", "{In}", "a", "a"), Shown("", "{{In}}", "a", "{In}"),
    Shown("", "a{In}b{In}", "é", "aébé"), Shown("", "{{{In}}}", "a", "{a}"),
    Shown("", "{In}", "{In}", "{In}"),
    // Conditions.
    Shown(call("isSet", assign: false), "set", "", "set"),
    Shown(call("isSet", assign: false), "set", nil, "no match"),
    Shown(call("stringEquals", #", "\u00e9""#, assign: false), "equal", "e\u{301}", "no match"),
    // Partitions.
    Shown(call("aws.partition"), "{X#name} {X#dnsSuffix}", "us-east-1", "aws a.com"),
    Shown(call("aws.partition"), "{X#name} {X#dnsSuffix}", "us-odd-1", "aws odd.com"),
    Shown(call("aws.partition"), "{X#name} {X#dnsSuffix}", "cn-new-12", "aws-cn a.cn"),
    Shown(call("aws.partition"), "{X#name} {X#dnsSuffix}", "cn-new-12x", "aws a.com"),
    Shown(call("aws.partition"), "{X#name} {X#dnsSuffix}", "", "aws a.com"),
    // ARNs.
    Shown(call("aws.parseArn"), "{X#resourceId[2]}", "arn:a:b:::c/d:e:f", "e"),
    Shown(call("aws.parseArn"), "{X#region}{X#accountId}", "arn:a:b:::c", ""),
    Shown(call("aws.parseArn"), "{X#service}", "arn:a:b::c", "no match"),
    Shown(call("aws.parseArn"), "{X#service}", "ARN:a:b:::c", "no match"),
    // Addresses.
    Shown(
      call("parseURL"), "{X#scheme} {X#authority} {X#path} {X#normalizedPath}", "HTTPS://u@H:1",
      "https u@H:1  /"),
    Shown(call("parseURL"), "{X#path} {X#normalizedPath}", "http://h/a//", "/a// /a/"),
    Shown(call("parseURL"), "{X#path}", "http://h/#f", "no match"),
    Shown(call("parseURL"), "x", "http://", "no match"),
    Shown(call("parseURL"), "x", "http://h:65536", "no match"),
    Shown(call("parseURL"), "x", "http://h:65535", "x"),
    Shown(call("parseURL"), "x", "http://[::1", "no match"),
    Shown(call("parseURL"), "x", "http:h", "no match"),
    // Texts.
    Shown(call("substring", ", 0, 0, false"), "{X}", "abc", "no match"),
    Shown(call("substring", ", 2, 3, false"), "{X}", "abc", "c"),
    Shown(call("substring", ", 0, 3, true"), "{X}", "abc", "abc"),
    Shown(call("substring", ", -1, 2, false"), "{X}", "abc", "no match"),
    Shown(call("uriEncode"), "{X}", "\u{1}é~", "%01%C3%A9~"),
    // Host labels.
    Shown(call("isValidHostLabel", ", false", assign: false), "ok", String(repeating: "a", count: 63), "ok"),
    Shown(
      call("isValidHostLabel", ", false", assign: false), "ok", String(repeating: "a", count: 64), "no match"),
    Shown(call("isValidHostLabel", ", true", assign: false), "ok", "a..b", "no match"),
    Shown(call("isValidHostLabel", ", false", assign: false), "ok", "a\n", "no match"),
    Shown(call("isValidHostLabel", ", false", assign: false), "ok", "é", "no match"),
    Shown(call("aws.isVirtualHostableS3Bucket", ", true", assign: false), "ok", "1.2.3.256", "ok"),
    Shown(call("aws.isVirtualHostableS3Bucket", ", true", assign: false), "ok", "1.2.3.255", "no match"),
  ]

  @Test(arguments: shown)
  func shows(_ test: Shown) throws {
    #expect(
      try Self.outcome(Self.showing(test.template, if: test.conditions), test.input) == .error(test.expected))
  }

  @Test func names() throws {
    // A name that a rule assigns means nothing in the next one, and may be assigned there again.
    let assign = #"{"fn": "uriEncode", "argv": [{"ref": "In"}], "assign": "X"}"#
    let never = #"{"fn": "stringEquals", "argv": ["{X}", "other"]}"#
    let first = #"{"type": "error", "conditions": [\#(assign), \#(never)], "error": "{X}"}"#
    let again = #"{"type": "error", "conditions": [\#(assign)], "error": "again {X}"}"#
    #expect(try Self.outcome("[\(first), \(again)]", "a") == .error("again a"))
    let outside = #"{"type": "error", "conditions": [], "error": "{X}"}"#
    #expect(throws: EndpointRulesFault.unknownName(pointer: "/rules/1/error", name: "X")) {
      try Self.rules("[\(again), \(outside)]")
    }
    #expect(throws: EndpointRulesFault.repeatedName(pointer: "/rules/0/conditions/1/assign", name: "X")) {
      try Self.rules(#"[{"type": "error", "conditions": [\#(assign), \#(assign)], "error": ""}]"#)
    }
  }

  @Test func unsetParametersThatMatter() throws {
    let rules = try Self.rules(
      Self.showing(
        "x", if: #"{"fn": "isSet", "argv": [{"ref": "In"}]}, {"fn": "isSet", "argv": [{"ref": "Two"}]}"#),
      parameters: #", "Two": {"type": "boolean"}, "Three": {"type": "stringArray"}"#)
    let partitions = try PartitionTable(json: SourceText(Self.partitions))
    #expect(try rules.outcome(for: [:], in: partitions).unset == ["In"])
    #expect(try rules.outcome(for: ["In": .string("")], in: partitions).unset == ["Two"])
    #expect(try rules.outcome(for: ["In": .string(""), "Two": .boolean(false)], in: partitions).unset == [])
  }

  static let faults: [(rules: String, fault: EndpointRulesFault)] = [
    ("{}", .malformed(pointer: "/rules", expected: "a list")),
    ("[1]", .malformed(pointer: "/rules/0", expected: "an object with conditions")),
    (#"[{"conditions": []}]"#, .malformed(pointer: "/rules/0", expected: "an object with type")),
    (
      #"[{"conditions": [], "type": "x"}]"#,
      .malformed(pointer: "/rules/0/type", expected: "endpoint, error or tree")
    ),
    (
      #"[{"conditions": [], "type": "tree"}]"#,
      .malformed(pointer: "/rules/0", expected: "an object with rules")
    ),
    (
      #"[{"conditions": [], "type": "endpoint", "endpoint": {}}]"#,
      .malformed(pointer: "/rules/0/endpoint", expected: "an object with url")
    ),
    (showing("{In"), .malformed(pointer: "/rules/0/error", expected: "a brace that closes")),
    (showing("In}"), .malformed(pointer: "/rules/0/error", expected: "a brace that opens")),
    (showing("{In#}"), .malformed(pointer: "/rules/0/error", expected: "a path after #")),
    (showing("{In#a[-1]}"), .malformed(pointer: "/rules/0/error", expected: "a path after #")),
    (showing("{in}"), .unknownName(pointer: "/rules/0/error", name: "in")),
    (
      showing("", if: #"{"fn": "launch", "argv": []}"#),
      .unknownFunction(pointer: "/rules/0/conditions/0/fn", name: "launch")
    ),
    (
      showing("", if: #"{"fn": "isSet", "argv": []}"#),
      .wrongArgumentCount(pointer: "/rules/0/conditions/0", function: "isSet", count: 0)
    ),
    (
      showing("", if: #"{"fn": "getAttr", "argv": [{"ref": "In"}]}"#),
      .wrongArgumentCount(pointer: "/rules/0/conditions/0", function: "getAttr", count: 1)
    ),
    (
      showing("", if: #"{"fn": "isSet", "argv": [null]}"#),
      .malformed(
        pointer: "/rules/0/conditions/0/argv/0", expected: "a text, a whole number, true or false")
    ),
  ]

  @Test(arguments: faults)
  func faultyRules(_ test: (rules: String, fault: EndpointRulesFault)) {
    #expect(throws: test.fault) { try Self.rules(test.rules) }
  }

  @Test func faultyTexts() {
    #expect {
      try EndpointRuleSet(json: SourceText("{"))
    } throws: { error in
      if case EndpointRulesFault.syntax = error { true } else { false }
    }
    // Rules within rules until the reader's bound, far within the stack.
    let deep = String(repeating: #"{"rules":["#, count: 100_000)
    #expect {
      try EndpointRuleSet(json: SourceText(deep))
    } throws: { error in
      if case EndpointRulesFault.syntax(let issue) = error { issue.kind == .limit } else { false }
    }
    #expect(throws: EndpointRulesFault.malformed(pointer: "", expected: "an object with partitions")) {
      try PartitionTable(json: SourceText("{}"))
    }
    #expect(
      throws: EndpointRulesFault.malformed(
        pointer: "/partitions/0/regionRegex", expected: "a regular expression")
    ) {
      try PartitionTable(json: SourceText(#"{"partitions": [{"id": "aws", "regionRegex": "("}]}"#))
    }
  }

  static let wrongParameters: [(declared: String, given: RuleValue?, fault: EndpointRulesFault)] = [
    (#""type": "Boolean""#, .string("true"), .wrongParameter(name: "P")),
    (#""type": "String""#, .boolean(true), .wrongParameter(name: "P")),
    (#""type": "StringArray""#, .array([.integer(1)]), .wrongParameter(name: "P")),
    (#""type": "String", "required": true"#, nil, .missingParameter(name: "P")),
    (
      #""type": "Number""#, nil,
      .malformed(pointer: "/parameters/P/type", expected: "String, Boolean or StringArray")
    ),
    (
      #""type": "Boolean", "default": "true""#, nil,
      .malformed(pointer: "/parameters/P/default", expected: "a value of the parameter's type")
    ),
  ]

  @Test(arguments: wrongParameters)
  func parameters(_ test: (declared: String, given: RuleValue?, fault: EndpointRulesFault)) throws {
    let partitions = try PartitionTable(json: SourceText(Self.partitions))
    #expect(throws: test.fault) {
      let rules = try Self.rules(Self.showing("x"), parameters: #", "P": {\#(test.declared)}"#)
      return try rules.outcome(for: test.given.map { ["P": $0] } ?? [:], in: partitions)
    }
  }

  static let failures: [(rules: String, input: String?, fault: EndpointRulesFault)] = [
    ("[]", "a", .noRuleMatches),
    // What follows a tree whose conditions hold is out of reach.
    (
      #"[{"type": "tree", "conditions": [], "rules": []}, {"type": "error", "conditions": [], "error": "x"}]"#,
      "a",
      .noRuleMatches
    ),
    (showing("a{In}"), nil, .wrongArgument(function: "template", argument: 1)),
    (
      showing("", if: #"{"fn": "booleanEquals", "argv": [true, {"ref": "In"}]}"#), "a",
      .wrongArgument(function: "booleanEquals", argument: 1)
    ),
    (
      showing("", if: #"{"fn": "getAttr", "argv": [{"ref": "In"}, "a"]}"#), "a",
      .wrongArgument(function: "getAttr", argument: 0)
    ),
    (
      // Sixteen doublings of a byte make 64 KiB, one more is too much.
      showing(
        "",
        if: (1...17).map { step in
          let old = step == 1 ? "In" : "X\(step - 1)"
          return
            #"{"fn": "substring", "argv": ["{\#(old)}{\#(old)}", 0, \#(1 << step), false], "assign": "X\#(step)"}"#
        }.joined(separator: ", ")), "a", .textTooLong(limit: 65536)
    ),
  ]

  @Test(arguments: failures)
  func failure(_ test: (rules: String, input: String?, fault: EndpointRulesFault)) {
    #expect(throws: test.fault) { try Self.outcome(test.rules, test.input) }
  }
}
