import Foundation
import Testing

/// Every limit right at its edge, set by flag and by configuration, for lint and for plan.
@Suite struct LimitTests {
  struct Case: Sendable {
    let name: String
    let text: String
    /// The least value under which nothing is left out.
    let least: Int
    /// The finding under one less, without the file's name.
    let finding: String
    var pack: String?
    /// Whether the input has other findings.
    var isFaulty = false
  }

  private static let head = "# reqlint: es.ListPackagesForDomain\nDomainName: abc\n"

  static let cases = [
    Case(
      name: "file-bytes", text: head, least: 52,
      finding: "1:1: error: file is larger than 51 bytes [document-limit]"),
    Case(
      name: "nesting", text: head + "x: [[[1]]]\n", least: 4,
      finding: "3:6: error: nesting is deeper than 3 levels [document-limit]", isFaulty: true),
    Case(
      name: "aliased-nodes", text: head + "x: &x [a, b]\ny: [*x, *x]\n", least: 6,
      finding: "4:9: error: aliases stand for more than 5 nodes [document-limit]", isFaulty: true),
    Case(
      name: "aliased-bytes", text: head + "x: &x [a, b]\ny: [*x, *x]\n", least: 12,
      finding: "4:9: error: aliases stand for more than 11 bytes [document-limit]", isFaulty: true),
    Case(
      name: "findings", text: head + "x: 1\ny: 2\nz: 3\n", least: 3,
      finding:
        "4:2: error: 1 more findings are not shown, the limit for a file is 2 [document-limit]",
      isFaulty: true),
    Case(
      name: "rule-steps", text: head, least: 5,
      finding: "2:1: error: rule hostile is not evaluated: rules take more steps than rule-steps allows "
        + "[evaluation-limit]",
      pack: "{allOf: [true, {type: object}, {type: object}, {type: object}, {type: object}]}"),
  ]

  private func pack(_ assertion: String) -> String {
    """
    title: Hostile
    severity: error
    operations: [es.ListPackagesForDomain]
    assert: \(assertion)
    message: hostile
    why: to see that it is bounded
    source: https://example.com
    examples:
      good: [{ DomainName: abc }]
      bad: [{}]

    """
  }

  @Test(arguments: cases.indices) func holdsAtItsEdge(_ index: Int) throws {
    let test = Self.cases[index]
    try withScratch { scratch in
      try scratch.write("a.yaml", test.text)
      if let assertion = test.pack { try scratch.write("pack/hostile.yaml", pack(assertion)) }
      let rules = test.pack == nil ? "" : " --rules pack"
      for isFlag in [true, false] {
        func run(_ command: String, _ value: Int) throws -> Invocation {
          try scratch.write(".reqlint.yaml", isFlag ? "" : "limits: {\(test.name): \(value)}\n")
          let flag = isFlag ? " --limit \(test.name)=\(value)" : ""
          return try Invocation("\(command)\(rules)\(flag) a.yaml", in: scratch.folder)
        }
        let under = try run("lint", test.least)
        #expect(under.status == (test.isFaulty ? 1 : 0), "\(test.name)")
        #expect(!under.output.contains("document-limit"), "\(test.name)")
        #expect(!under.output.contains("evaluation-limit"), "\(test.name)")
        let over = try run("lint", test.least - 1)
        let expected = "a.yaml:\(test.finding)"
        #expect(over.output.split(separator: "\n").contains { $0 == expected }, "\(over.output)")
        #expect(over.status == 1, "\(test.name)")
        let plan = try run("plan", test.least - 1)
        #expect(plan.status == 1, "\(plan.output)")
        #expect(plan.output.contains("-limit]"), "\(plan.output)")
      }
    }
  }

  @Test func boundsTheStepsOfPatterns() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.head + "X: " + String(repeating: "a", count: 40) + "!\n")
      try scratch.write("pack/hostile.yaml", pack("{patternProperties: {'^X': {pattern: '^(a+)+$'}}}"))
      let spent = try Invocation("lint --rules pack --limit pattern-steps=1000 a.yaml", in: scratch.folder)
      #expect(
        spent.output.contains(
          "2:1: error: rule hostile is not evaluated: patterns take more steps than pattern-steps allows "
            + "[evaluation-limit]"), "\(spent.output)")
      #expect(spent.status == 1)
    }
  }

  @Test func boundsTheTextOfFindings() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.head + "x: 1\ny: 2\n")
      let run = try Invocation("lint --limit finding-bytes=1 a.yaml", in: scratch.folder)
      #expect(run.status == 1)
      #expect(
        run.output.hasPrefix(
          "a.yaml:1:1: error: 2 more findings are not shown, the limit for a file is 1000 [document-limit]\n"),
        "\(run.output)")
    }
  }

  /// Findings beyond the limit are not listed, but each request has its verdict.
  @Test func verdictsDoNotDependOnTheList() throws {
    try withScratch { scratch in
      try scratch.write(
        "a.yaml", Self.head + "x: 1\ny: 2\n---\n" + Self.head + "z: 3\n---\n" + Self.head)
      let junit = try Invocation("lint --limit findings=1 --format junit a.yaml", in: scratch.folder)
      #expect(junit.output.contains(#"name="document-limit a.yaml#2""#), "\(junit.output)")
      #expect(junit.status == 1)
      let plan = try Invocation("plan --limit findings=1 a.yaml", in: scratch.folder)
      #expect(plan.output.hasPrefix("3 requests in 1 file: 2 blocked"), "\(plan.output)")
      #expect(plan.status == 1)
    }
  }

  /// A flag goes before the configuration, and the last of several before the others.
  @Test func flagBeatsFile() throws {
    try withScratch { scratch in
      try scratch.write(".reqlint.yaml", "limits: {findings: 1}\n")
      try scratch.write("a.yaml", Self.head + "x: 1\ny: 2\nz: 3\n")
      func count(_ flags: String) throws -> Int {
        let rules = try Invocation("lint --format json \(flags) a.yaml", in: scratch.folder).rules()
        return rules.count { $0 == "unknown-parameter" }
      }
      #expect(try count("") == 1)
      #expect(try count("--limit findings=2") == 2)
      #expect(try count("--limit findings=2 --limit findings=3") == 3)
      #expect(try count("--limit nesting=10") == 1)
    }
  }

  /// Rules lead from one schema to the next as deep as the stack surely bears, and no deeper.
  @Test func boundsHowDeepSchemasLead() throws {
    func chain(_ length: Int) -> String {
      let parts = (0..<length).map { "a\($0): {$ref: '#/$defs/a\($0 + 1)'}" }
      return "{$ref: '#/$defs/a0', $defs: {\(parts.joined(separator: ", ")), a\(length): true}}"
    }
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.head)
      try scratch.write("pack/hostile.yaml", pack(chain(998)))
      let deepest = try Invocation("lint --rules pack a.yaml", in: scratch.folder)
      #expect(deepest.errors == "")
      #expect(deepest.status == 0)
      try scratch.write("pack/hostile.yaml", pack(chain(999)))
      let deeper = try Invocation("lint --rules pack a.yaml", in: scratch.folder)
      #expect(
        deeper.errors.hasSuffix(": schemas lead to one another deeper than 1000 levels\n"), "\(deeper.errors)"
      )
      #expect(deeper.status == 2)
    }
  }

  static let badFlags: [(flag: String, message: String)] = [
    ("nesting=1001", "--limit nesting must be a whole number from 1 to 1000, not \"1001\""),
    ("nesting=0", "--limit nesting must be a whole number from 1 to 1000, not \"0\""),
    ("nesting=", "--limit nesting must be a whole number from 1 to 1000, not \"\""),
    ("nesting=0x10", "--limit nesting must be a whole number from 1 to 1000, not \"0x10\""),
    (
      "file-bytes=99999999999999999999",
      "--limit file-bytes must be a whole number from 1 to 2147483648, not \"99999999999999999999\""
    ),
    ("aliased-nodes=-1", "--limit aliased-nodes must be a whole number from 0 to 1000000000, not \"-1\""),
    ("depth=3", "--limit \"depth=3\" is not NAME=VALUE with a name of file-bytes, "),
    ("nesting", "--limit \"nesting\" is not NAME=VALUE with a name of file-bytes, "),
  ]

  @Test(arguments: badFlags.indices) func refusesABadFlag(_ index: Int) throws {
    for command in ["lint", "plan", "verify p.json"] {
      let run = try Invocation("\(command) --limit \(Self.badFlags[index].flag)")
      #expect(run.status == 2)
      #expect(run.errors.contains(Self.badFlags[index].message), "\(run.errors)")
    }
  }

  @Test func tellsABadConfigurationItsPlace() throws {
    try withScratch { scratch in
      try scratch.write(
        ".reqlint.yaml", "limits: {nesting: 1001, findings: many,\n  aliased-nodes: 5, depth: 1}\n")
      try scratch.write("a.yaml", Self.head)
      let run = try Invocation("lint a.yaml", in: scratch.folder)
      #expect(
        run.errors == """
          reqlint: .reqlint.yaml:1:19: nesting must be a whole number from 1 to 1000, not "1001"
          reqlint: .reqlint.yaml:1:35: findings must be a whole number from 1 to 10000000, not "many"
          reqlint: .reqlint.yaml:2:21: limits has no key "depth"; it knows file-bytes, nesting, aliased-nodes, \
          aliased-bytes, findings, finding-bytes, pattern-steps, rule-steps
          reqlint: 1 file not checked, since .reqlint.yaml is faulty

          """)
      #expect(run.status == 2)
    }
  }

  /// A plan is as deep as its requests and some levels more, and can be verified all the same.
  @Test func verifiesTheDeepestPlan() throws {
    try withScratch { scratch in
      let text = String(repeating: "[", count: 999) + String(repeating: "]", count: 999)
      try scratch.write("a.yaml", Self.head + "x: \(text)\n")
      let plan = try Invocation("plan --limit nesting=1000 --format json a.yaml", in: scratch.folder)
      #expect(plan.status == 1)
      try scratch.write("p.json", plan.output)
      let same = try Invocation("verify --limit nesting=1000 p.json", in: scratch.folder)
      #expect(same.output.hasPrefix("no change between the two plans"), "\(same.output)\(same.errors)")
      #expect(same.status == 0)
      #expect(try Invocation("verify p.json", in: scratch.folder).status == 1)
    }
  }
}
