import Syntax
import Testing

@testable import Rules

/// `x-compare`, `x-kept-values`, and `x-time` against other places of the instance.
struct ComparisonTests {
  /// `true`, `false`, or why it cannot be told.
  private func judge(_ schemaText: String, _ instance: String, now: Instant = testNow) throws -> String {
    let document = try document(instance)
    var evaluator = SchemaEvaluator(EvaluationContext(document, now: now))
    let holds = try evaluator.holds(schema(schemaText))
    return evaluator.unknown?.reason ?? "\(holds)"
  }

  static let relations: [(String, String, String, String)] = [
    ("1", "equal", "1", "true"), ("'1'", "equal", "1.0", "true"), ("'10'", "equal", "'010'", "true"),
    ("1", "equal", "2", "false"), ("'10'", "above", "'9'", "true"), ("'9'", "above", "'10'", "false"),
    ("9", "above", "9", "false"), ("9", "not-above", "9", "true"), ("10", "not-above", "9", "false"),
    ("8", "below", "9", "true"), ("9", "below", "9", "false"), ("9", "not-below", "9", "true"),
    ("8", "not-below", "9", "false"), ("'99999999999999999999'", "above", "'99999999999999999998'", "true"),
    ("a", "equal", "1", "one of two values to compare is no number"),
    ("1", "equal", "[1]", "one of two values to compare is no number"),
    ("''", "equal", "''", "one of two values to compare is no number"),
    ("'-1'", "equal", "1", "one of two values to compare is no number"),
    ("'1.5'", "equal", "1", "one of two values to compare is no number"),
    ("null", "equal", "1", "one of two values to compare is no number"),
    ("true", "equal", "1", "one of two values to compare is no number"),
  ]

  @Test(arguments: relations)
  func compares(_ left: String, _ relation: String, _ right: String, _ expected: String) throws {
    let schema = "{properties: {a: {x-compare: {with: /b/c, is: \(relation)}}}}"
    #expect(try judge(schema, "{a: \(left), b: {c: \(right)}}") == expected)
  }

  @Test func whatCannotBeToldIsNeverUsed() throws {
    let compared = "properties: {a: {x-compare: {with: /b, is: equal}}}"
    let reason = "one of two values to compare is no number"
    #expect(try judge("{\(compared)}", "{a: 1}") == reason)
    #expect(try judge("{\(compared)}", "{b: 1}") == "true")
    #expect(try judge("{not: {\(compared)}}", "{a: 1}") == reason)
    #expect(try judge("{anyOf: [{\(compared)}, {required: [a]}]}", "{a: 1}") == "true")
    #expect(try judge("{anyOf: [{\(compared)}, {required: [b]}]}", "{a: 1}") == reason)
    #expect(try judge("{\(compared), required: [b]}", "{a: 1}") == "false", "lacks b, whatever a is")
  }

  static let times: [(String, String, String)] = [
    ("1796090400000", "1796090400001", "true"), ("1796090400000", "1796090400000", "false"),
    ("1796090400000", "1796090400", "false"), ("1796090400", "1796090401.5", "true"),
    ("1796090400000", "'2026-12-01T03:00:01+01:00'", "true"),
    ("1796090400000", "'2026-12-01T02:00:00Z'", "false"),
    ("1796090400000", "tomorrow", "a time in the snapshot cannot be read"),
    ("1796090400000", "0", "a time in the snapshot cannot be read"),
    ("1796090400000", "{}", "a time in the snapshot cannot be read"),
    ("1796090400000", "null", "a time in the snapshot cannot be read"), ("soon", "1796090400", "true"),
  ]

  @Test(arguments: times)
  func comparesTimes(_ time: String, _ limit: String, _ expected: String) throws {
    let schema = "{properties: {t: {x-time: {unit: by-digits, before: /s}}}}"
    #expect(try judge(schema, "{t: \(time), s: \(limit)}") == expected)
  }

  static let windows: [(String, String, String)] = [
    // 2026-12-01T02:00:00Z
    ("{Hours: 2, Minutes: 0}", "1796090400000", "true"), ("{Hours: 2, Minutes: 1}", "1796090400000", "false"),
    ("{Hours: 16, Minutes: 0}", "1796090400000", "false"),
    ("{Hours: 16, Minutes: 1}", "1796090400000", "true"),
    ("{Hours: 2, Minutes: 0}", "1796090399999", "false"), ("{Hours: 0, Minutes: 0}", "1796090400000", "true"),
    ("{Hours: 2.0, Minutes: 0}", "1796090400000", "true"),
    ("{Hours: '2', Minutes: 0}", "1796090400000", "a time in the snapshot cannot be read"),
    ("{Hours: 24, Minutes: 0}", "1796090400000", "a time in the snapshot cannot be read"),
    ("{Hours: -1, Minutes: 0}", "1796090400000", "a time in the snapshot cannot be read"),
    ("{Hours: 2}", "1796090400000", "a time in the snapshot cannot be read"),
    ("[2, 0]", "1796090400000", "a time in the snapshot cannot be read"),
  ]

  @Test(arguments: windows)
  func knowsDailyWindows(_ start: String, _ time: String, _ expected: String) throws {
    let schema = "{properties: {t: {x-time: {unit: milliseconds, daily: {start: /w, hours: 10}}}}}"
    #expect(try judge(schema, "{t: \(time), w: \(start)}") == expected)
  }

  @Test func judgesNow() throws {
    let schema = "{x-time: {of: now, after: '2026-10-07'}}"
    #expect(try judge(schema, "{}") == "true")
    let before = try #require(Instant(rfc3339: "2026-10-06T23:59:59Z"))
    #expect(try judge(schema, "{}", now: before) == "false")
    #expect(
      try judge("{x-time: {of: now, daily: {start: /w, hours: 1}}}", "{w: {Hours: 12, Minutes: 0}}") == "true"
    )
    #expect(
      try judge("{x-time: {of: now, daily: {start: /w, hours: 1}}}", "{w: {Hours: 11, Minutes: 0}}")
        == "false")
  }

  static let kept: [(String, String, String)] = [
    ("a: M", "a: 1", "true"), ("a: M", "b: 1", "false"), ("a: x", "b: 1", "true"), ("a: M", "a: M", "true"),
    ("a: {b: [M]}", "a: {b: [1]}", "true"), ("a: {b: [1, M]}", "a: {b: [1]}", "false"),
    ("a: [{n: p, v: M}]", "a: [{n: q, v: 1}, {n: p, v: 2}]", "true"),
    ("a: [{n: p, v: M}]", "a: [{n: q, v: 1}, {n: p}]", "false"),
    ("a: [{n: p, v: M}]", "a: [{n: q, v: 1}]", "false"),
    ("a: M", "[]", "false"), ("a: M", "a: [", "one of two texts to compare is no YAML"),
    ("a: [", "a: 1", "one of two texts to compare is no YAML"),
  ]

  @Test(arguments: kept)
  func looksForKeptValues(_ new: String, _ old: String, _ expected: String) throws {
    let schema = "{properties: {new: {x-kept-values: {mark: M, of: /old, named: n}}}}"
    #expect(try judge(schema, "{new: '\(new)', old: '\(old)'}") == expected)
  }

  @Test func keptValuesNeedAnOlderText() throws {
    let schema = "{properties: {new: {x-kept-values: {mark: M, of: /old}}}}"
    #expect(try judge(schema, "{new: 'a: M'}") == "there is nothing to compare with")
  }
}
