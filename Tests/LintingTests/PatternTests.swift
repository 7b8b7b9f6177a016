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
    #expect(sources.count == 3_759)
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
        "/D pattern (a+)+b takes too long on this value",
      ])
    #expect(linted.lines() == ["warning pattern-mismatch 4:4-4:6 /C"])
    #expect(linted.result.requests.map(\.verdict) == [.warn])
  }

  /// An error needs certainty that no part matches.
  @Test func searchThatRunsOut() throws {
    let text = String(repeating: "a", count: 40)
    #expect(
      try Self.lint("A: 1\(text)", ["A": "(a+)+b"]).lines().map { $0.prefix(24) } == [
        "warning pattern-mismatch"
      ])
    #expect(try Self.lint("A: 1aaa", ["A": "(a+)+b"]).lines() == ["error pattern-mismatch 2:4-2:8 /A"])
  }

  /// Ten thousand values that each run out end soon, are all accounted for, and spend only their own file's budget.
  @Test func manyValuesThatRunOut() throws {
    let text = String(repeating: "a", count: 40)
    let requests = (0..<10_000).map { _ in "- {service: p, operation: Put, parameters: {A: \(text)}}\n" }
    let file = "requests:\n\(requests.joined())"
    let patterns = ["A": "(a+)+b"]
    var reasons: [String: Int] = [:]
    let elapsed = try ContinuousClock().measure {
      for item in try Linted(SourceText(file), catalog: Self.catalog(patterns), rules: []).result.notEvaluated
      {
        reasons[item.reason, default: 0] += 1
      }
    }
    let judged = (20_000 + file.utf8.count / 100 + 1_509) / 1_510
    #expect(
      reasons == [
        "pattern (a+)+b takes too long on this value": judged,
        "the patterns of this file have used up their budget": 1_000 - judged,
        "9000 more checks were not evaluated, the limit for a file is 1000": 1,
      ])
    #expect(elapsed < .seconds(30))
    #expect(try Self.lint("A: aab", patterns).lines() == [])
  }
}
