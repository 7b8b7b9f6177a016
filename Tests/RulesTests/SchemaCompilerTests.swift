import Syntax
import Testing

@testable import Rules

/// What is wrong with a schema is said at load, with its place.
struct SchemaCompilerTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let schema: String
    /// `PLACE MESSAGE` of every fault.
    let expected: [String]

    var testDescription: String { name }

    init(_ name: String, _ schema: String, _ expected: String...) {
      self.name = name
      self.schema = schema
      self.expected = expected
    }
  }

  private static let rational = "must be a whole number from 0"
  private static let aSchema = "a schema must be a mapping, true or false"

  static let keywords = [
    Case("unknown keyword", "{typo: 1}", #"1:2-1:6 keyword "typo" is not part of the rule language"#),
    Case(
      "unknown keyword deep inside", "properties:\n  ü:\n    items:\n      minLenght: 1\n",
      #"4:7-4:16 keyword "minLenght" is not part of the rule language"#),
    Case("unknown x- keyword", "{x-foo: 1}", #"1:2-1:7 keyword "x-foo" is not part of the rule language"#),
    Case(
      "left out of the standard", "{$anchor: a}",
      #"1:2-1:9 keyword "$anchor" is not part of the rule language"#),
    Case(
      "left out, unevaluated", "{unevaluatedProperties: false}",
      #"1:2-1:23 keyword "unevaluatedProperties" is not part of the rule language"#),
    Case(
      "another dialect", "{$schema: 'http://json-schema.org/draft-07/schema#'}",
      "1:11-1:52 $schema must be https://json-schema.org/draft/2020-12/schema"),
    Case(
      "several", "{foo: 1, type: x, bar: 2}", #"1:2-1:5 keyword "foo" is not part of the rule language"#,
      "1:16-1:17 \(Self.types)", #"1:19-1:22 keyword "bar" is not part of the rule language"#),
    Case(
      "unknown keyword under then without if", "{then: {foo: 1}}",
      #"1:9-1:12 keyword "foo" is not part of the rule language"#),
    Case(
      "unknown keyword in an unused definition", "{$defs: {a: {foo: 1}}}",
      #"1:14-1:17 keyword "foo" is not part of the rule language"#),
  ]

  private static let types = "type must be one of null, boolean, object, array, number, integer, string"

  static let values = [
    Case("schema that is none", "5", "1:1-1:2 \(aSchema)"),
    Case("quoted boolean", "{not: 'true'}", "1:7-1:13 \(aSchema)"),
    Case("YAML 1.1 boolean", "{not: yes}", "1:7-1:10 \(aSchema)"),
    Case("list as items", "{items: [true]}", "1:9-1:15 \(aSchema)"),
    Case("null", "{additionalProperties: }", "1:24-1:24 \(aSchema)"),
    Case("type", "{type: text}", "1:8-1:12 \(types)"),
    Case("type in a list", "{type: [string, int]}", "1:17-1:20 \(types)"),
    Case("type that is a number", "{type: 5}", "1:8-1:9 \(types)"),
    Case("no type", "{type: []}", "1:8-1:10 type must name at least one type"),
    Case("enum", "{enum: a}", "1:8-1:9 enum must be a list"),
    Case("required", "{required: a}", "1:12-1:13 required must be a list of names"),
    Case("required of lists", "{required: [a, [b]]}", "1:12-1:20 required must be a list of names"),
    Case("dependentRequired", "{dependentRequired: [a]}", "1:21-1:24 dependentRequired must be a mapping"),
    Case(
      "dependentRequired of names", "{dependentRequired: {a: b}}",
      "1:25-1:26 dependentRequired must be a list of names"),
    Case("dependentSchemas", "{dependentSchemas: [a]}", "1:20-1:23 dependentSchemas must be a mapping"),
    Case("properties", "{properties: [a]}", "1:14-1:17 must be a mapping of schemas"),
    Case("patternProperties", "{patternProperties: 1}", "1:21-1:22 must be a mapping of schemas"),
    Case("$defs", "{$defs: []}", "1:9-1:11 $defs must be a mapping of schemas"),
    Case("prefixItems", "{prefixItems: {}}", "1:15-1:17 prefixItems must be a list of schemas"),
    Case(
      "prefixItems beside items", "{items: true, prefixItems: 1}",
      "1:28-1:29 prefixItems must be a list of schemas"),
    Case("allOf", "{allOf: {}}", "1:9-1:11 must be a list of schemas"),
    Case("anyOf of nothing", "{anyOf: []}", "1:9-1:11 must be a list of schemas"),
    Case("oneOf", "{oneOf: 1}", "1:9-1:10 must be a list of schemas"),
    Case("negative length", "{minLength: -1}", "1:13-1:15 \(rational)"),
    Case("fractional count", "{maxItems: 1.5}", "1:12-1:15 \(rational)"),
    Case("count as text", "{maxProperties: '1'}", "1:17-1:20 \(rational)"),
    Case("count beyond 64 bits", "{minItems: 1e30}", "1:12-1:16 \(rational)"),
    Case("minContains alone", "{minContains: x}", "1:15-1:16 \(rational)"),
    Case("maxContains", "{contains: true, maxContains: x}", "1:31-1:32 \(rational)"),
    Case("minimum", "{minimum: '1'}", "1:11-1:14 must be a number"),
    Case("maximum", "{maximum: .inf}", "1:11-1:15 must be a number"),
    Case("exclusiveMinimum as in older drafts", "{exclusiveMinimum: true}", "1:20-1:24 must be a number"),
    Case("multipleOf", "{multipleOf: 0}", "1:14-1:15 multipleOf must be above 0"),
    Case("negative multipleOf", "{multipleOf: -2}", "1:14-1:16 multipleOf must be above 0"),
    Case("uniqueItems", "{uniqueItems: 1}", "1:15-1:16 uniqueItems must be true or false"),
    Case(
      "pattern", "{pattern: '('}",
      #"1:11-1:14 pattern "(" is no regular expression: a parenthesis has no partner"#),
    Case("pattern that is a number", "{pattern: 5}", "1:11-1:12 a pattern must be a string"),
    Case(
      "pattern of a key", "{patternProperties: {'[': true}}",
      #"1:22-1:25 pattern "[" is no regular expression: a class is not closed"#),
    Case("format", "{format: email}", "1:10-1:15 format must be date-time, uri, ipv4 or ipv6"),
  ]

  private static let here = "$ref must lead to a place in this schema, such as #/$defs/name"
  private static let endless = "$ref comes back to itself without end"

  static let references = [
    Case("elsewhere", "{$ref: 'https://example.com/s.json'}", "1:8-1:36 \(here)"),
    Case("file beside", "{$ref: other.yaml#/a}", "1:8-1:21 \(here)"),
    Case("anchor", "{$ref: '#name'}", "1:8-1:15 \(here)"),
    Case("no text", "{$ref: {a: b}}", "1:8-1:14 \(here)"),
    Case("nowhere", "{$ref: '#/$defs/x', $defs: {y: true}}", ##"1:8-1:19 $ref "#/$defs/x" leads nowhere"##),
    Case("a broken target", "{$ref: '#/$defs/x', $defs: {x: 5}}", "1:32-1:33 \(aSchema)"),
    Case("itself", "{$ref: '#'}", "1:1-1:12 \(endless)"),
    Case(
      "in a circle",
      "{$ref: '#/$defs/a', $defs: {a: {$ref: '#/$defs/b'}, b: {allOf: [{$ref: '#/$defs/a'}]}}}",
      "1:1-1:88 \(endless)"),
    Case("through a condition", "{if: true, then: {$ref: '#'}}", "1:1-1:30 \(endless)"),
    Case("through not", "{not: {$ref: '#'}}", "1:1-1:19 \(endless)"),
    Case("through dependentSchemas", "{dependentSchemas: {a: {$ref: '#'}}}", "1:1-1:37 \(endless)"),
    Case("a circle that nothing uses", "{$defs: {a: {$ref: '#/$defs/a'}}}", "1:1-1:34 \(endless)"),
    Case("through members", "{properties: {a: {$ref: '#'}}, items: {$ref: '#'}}"),
    Case("escaped", "{$ref: '#/$defs/a~1b%25~0', $defs: {a/b%~: true}}"),
    Case("twice the same", "{allOf: [{$ref: '#/$defs/a'}, {$ref: '#/$defs/a'}], $defs: {a: {type: string}}}"),
  ]

  static let extensions = [
    Case("x-yaml", "{x-yaml: 1}", "1:10-1:11 \(aSchema)"),
    Case("x-request", "{x-request: [a]}", "1:13-1:16 \(aSchema)"),
    Case("x-equal-to", "{x-equal-to: name}", "1:14-1:18 must be a JSON pointer such as /Name"),
    Case("x-equal-to of a mapping", "{x-equal-to: {a: b}}", "1:14-1:20 must be a JSON pointer such as /Name"),
    Case("x-equal-to of nothing", "{x-equal-to: }", "1:14-1:14 must be a JSON pointer such as /Name"),
    Case("x-unique-by", "{x-unique-by: a/b}", "1:15-1:18 must be a JSON pointer such as /Name"),
    Case(
      "x-version", "{x-version: '2'}", "1:13-1:16 x-version must be a mapping of prefix, minimum, maximum"),
    Case(
      "x-version, key", "{x-version: {min: '2'}}",
      #"1:14-1:17 x-version has no key "min", only prefix, minimum, maximum"#),
    Case(
      "x-version, bound", "{x-version: {minimum: 2.x}}",
      #"1:23-1:26 minimum must be a dotted version such as "2.15""#),
    Case(
      "x-version, sign", "{x-version: {maximum: +2}}",
      #"1:23-1:25 maximum must be a dotted version such as "2.15""#),
    Case(
      "x-version without bounds", "{x-version: {prefix: a}}", "1:13-1:24 x-version needs minimum or maximum"),
    Case(
      "x-time", "{x-time: now}",
      "1:10-1:13 x-time must be a mapping of of, unit, after, before, zone, windows, freezes, daily"),
    Case(
      "x-time, key", "{x-time: {afer: now}}",
      #"1:11-1:15 x-time has no key "afer", only of, unit, after, before, zone, windows, freezes, daily"#),
    Case(
      "x-time, nothing", "{x-time: {unit: seconds}}",
      "1:10-1:25 x-time needs after, before, windows, freezes or daily"),
    Case("x-time, of", "{x-time: {of: then, after: now}}", "1:15-1:19 of must be now"),
    Case(
      "x-time, unit", "{x-time: {unit: hours, after: now}}",
      "1:17-1:22 unit must be milliseconds, seconds or by-digits"),
    Case(
      "x-time, zone", "{x-time: {zone: Europe/Atlantis, after: now}}",
      #"1:17-1:32 time zone "Europe/Atlantis" is unknown"#),
    Case(
      "windows that are no list", "{x-time: {windows: {from: '1:00', to: '2:00'}}}",
      "1:20-1:46 windows must be a list with something in it"),
    Case("no freezes", "{x-time: {freezes: []}}", "1:20-1:22 freezes must be a list with something in it"),
    Case(
      "days that are no list", "{x-time: {windows: [{days: mon, from: '01:00', to: '02:00'}]}}",
      "1:28-1:31 days must be a list with something in it"),
    Case(
      "day", "{x-time: {windows: [{days: [Monday], from: '01:00', to: '02:00'}]}}",
      "1:29-1:35 a day must be one of mon, tue, wed, thu, fri, sat, sun"),
    Case(
      "window without end", "{x-time: {windows: [{from: '01:00'}]}}", "1:21-1:36 a window needs from and to"),
    Case(
      "hour as YAML 1.1 reads it", "{x-time: {windows: [{from: 1:00, to: '02:00'}]}}",
      #"1:28-1:32 from must be a time of day such as "22:00""#),
    Case(
      "hour 24", "{x-time: {windows: [{from: '01:00', to: '24:00'}]}}",
      #"1:41-1:48 to must be a time of day such as "22:00""#),
    Case(
      "key of a window", "{x-time: {windows: [{from: '01:00', until: '02:00'}]}}",
      #"1:37-1:42 a window has no key "until", only days, from, to"#),
    Case(
      "freeze without start", "{x-time: {freezes: [{to: 2026-12-01}]}}",
      "1:21-1:37 a freeze needs from and to"),
    Case(
      "freeze with offset", "{x-time: {freezes: [{from: '2026-12-01T00:00:00Z', to: 2026-12-02}]}}",
      "1:28-1:50 from must be a date or a date-time without offset, in the zone"),
    Case(
      "freeze that ends first", "{x-time: {freezes: [{from: 2026-12-02, to: 2026-12-02}]}}",
      "1:21-1:55 a freeze must end after it begins"),
  ]

  @Test(arguments: keywords + values + references + extensions)
  func reports(_ item: Case) throws {
    let document = try document(item.schema)
    let faults = SchemaCompiler.compile(document, document.root).faults.sorted {
      $0.span.start < $1.span.start
    }
    .map { "\(document.source.place($0.span)) \($0.message)" }
    #expect(faults == item.expected)
  }

  private static let limit = "must be now, now+P30D, a date, an RFC 3339 date-time or a JSON pointer"

  @Test(arguments: [
    "", "now+", "now+P", "now+PT", "now+P1DT", "now+1D", "now+P1H", "now+PT1D", "now+P1D1W", "now+PT1S1M",
    "now+PT1HT1H", "now+P1.5D",
    "now+P-1D", "now+P1D ", "now+P1234567890D", "Now", "tomorrow", "2026-13-01", "12:00", "now + P1D",
    "now+P1Y",
  ])
  func refusesTimeLimits(_ limit: String) throws {
    let document = try document("{x-time: {after: '\(limit)'}}")
    let faults = SchemaCompiler.compile(document, document.root).faults.map(\.message)
    #expect(faults == [Self.limit])
  }

  @Test func extensionsCanBeLeftOut() throws {
    let document = try document("{x-yaml: true, x-time: {after: now}, x-equal-to: /a}")
    let faults = SchemaCompiler.compile(document, document.root, options: .init(hasExtensions: false)).faults
    #expect(
      faults.map(\.message).sorted()
        == ["x-equal-to", "x-time", "x-yaml"].map { "keyword \"\($0)\" is not part of the rule language" })
  }

  @Test func takesRemarks() throws {
    let text = """
      {$schema: "https://json-schema.org/draft/2020-12/schema", $comment: a, title: b, description: c, default: {typo: 1},
       examples: [1], const: {typo: 1}, enum: [{typo: 1}]}
      """
    #expect(try failures(of: schema(text), for: "typo: 1\n") == [])
  }

  // MARK: Depth

  /// Met from their end, references of any number are no deeper than one.
  @Test func followsReferencesOfAnyNumber() throws {
    let length = 5_000
    let parts = (0..<length).reversed().map { "a\($0): {$ref: '#/$defs/a\($0 + 1)'}" }
    let text = "{$defs: {a\(length): true, \(parts.joined(separator: ", "))}, $ref: '#/$defs/a0'}"
    let document = try document(text)
    #expect(SchemaCompiler.compile(document, document.root).faults == [])
  }

  @Test func findsCirclesThroughOtherKeywords() throws {
    let document = try document(
      "{$defs: {a0: {allOf: [{$ref: '#/$defs/b'}]}, b: {anyOf: [true, {$ref: '#/$defs/a0'}]}}}")
    #expect(
      SchemaCompiler.compile(document, document.root).faults.map(\.message)
        == ["$ref comes back to itself without end"])
  }
}
