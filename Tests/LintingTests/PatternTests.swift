import Linting
import Models
import Patterns
import Syntax
import Testing

/// Patterns of models as the linter judges them.
@Suite struct PatternTests {
  /// Patterns that cannot be evaluated, with the reason; all others must compile.
  private static let notEvaluated: [String: String] = [:]

  @Test func allOfTheCatalogCompile() throws {
    var sources: Set<String> = []
    for name in Catalog.builtIn.serviceNames {
      let service = try #require(try Catalog.builtIn.service(name))
      for operation in service.operationNames {
        sources.formUnion(try service.operation(operation)?.shapes.compactMap(\.pattern) ?? [])
      }
    }
    var refused: [String: String] = [:]
    for source in sources {
      do throws(Pattern.Fault) {
        let pattern = try Pattern(source, dialect: .java)
        #expect(pattern.matchesWhole([0x61]) != .unknown, "\(source)")
        #expect(pattern.isFound(in: [0x61]) != .unknown, "\(source)")
      } catch {
        refused[source] = error.reason
      }
    }
    #expect(sources.count == 4_353)
    #expect(refused == Self.notEvaluated)
  }

  private static func catalog(_ patterns: [String: String]) -> Catalog {
    let members = patterns.keys.sorted()
    let shapes = members.map { name in
      "\"\(name)\":{\"type\":\"string\",\"pattern\":\(quote(patterns[name] ?? ""))}"
    }
    let json = """
      {"metadata":{"protocol":"json","endpointPrefix":"p"},
      "operations":{"Put":{"http":{"method":"POST","requestUri":"/"},"input":{"shape":"Input"}}},
      "shapes":{"Input":{"type":"structure","members":{\(
        members.map { "\"\($0)\":{\"shape\":\"\($0)\"}" }.joined(separator: ","))}},
      "Texts":{"type":"list","member":{"shape":"Slow"}},
      \(shapes.joined(separator: ","))}}
      """
    return Catalog(source: "test", files: [(name: "p", endpointPrefix: "p", json: Array(json.utf8))])
  }

  private static func lint(_ text: String, _ patterns: [String: String]) throws -> Linted {
    try Linted(SourceText("# reqlint: p.Put\n\(text)\n"), catalog: catalog(patterns), rules: [])
  }

  @Test func messages() throws {
    let linted = try Self.lint(
      "A: x\nB: y\nC: z1\nD: \(String(repeating: "a", count: 40))",
      ["A": "[a-d", "B": "(?U)x", "C": "[a-z]", "D": "(a+)+b"])
    #expect(
      linted.result.notEvaluated.map { "\($0.pointer) \($0.reason)" } == [
        "/A pattern [a-d is no regular expression: a class is not closed",
        "/B pattern (?U)x cannot be evaluated: it uses the flag U",
      ])
    #expect(
      linted.lines() == [
        "warning pattern-mismatch 4:4-4:6 /C", "error evaluation-limit 5:4-5:44 /D",
      ])
    #expect(
      linted.messages.last
        == "D is not checked against the pattern (a+)+b: patterns take more steps than pattern-steps allows")
    #expect(linted.result.requests.map(\.verdict) == [.fail])
  }

  /// An error needs certainty that no part matches; that it cannot be had is an error of its own.
  @Test func searchThatRunsOut() throws {
    let text = String(repeating: "a", count: 40)
    #expect(
      try Self.lint("A: 1\(text)", ["A": "(a+)+b"]).lines().map { $0.prefix(24) } == [
        "error evaluation-limit 2", "warning pattern-mismatch",
      ])
    #expect(try Self.lint("A: 1aaa", ["A": "(a+)+b"]).lines() == ["error pattern-mismatch 2:4-2:8 /A"])
  }

  /// Values that each run out end soon, fail on their own, and leave the budgets of all others alone.
  @Test func manyValuesThatRunOut() throws {
    let text = String(repeating: "a", count: 40)
    let requests = (0..<300).map { number in
      "- {service: p, operation: Put, parameters: {A: \(number % 3 == 0 ? "aab" : text)}}\n"
    }
    let file = SourceText("requests:\n\(requests.joined())")
    let elapsed = try ContinuousClock().measure {
      let result = try Linted(file, catalog: Self.catalog(["A": "(a+)+b"]), rules: []).result
      #expect(result.requests.map(\.verdict) == (0..<300).map { $0 % 3 == 0 ? .pass : .fail })
      #expect(result.notEvaluated.isEmpty)
    }
    #expect(elapsed < .seconds(60))
  }

  /// What the linter lists is cut, no verdict is.
  @Test func verdictsBeyondTheLimitOfFindings() throws {
    let text = String(repeating: "a", count: 40)
    let item = { (value: String) in "- {service: p, operation: Put, parameters: {A: \(value)}}\n" }
    let file = "requests:\n" + item("[x]") + item("[x]") + item(text) + item("b") + item("aab")
    let result = try Linted(
      SourceText(file), limits: Limits(findings: 1), catalog: Self.catalog(["A": "(a+)+b"]), rules: []
    ).result
    #expect(result.requests.map(\.verdict) == [.fail, .fail, .fail, .fail, .pass])
    #expect(result.findings.map(\.rule) == ["wrong-type", "document-limit"])
  }
}
