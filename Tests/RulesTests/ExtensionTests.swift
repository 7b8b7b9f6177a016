import Syntax
import Testing

@testable import Rules

/// `x-version`, `x-equal-to`, `x-unique-by`, `x-request` and `x-yaml`.
struct ExtensionTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let schema: String
    let instance: String
    var notation = Document.Notation.yaml
    /// `PLACE POINTER VALUE` of every failure.
    let expected: [String]

    var testDescription: String { name }
  }

  @Test(arguments: equal + unique + yaml)
  func judges(_ item: Case) throws {
    let found = try failures(of: schema(item.schema), for: item.instance, as: item.notation)
    #expect(found == item.expected)
  }

  // MARK: x-version

  @Test(arguments: [
    ("OpenSearch_2.15", true), ("OpenSearch_2.14", false), ("OpenSearch_2.9", false),
    ("OpenSearch_2.15.0", true),
    ("OpenSearch_2", false), ("OpenSearch_3", true), ("OpenSearch_3.0", true), ("OpenSearch_3.0.0", true),
    ("OpenSearch_3.0.1", false),
    ("OpenSearch_3.1", false), ("OpenSearch_10.1", false), ("OpenSearch_02.15", true),
    ("Elasticsearch_7.10", true), ("OpenSearch_", true),
    ("OpenSearch_2.x", true), ("OpenSearch_2.", true), ("OpenSearch_.5", true), ("OpenSearch_+1.0", true),
    ("OpenSearch_-1", true),
    ("OpenSearch_ 1", true), ("OpenSearch_1_0", true), ("OpenSearch_99999999999999999999", true),
    ("opensearch_1.0", true), ("1.0", true),
    ("OpenSearch_١", true),
  ])
  func comparesVersions(_ text: String, _ holds: Bool) throws {
    let schema = try schema(
      #"{properties: {V: {x-version: {prefix: OpenSearch_, minimum: "2.15", maximum: "3.0"}}}}"#)
    let expected = holds ? [] : ["1:4-1:\(6 + text.count) /V \(text)"]
    #expect(try failures(of: schema, for: "V: '\(text)'\n") == expected)
  }

  @Test func comparesVersionsWithoutPrefix() throws {
    let schema = try schema("x-version: {minimum: 1.10}\n")
    #expect(try failures(of: schema, for: "'1.9'") == ["1:1-1:1  1.9"])
    #expect(try failures(of: schema, for: "'1.10'") == [])
    #expect(try failures(of: schema, for: "1.9") == [], "a number is no string")
  }

  // MARK: x-equal-to, x-unique-by

  static let equal = [
    Case(
      name: "equal", schema: "{properties: {b: {x-equal-to: /a/x}}}", instance: "a: {x: n}\nb: 'n'\n",
      expected: []),
    Case(
      name: "not equal", schema: "{properties: {b: {x-equal-to: /a/x}}}", instance: "a: {x: n}\nb: m\n",
      expected: ["2:4-2:5 /b m"]),
    Case(
      name: "number and text differ", schema: "{properties: {b: {x-equal-to: /a}}}",
      instance: "a: 1\nb: '1'\n", expected: ["2:4-2:7 /b 1"]),
    Case(
      name: "numbers by value", schema: "{properties: {b: {x-equal-to: /a}}}", instance: "a: 1\nb: 1.0\n",
      expected: []),
    Case(
      name: "the other one is absent", schema: "{properties: {b: {x-equal-to: /a/0}}}",
      instance: "a: []\nb: 1\n", expected: []),
    Case(
      name: "collections", schema: "{properties: {b: {x-equal-to: /a}}}",
      instance: "a: {x: [1], y: 2}\nb: {y: 2, x: [1]}\n",
      expected: []),
    Case(
      name: "inside embedded YAML against the request",
      schema: "{properties: {s: {x-yaml: {properties: {n: {x-equal-to: /name}}}}}}",
      instance: "name: x\ns: |\n  n: y\n", expected: ["3:6-3:7 /s y"]),
  ]

  static let unique = [
    Case(
      name: "unique", schema: "{properties: {l: {x-unique-by: /n}}}",
      instance: "l: [{n: a}, {n: b}, {m: a}, 5]\n", expected: []),
    Case(
      name: "twice and again", schema: "{properties: {l: {x-unique-by: /n}}}",
      instance: "l:\n- n: a\n- n: b\n- n: 'a'\n- {n: a}\n",
      expected: ["4:6-4:9 /l/2/n a", "5:7-5:8 /l/3/n a"]),
    Case(
      name: "deeper, and only scalars", schema: "{x-unique-by: /a/0}",
      instance: "- a: [x]\n- a: [[x]]\n- a: [[x]]\n- a: [x]\n",
      expected: ["4:7-4:8 /3/a/0 x"]),
    Case(name: "no list", schema: "{x-unique-by: /n}", instance: "{a: 1}", expected: []),
    Case(
      name: "inside embedded YAML", schema: "{properties: {s: {x-yaml: {x-unique-by: /n}}}}",
      instance: "s: |\n  - n: ü\n  - n: ü\n",
      expected: ["3:8-3:9 /s ü"]),
  ]

  // MARK: x-yaml

  static let yaml = [
    Case(
      name: "well-formed", schema: "{properties: {s: {x-yaml: true}}}", instance: "s: |\n  a: [1]\n",
      expected: []),
    Case(
      name: "not well-formed", schema: "{properties: {s: {x-yaml: true}}}",
      instance: "ü: 1\ns: |\n  a: 1\n  b: c: d\n",
      expected: ["4:7-4:8 /s -"]),
    Case(
      name: "two documents", schema: "{properties: {s: {x-yaml: true}}}", instance: "s: \"a\\n---\\nb\"\n",
      expected: ["1:4-1:15 /s -"]),
    Case(
      name: "empty", schema: "{properties: {s: {x-yaml: true}}}", instance: "s: ''\n",
      expected: ["1:4-1:6 /s -"]),
    Case(
      name: "other types", schema: "{properties: {s: {x-yaml: false}}}", instance: "s: 5\n", expected: []),
    Case(
      name: "schema inside",
      schema: "{properties: {s: {x-yaml: {type: object, required: [k], properties: {n: {type: integer}}}}}}",
      instance: "s: |\n  n: x\n", expected: ["2:3-2:4 /s -", "2:6-2:7 /s x"]),
    Case(
      name: "JSON", schema: "{properties: {s: {x-yaml: {properties: {n: {type: integer}}}}}}",
      instance: #"{"s": "a: \u00fc\nn: \"x\""}"#, notation: .json, expected: ["1:22-1:27 /s x"]),
    Case(
      name: "YAML in YAML",
      schema: "{properties: {s: {x-yaml: {properties: {t: {x-yaml: {properties: {n: {const: 1}}}}}}}}}",
      instance: "s: |\n  t: |\n    n: 1\n    m: 2\n", expected: []),
    Case(
      name: "fault in YAML in YAML",
      schema: "{properties: {s: {x-yaml: {properties: {t: {x-yaml: {properties: {n: {const: 1}}}}}}}}}",
      instance: "s: |\n  t: |\n    m: 2\n    n: ü\n", expected: ["4:8-4:9 /s ü"]),
    Case(
      name: "under a condition",
      schema: "{if: {properties: {s: {x-yaml: {required: [a]}}}}, then: {required: [b]}}",
      instance: "s: '{a: 1}'\n",
      expected: ["1:1-1:1  -"]),
  ]

  @Test func parsesEmbeddedYAMLOnce() throws {
    let schema = try schema(
      "{properties: {s: {allOf: [{x-yaml: {required: [a]}}, {x-yaml: {required: [b]}}]}}}")
    // Both miss at the same place: one failure.
    let found = try failures(of: schema, for: "s: '{x: y}'\n")
    #expect(found == ["1:5-1:6 /s -"])
  }

  @Test(.timeLimit(.minutes(5))) func defusesAliasBombs() throws {
    let lines = (1...9).map { level in
      "  a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
    }
    let text = "s: |\n  a0: &a0 x\n" + lines.joined()
    let schema = try schema("{properties: {s: {x-yaml: {properties: {a9: {uniqueItems: true}}}}}}")
    let document = try document(text)
    var evaluator = SchemaEvaluator(EvaluationContext(document, now: testNow, facts: nil))
    let holds = evaluator.holds(schema)
    #expect(holds)
    #expect(evaluator.unknown?.limit?.reason.contains("aliases stand for more than") == true)
  }

  // MARK: x-request

  @Test func looksAtTheRequest() throws {
    let schema = try schema(
      "x-request: {properties: {region: {pattern: ^eu-}, account: {type: string}}, required: [service]}\n")
    func facts(_ values: (String, String)...) -> RequestFacts {
      RequestFacts(values.map { ($0.0, $0.1, $0.0 == "region" ? ByteSpan(2, 4) : nil) })
    }
    #expect(
      try failures(of: schema, for: "abcdef: 1\n", facts: facts(("service", "es"), ("region", "eu-west-1")))
        == [])
    #expect(
      try failures(of: schema, for: "abcdef: 1\n", facts: facts(("service", "es"), ("region", "us-east-1")))
        == ["1:3-1:5  us-east-1"])
    #expect(
      try failures(of: schema, for: "abcdef: 1\n", facts: facts(("region", "eu-west-1"))) == ["1:1-1:1  -"])
    #expect(try failures(of: schema, for: "abcdef: 1\n") == [], "nothing is known")
  }

  @Test func factsAreStrings() throws {
    let schema = try schema(
      "x-request: {properties: {account: {const: '012345678901', pattern: ^0, maxLength: 12}}}\n")
    let facts = RequestFacts([("account", "012345678901", nil)])
    #expect(try failures(of: schema, for: "{}", facts: facts) == [])
  }
}
