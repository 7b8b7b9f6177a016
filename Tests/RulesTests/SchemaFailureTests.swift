import Dispatch
import Synchronization
import Patterns
import Syntax
import Testing

@testable import Rules

/// Where a failing schema points, and that it ends.
struct SchemaFailureTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let schema: String
    let instance: String
    /// `PLACE POINTER VALUE` of every failure; the root stands at `1:1-1:1`.
    let expected: [String]

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "nothing fails", schema: "{}", instance: "a: 1\n", expected: []),
    Case(name: "false at the root", schema: "false", instance: "a: 1\n", expected: ["1:1-1:1  -"]),
    Case(
      name: "scalar", schema: "{properties: {a: {type: string}}}", instance: "x: 1\na: 12\n",
      expected: ["2:4-2:6 /a 12"]),
    Case(
      name: "missing member at the key of its object", schema: "{properties: {a: {required: [b, c]}}}",
      instance: "a:\n  b: 1\n",
      expected: ["1:1-1:2 /a -"]),
    Case(
      name: "missing member at the root", schema: "{required: [b]}", instance: "a: 1\n",
      expected: ["1:1-1:1  -"]),
    Case(
      name: "missing dependent member", schema: "{properties: {a: {dependentRequired: {b: [c]}}}}",
      instance: "a: {b: 1}\n",
      expected: ["1:1-1:2 /a -"]),
    Case(
      name: "missing member of an item", schema: "{properties: {l: {items: {required: [b]}}}}",
      instance: "l:\n- b: 1\n- c: 1\n",
      expected: ["3:3-3:4 /l/1 -"]),
    Case(
      name: "unwanted member", schema: "{additionalProperties: false, properties: {a: true}}",
      instance: "a: 1\nb: {c: 2}\nd:\n  e: 3\n",
      expected: ["2:4-2:5 /b -", "4:3-4:4 /d -"]),
    Case(
      name: "member's name", schema: "{propertyNames: {pattern: ^a}}", instance: "ab: 1\nb: 1\n",
      expected: ["2:1-2:2  b"]),
    Case(
      name: "several, in document order",
      schema: "{required: [z], properties: {b: {type: string}, a: {minimum: 5}}, maxProperties: 1}",
      instance: "a: 1\nb: 2\n", expected: ["1:1-1:1  -", "1:4-1:5 /a 1", "2:4-2:5 /b 2"]),
    Case(
      name: "order of the document, not of the schema",
      schema: "{allOf: [{properties: {b: false}}, {properties: {a: false}}]}",
      instance: "a: 1\nb: 2\n", expected: ["1:4-1:5 /a 1", "2:4-2:5 /b 2"]),
    Case(
      name: "the same place once", schema: "{properties: {a: {type: string, minimum: 5, enum: [7]}}}",
      instance: "a: 1\n",
      expected: ["1:4-1:5 /a 1"]),
    Case(
      name: "any of several points at the value",
      schema: "{properties: {a: {anyOf: [{type: string}, {required: [b]}]}}}",
      instance: "a: {c: 1}\n", expected: ["1:4-1:5 /a -"]),
    Case(
      name: "all of several points inside",
      schema: "{allOf: [{properties: {a: {properties: {c: {const: 2}}}}}]}", instance: "a: {c: 1}\n",
      expected: ["1:8-1:9 /a/c 1"]),
    Case(
      name: "not", schema: "{properties: {a: {not: {const: 1}}}}", instance: "a: 1\n",
      expected: ["1:4-1:5 /a 1"]),
    Case(
      name: "condition",
      schema: "{if: {required: [a]}, then: {properties: {a: {const: 2}}}, else: {required: [b]}}",
      instance: "a: 1\n",
      expected: ["1:4-1:5 /a 1"]),
    Case(
      name: "items and their number", schema: "{properties: {l: {maxItems: 1, items: {type: integer}}}}",
      instance: "l: [a, 1]\n",
      expected: ["1:4-1:5 /l -", "1:5-1:6 /l/0 a"]),
    Case(
      name: "what a list should contain", schema: "{properties: {l: {contains: {const: x}, maxContains: 1}}}",
      instance: "l:\n  - x\n  - x\n",
      expected: ["2:3-2:4 /l -"]),
    Case(
      name: "empty value at its key", schema: "{properties: {a: {type: string}}}", instance: "a:\nb: 1\n",
      expected: ["1:1-1:2 /a "]),
    Case(
      name: "alias points at the value that it names", schema: "{properties: {b: {type: integer}}}",
      instance: "a: &x y\nb: *x\n",
      expected: ["1:7-1:8 /b y"]),
    Case(
      name: "merged member", schema: "{properties: {b: {properties: {p: {const: 2}}}}}",
      instance: "a: &x {p: 1}\nb: {<<: *x}\n",
      expected: ["1:11-1:12 /b/p 1"]),
    Case(
      name: "non-ASCII", schema: "{properties: {größe: {const: 水}}}", instance: "größe: 'ü🎉'\n",
      expected: ["1:8-1:12 /größe ü🎉"]),
    Case(
      name: "pattern of a key",
      schema: "{patternProperties: {^x: {type: integer}}, additionalProperties: false}",
      instance: "x1: 1\nx2: a\ny: 1\n", expected: ["2:5-2:6 /x2 a", "3:4-3:5 /y 1"]),
    Case(
      name: "slash and tilde in a key", schema: "{additionalProperties: false}", instance: "a/b~c: 1\n",
      expected: ["1:8-1:9 /a~1b~0c 1"]),
  ]

  @Test(arguments: cases)
  func pointsAtTheFault(_ item: Case) throws {
    let found = try failures(of: schema(item.schema), for: item.instance)
    #expect(found == item.expected)
  }

  // MARK: Values

  /// YAML's own spellings of JSON's values.
  @Test(arguments: [
    ("{type: 'null'}", "~", true), ("{type: 'null'}", "''", false), ("{type: boolean}", "TRUE", true),
    ("{type: boolean}", "yes", false),
    ("{type: integer}", "0x1F", true), ("{type: integer}", "1.0", true), ("{type: integer}", "1e2", true),
    ("{type: integer}", "1.5", false),
    ("{type: number}", ".inf", true), ("{type: integer}", ".inf", false),
    ("{type: string}", "2026-12-01", true),
    ("{type: string}", "12:30:45", true), ("{type: string}", "!!str 5", true),
    ("{type: [string, integer]}", "5", true),
    ("{const: 31}", "0x1F", true), ("{const: 8}", "0o10", true), ("{const: 10}", "010", true),
    ("{const: '1'}", "1", false),
    ("{const: 1.0}", "1", true), ("{const: ~}", "null", true),
    ("{const: [1, {a: b}]}", "[1.0, {a: b}]", true),
    ("{enum: [a, 2, {x: [y]}]}", "{x: [y]}", true), ("{enum: [a, 2]}", "b", false),
    ("{const: {a: 1, b: 2}}", "{b: 2, a: 1}", true),
    ("{const: {a: 1, b: 2}}", "{a: 1}", false), ("{const: \u{E4}}", "a\u{308}", false),
    ("{maxLength: 2}", "🎉🎉", true),
    ("{minLength: 3}", "🎉🎉", false), ("{maxLength: 1}", "123", true),
    ("{uniqueItems: true}", "[1, 2, '1']", true),
    ("{uniqueItems: true}", "[1, 1.0]", false),
    ("{uniqueItems: true}", "[{a: 1, b: 2}, {b: 2, a: 1}]", false),
    ("{uniqueItems: true}", "[true, 'true', ~, '~', [], {}]", true),
    ("{minimum: 9007199254740993}", "9007199254740992", false),
    ("{multipleOf: 0.01}", "19.99", true), ("{maximum: 1e400}", "1e399", true),
    ("{minProperties: 2}", "{<<: {a: 1}, b: 2}", true),
    ("{format: date-time}", "2026-11-20T12:00:00.123456Z", true),
    ("{format: date-time}", "2026-11-20T12:00Z", false),
    ("{format: ipv4}", "10.0.0.256", false), ("{format: uri}", "s3://bucket/ü", false),
    ("{format: ipv6}", "'::ffff:10.0.0.1'", true),
  ])
  func judgesValues(_ text: String, _ instance: String, _ holds: Bool) throws {
    let document = try document("v: \(instance)\n")
    let value = document.value(of: "v", in: document.root)
    var evaluator = SchemaEvaluator(EvaluationContext(document, root: try #require(value)))
    let schema = try schema(text)
    #expect(evaluator.holds(schema) == holds)
    #expect(evaluator.unknown == nil)
  }

  // MARK: What cannot be judged

  @Test func tellsWhenAPatternRunsAway() throws {
    let schema = try schema("{properties: {a: {pattern: ^(a+)+$}}}")
    let document = try document("a: \(String(repeating: "a", count: 40))!\n")
    var evaluator = SchemaEvaluator(EvaluationContext(document))
    let elapsed = ContinuousClock().measure {
      #expect(evaluator.holds(schema) == true)
      #expect(evaluator.unknown == .limit(.patternSteps))
    }
    #expect(elapsed < .seconds(5))
    let failures = evaluator.failures(of: schema)
    #expect(failures.isEmpty)
    let anything = try RulesTests.schema("true")
    #expect(evaluator.holds(anything) == true)
    #expect(evaluator.unknown == nil, "told anew for every schema")
  }

  /// What cannot be judged never makes a fault, wherever it stands.
  @Test(arguments: [
    ("{properties: {a: {not: {pattern: ^(a+)+$}}}}", [], true),
    ("{properties: {a: {oneOf: [{pattern: ^(a+)+$}, {type: string}]}}}", [], true),
    ("{properties: {a: {oneOf: [{pattern: ^(a+)+$}, {type: string}, {minLength: 1}]}}}", ["/a"], false),
    ("{properties: {a: {anyOf: [{pattern: ^(a+)+$}, {type: integer}]}}}", [], true),
    ("{properties: {a: {anyOf: [{pattern: ^(a+)+$}, {type: string}]}}}", [], false),
    ("{properties: {a: {if: {pattern: ^(a+)+$}, then: false}}}", [], true),
    ("{properties: {l: {contains: {pattern: ^(a+)+$}, maxContains: 0, minContains: 0}}}", [], true),
    ("{properties: {l: {contains: {pattern: ^(a+)+$}, minContains: 5}}}", [], true),
    ("{patternProperties: {^(aa+)+$: false}}", [], true),
    ("{patternProperties: {^(aa+)+$: true}, additionalProperties: false}", ["/a", "/b", "/l"], true),
    ("{properties: {b: {const: 2}, a: {not: {pattern: ^(a+)+$}}}}", ["/b"], true),
    ("{not: {not: {properties: {a: {pattern: ^(a+)+$}}}}}", [], true),
    ("{not: {properties: {a: {type: integer, pattern: ^(a+)+$}}}}", [], false),
    ("{not: {properties: {a: {pattern: ^(a+)+$, type: integer}}}}", [], false),
    ("{properties: {l: {contains: {pattern: ^(a+)+$, type: integer}, minContains: 0}}}", [], false),
  ])
  func neverFailsForWhatItCannotJudge(_ text: String, _ expected: [String], _ isUnknown: Bool) throws {
    let long = String(repeating: "a", count: 40) + "!"
    let document = try document("{\(long): x, a: \(long), b: 1, l: [\(long)]}\n")
    let schema = try schema(text)
    var evaluator = SchemaEvaluator(EvaluationContext(document))
    #expect(evaluator.holds(schema) == expected.isEmpty)
    #expect((evaluator.unknown != nil) == isUnknown)
    // The first look may have taken most of the budget.
    evaluator = SchemaEvaluator(EvaluationContext(document))
    let failures = evaluator.failures(of: schema)
    #expect(failures.map { document.pointer($0.path).description } == expected)
  }

  @Test func tellsWhenReferencesGoTooDeep() throws {
    let schema = try schema("{properties: {a: {$ref: '#'}}, additionalProperties: false}")
    let document = try document("{a: {a: {a: {b: 1}}}}")
    var evaluator = SchemaEvaluator(EvaluationContext(document, limits: Limits(nesting: 3)))
    #expect(evaluator.holds(schema) == true)
    #expect(evaluator.unknown == .limit(.references(depth: 6)))
    evaluator = SchemaEvaluator(EvaluationContext(document, limits: Limits(nesting: 4)))
    #expect(evaluator.holds(schema) == false)
    #expect(evaluator.unknown == nil)
  }

  /// A schema that judges its value 2^10 times, each time by one keyword, and as often by those above.
  @Test func tellsWhenTheBudgetIsSpent() throws {
    let parts = (0..<10).map {
      "a\($0): {allOf: [{$ref: '#/$defs/a\($0 + 1)'}, {$ref: '#/$defs/a\($0 + 1)'}]}"
    }
    let schema = try schema(
      "{$ref: '#/$defs/a0', $defs: {\(parts.joined(separator: ", ")), a10: {type: string}}}")
    var limits = Limits()
    // One step for the outermost reference, three for each allOf, one for each type.
    let steps = 1 + 3 * (1 << 10 - 1) + 1 << 10
    limits.ruleSteps = steps + 1
    var evaluator = SchemaEvaluator(EvaluationContext(try document("x"), limits: limits))
    var holds = evaluator.holds(schema)
    #expect(holds)
    #expect(evaluator.unknown == nil)
    #expect(evaluator.budget.steps == 1)
    limits.ruleSteps = steps - 1
    evaluator = SchemaEvaluator(EvaluationContext(try document("x"), limits: limits))
    holds = evaluator.holds(schema)
    #expect(holds)
    #expect(evaluator.unknown == .limit(.ruleSteps))
    // What is not judged is no reason to take its opposite for certain.
    let negation = "{not: {$ref: '#/$defs/a'}, $defs: {a: {type: integer}}}"
    #expect(try definitelyHolds(negation, steps: 3))
    #expect(try !definitelyHolds(negation, steps: 1))
  }

  private func definitelyHolds(_ text: String, steps: Int) throws -> Bool {
    var limits = Limits()
    limits.ruleSteps = steps
    var evaluator = SchemaEvaluator(EvaluationContext(try document("x"), limits: limits))
    return evaluator.definitelyHolds(try schema(text))
  }

  /// A budget that ran out is told before all other reasons, whatever comes first.
  @Test(arguments: [
    "{allOf: [{properties: {a: {pattern: ^(a+)+$}}}, {properties: {a: {x-compare: {with: /b, is: equal}}}}]}",
    "{allOf: [{properties: {a: {x-compare: {with: /b, is: equal}}}}, {properties: {a: {pattern: ^(a+)+$}}}]}",
    "{allOf: [{properties: {a: {pattern: ^(a+)+$}}}, {not: {properties: {a: {x-compare: {with: /b, is: equal}}}}}]}",
  ])
  func putsLimitsFirst(_ text: String) throws {
    let document = try document("{a: \(String(repeating: "a", count: 40))!, b: x}\n")
    var evaluator = SchemaEvaluator(EvaluationContext(document))
    let holds = try evaluator.holds(schema(text))
    #expect(holds)
    #expect(evaluator.unknown == .limit(.patternSteps))
  }

  /// An embedded document has aliases of its own; one that exceeds them is no violation, and no pass either.
  @Test func embeddedDocumentsBeyondALimit() throws {
    let schema = try schema("{properties: {s: {x-yaml: {type: object}}}}")
    let bomb = "a: &a [x, x, x]\\nb: [*a, *a]\\n"
    var limits = Limits(aliasedNodes: 8)
    var evaluator = SchemaEvaluator(EvaluationContext(try document("{s: \"\(bomb)\"}"), limits: limits))
    var holds = evaluator.holds(schema)
    #expect(holds)
    #expect(evaluator.unknown == nil)
    limits.aliasedNodes = 7
    evaluator = SchemaEvaluator(EvaluationContext(try document("{s: \"\(bomb)\"}"), limits: limits))
    holds = evaluator.holds(schema)
    #expect(holds)
    #expect(evaluator.unknown?.limit?.limit == .aliasedNodes)
    let failures = evaluator.failures(of: schema)
    #expect(failures.isEmpty)
    evaluator = SchemaEvaluator(EvaluationContext(try document("s: '&a [*a]'\n")))
    holds = evaluator.holds(schema)
    #expect(holds)
    #expect(
      evaluator.unknown?.limit?.reason.hasSuffix("alias *a stands inside the value that it names") == true)
  }

  /// All patterns draw on one budget, whatever rule they belong to.
  @Test func patternsShareABudget() throws {
    let schema = try schema("{items: {pattern: '^(a+)+$'}}")
    let item = String(repeating: "a", count: 40) + "x"
    let document = try document("[\(item), \(item), b, \(item)]")
    var limits = Limits()
    limits.patternSteps = 2_000_000
    var evaluator = SchemaEvaluator(EvaluationContext(document, limits: limits))
    let holds = evaluator.holds(schema)
    #expect(holds)
    #expect(evaluator.unknown == .limit(.patternSteps))
    #expect(evaluator.budget.matches.isSpent)
    #expect(evaluator.budget.matches.remaining > -2_000, "the last item is not tried")
  }

  /// The same value behind several aliases fails at each place, and at each once.
  @Test func aliasesFailEachAtItsPlace() throws {
    let schema = try schema("{properties: {b: {allOf: [{items: {const: z}}, {items: {const: z}}]}}}")
    let document = try document("{a: &x y, b: [*x, *x]}")
    var evaluator = SchemaEvaluator(EvaluationContext(document))
    let failures = evaluator.failures(of: schema)
    #expect(failures.map { document.pointer($0.path).description } == ["/b/0", "/b/1"])
    #expect(document.pointers(failures.map(\.path)).map(\.description) == ["/b/0", "/b/1"])
  }

  // MARK: Hostile sizes

  static let recursive = [
    "{properties: {a: {$ref: '#'}}, additionalProperties: {$ref: '#'}}",
    "{properties: {a: {allOf: [{anyOf: [{$ref: '#'}]}]}}}",
    "{propertyNames: {const: a}, additionalProperties: {if: true, then: {$ref: '#'}}}",
    "{not: {not: {additionalProperties: {oneOf: [{$ref: '#'}]}}}}",
    "{uniqueItems: true, items: {$ref: '#'}, const: [], properties: {a: {const: []}}}",
  ]

  /// Threads of a concurrent queue may have small stacks.
  @Test(arguments: recursive)
  func needsLittleStack(_ text: String) throws {
    let nests = [
      String(repeating: "{a: ", count: 511) + "{}" + String(repeating: "}", count: 511),
      String(repeating: "[", count: 512) + String(repeating: "]", count: 512),
    ]
    let judged = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for nest in nests {
        guard let schema = try? schema(text), let document = try? document(nest) else { continue }
        var evaluator = SchemaEvaluator(EvaluationContext(document))
        let holds = evaluator.holds(schema)
        if holds == evaluator.failures(of: schema).isEmpty { judged.add(1, ordering: .relaxed) }
      }
    }
    #expect(judged.load(ordering: .relaxed) == 16)
  }

  /// A plain recursive schema reaches the bottom of what may be read.
  @Test func reachesTheLimitOfNesting() throws {
    let schema = try schema("{properties: {a: {$ref: '#'}}, additionalProperties: false}")
    let document = try document(
      String(repeating: "{a: ", count: 511) + "{b: 1}" + String(repeating: "}", count: 511))
    var evaluator = SchemaEvaluator(EvaluationContext(document))
    #expect(evaluator.holds(schema) == false)
    #expect(evaluator.unknown == nil)
  }

  @Test(.timeLimit(.minutes(5))) func comparesDeepNestsOnSmallStacks() throws {
    let nest = String(repeating: "[", count: 510) + String(repeating: "]", count: 510)
    let judged = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      guard let schema = try? schema("{uniqueItems: true}"),
        let document = try? document("[\(nest), \(nest)]")
      else { return }
      var evaluator = SchemaEvaluator(EvaluationContext(document))
      if !evaluator.holds(schema) { judged.add(1, ordering: .relaxed) }
    }
    #expect(judged.load(ordering: .relaxed) == 8)
  }

  @Test(.timeLimit(.minutes(5))) func takesLinearTime() throws {
    let members = (0..<20_000).map { "k\($0): \($0)" }.joined(separator: ", ")
    let pair = try document("[{\(members)}, {\(members)}]")
    var evaluator = SchemaEvaluator(EvaluationContext(pair))
    let unique = try schema("{uniqueItems: true}")
    #expect(evaluator.holds(unique) == false)
    let list = try document("[" + (0..<50_000).map { String($0) }.joined(separator: ", ") + "]")
    evaluator = SchemaEvaluator(EvaluationContext(list))
    let failures = evaluator.failures(of: try schema("{items: {type: string}}"))
    #expect(failures.count == 50_000)
    #expect(evaluator.holds(unique) == true)
  }
}
