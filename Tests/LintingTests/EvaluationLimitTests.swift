import Linting
import Models
import Rules
import Syntax
import Testing
import Verdicts

/// A limit that is exceeded fails the requests concerned, and no others.
@Suite struct EvaluationLimitTests {
  private static let head = "# reqlint: es.ListPackagesForDomain\n"

  private static func rule(_ assertion: String, severity: String = "warning") -> RuleFile {
    let text = """
      title: Hostile
      severity: \(severity)
      operations: [es.ListPackagesForDomain]
      assert: \(assertion)
      message: hostile
      why: to see that it is bounded
      source: https://example.com
      examples:
        good: [{DomainName: abc}]
        bad: [{}]

      """
    return RuleFile(id: "hostile", origin: "hostile.yaml", bytes: Array(text.utf8))
  }

  /// Looks at its value 2^22 times.
  private static let doubling: String = {
    let parts = (0..<22).map {
      "a\($0): {allOf: [{$ref: '#/$defs/a\($0 + 1)'}, {$ref: '#/$defs/a\($0 + 1)'}]}"
    }
    return "{$ref: '#/$defs/a0', $defs: {\(parts.joined(separator: ", ")), a22: true}}"
  }()

  // MARK: Rules

  @Test(arguments: ["error", "warning"])
  func ruleThatRunsOut(_ severity: String) throws {
    let text = Self.head + "DomainName: abc\n---\n" + Self.head + "DomainName: ab\n"
    let linted = try Linted(SourceText(text), rules: [Self.rule(Self.doubling, severity: severity)])
    #expect(
      linted.lines() == [
        "error evaluation-limit 2:1-2:11", "error evaluation-limit 5:1-5:11",
        "error too-short 5:13-5:15 /DomainName",
      ])
    #expect(
      linted.messages[0] == "rule hostile is not evaluated: rules take more steps than rule-steps allows")
    #expect(linted.result.findings[0].hint?.contains("--limit rule-steps=NUMBER") == true)
    #expect(linted.result.notEvaluated.isEmpty)
  }

  /// A rule that only informs cannot change a verdict, so neither can its budget.
  @Test func remarkThatRunsOut() throws {
    let rules = [Self.rule(Self.doubling, severity: "info")]
    let text = SourceText(Self.head + "DomainName: abc\n")
    let all = try Linted(text, severity: .info, rules: rules)
    #expect(all.lines() == [])
    #expect(all.result.notEvaluated.map(\.rule) == ["hostile"])
    #expect(all.result.requests.map(\.verdict) == [.pass])
    #expect(try Linted(text, rules: rules).result.notEvaluated.isEmpty)
  }

  /// What is found before the budget ends is reported beside it.
  @Test func violationsBeforeTheEnd() throws {
    let items = "[aa, b, \(String(repeating: "a", count: 40))!, b]"
    let linted = try Linted(
      SourceText(Self.head + "DomainName: abc\nx: \(items)\n"),
      rules: [Self.rule("{properties: {x: {items: {pattern: '^(a+)+$'}}}}")])
    #expect(
      linted.lines() == [
        "error evaluation-limit 2:1-2:11", "error unknown-parameter 3:1-3:2 /x",
        "warning hostile 3:9-3:10 /x/1",
      ])
  }

  @Test func cannotBeSuppressed() throws {
    let text =
      "# reqlint-ignore: evaluation-limit, hostile -- it takes too long\n" + Self.head + "DomainName: abc\n"
    let linted = try Linted(SourceText(text), rules: [Self.rule(Self.doubling)])
    #expect(
      linted.lines().filter { !$0.contains("unused") } == [
        "error unknown-suppression 1:19-1:35", "error evaluation-limit 3:1-3:11",
      ])
    #expect(linted.result.suppressed.isEmpty)
  }

  @Test func isBeyondSuppression() {
    for rule in ["evaluation-limit", "document-limit", "syntax-error"] {
      #expect(BuiltInCheck.traits(of: rule).contains(.beyondSuppression))
    }
  }

  // MARK: Documents

  private struct Case {
    let name: String
    let text: String
    let ids: [String]
    let verdicts: [RequestResult.Verdict]
    let lines: [String]
  }

  private static let list = "{service: es, operation: ListDomainNames, parameters: {}"
  private static let next = "---\n" + head + "DomainName: abc\n"

  private static let cases = [
    Case(
      name: "an item of a batch",
      text: """
        requests:
        - \(list)}
        - service: es
          operation: ListPackagesForDomain
          parameters: {DomainName: abc, x: &x [a, b], y: [*x, *x]}
        - \(list), id: last}
        \(next)
        """, ids: ["request.yaml#1", "request.yaml#2", "last", "request.yaml#4"],
      verdicts: [.fail, .fail, .fail, .pass],
      lines: [
        "error document-limit 2:45-2:55", "error document-limit 5:55-5:57", "error document-limit 6:45-6:55",
      ]),
    Case(
      name: "items behind aliases", text: "requests:\n- &r \(list)}\n- *r\n- *r\n\(next)",
      ids: (1...4).map { "request.yaml#\($0)" }, verdicts: [.fail, .fail, .fail, .pass],
      lines: [
        "error document-limit 2:48-2:58", "error document-limit 3:3-3:5", "error document-limit 4:3-4:5",
      ]),
    Case(
      name: "a list behind an alias", text: "x: &x [[a, b, c, d, e]]\nrequests: *x\n\(next)",
      ids: ["request.yaml#1"], verdicts: [.pass], lines: ["error document-limit 2:11-2:13"]),
    Case(
      name: "a bare request", text: "\(head)x: &x [a, b]\ny: [*x, *x]\n\(next)",
      ids: ["request.yaml#1", "request.yaml#2"], verdicts: [.fail, .pass],
      lines: ["error document-limit 3:9-3:11"]),
    Case(
      name: "nesting of a batch",
      text:
        "requests:\n- \(list)}\n- {service: es, operation: ListDomainNames, parameters: {x: [[[[1]]]]}}\n- \(list)}\n\(next)",
      ids: (1...4).map { "request.yaml#\($0)" }, verdicts: [.fail, .fail, .fail, .pass],
      lines: [
        "error document-limit 2:45-2:55", "error document-limit 3:63-3:63", "error document-limit 4:45-4:55",
      ]),
  ]

  @Test(arguments: cases.indices) func documentBeyondALimit(_ index: Int) throws {
    let item = Self.cases[index]
    let linted = try Linted(SourceText(item.text), limits: Limits(nesting: 6, aliasedNodes: 5))
    #expect(linted.result.requests.map(\.id) == item.ids, "\(item.name)")
    #expect(linted.result.requests.map(\.verdict) == item.verdicts, "\(item.name)")
    #expect(linted.lines() == item.lines, "\(item.name)")
  }

  @Test func batchOfJSON() throws {
    let deep = String(repeating: "[", count: 8) + String(repeating: "]", count: 8)
    let item = { (value: String) in
      #"{"service": "es", "operation": "ListDomainNames", "parameters": {"x": \#(value)}}"#
    }
    let text = "{\"requests\": [\(item("1")), \(item(deep)), \(item("2"))]}"
    let linted = try Linted(SourceText(text), as: .json, limits: Limits(nesting: 8))
    #expect(linted.result.requests.map(\.verdict) == [.fail, .fail, .fail])
    #expect(Set(linted.messages) == ["nesting is deeper than 8 levels"])
  }

  // MARK: Neighbours

  /// A placeholder of one request has no say in the findings of another.
  @Test func placeholdersAreTheirOwn() throws {
    let pack = RuleFile(
      id: "shows", origin: "shows.yaml",
      bytes: Array(
        """
        title: Shows
        severity: error
        operations: [es.ListPackagesForDomain]
        assert: {properties: {DomainName: {pattern: '^x'}}}
        message: "<bucket> is no {DomainName}"
        why: to see that it is reported
        source: https://example.com
        examples:
          good: [{DomainName: xyz}]
          bad: [{DomainName: abc}]

        """.utf8))
    let other = Self.head + "DomainName: <bucket>\n---\n"
    let text = Self.head + "DomainName: abc\n"
    let alone = try Linted(SourceText(text), rules: [pack]).messages
    #expect(alone == ["<bucket> is no abc"])
    #expect(try Linted(SourceText(other + text), rules: [pack]).messages.suffix(1) == alone[...])
  }
}
