import Linting
import Models
import Requests
import Rules
import Syntax
import Testing
import Verdicts

/// Files as a whole: encodings, bounds, streams, files that hold nothing.
@Suite struct DocumentTests {
  private static let es = "es.StartElasticsearchServiceSoftwareUpdate"

  static let files: [LintCase] = [
    LintCase("nothing", file: "", ["error empty-document 1:1-1:1"]),
    LintCase("nothing, JSON", file: "", as: .json, ["error empty-document 1:1-1:1"]),
    LintCase("a mark alone", file: "\u{FEFF}", ["error empty-document 1:1-1:1"]),
    LintCase("comments alone", file: "# later\n\n", ["error empty-document 1:1-1:1"]),
    LintCase("a marker alone", file: "---\n", ["error empty-document 2:1-2:1"]),
    LintCase("null", file: "null\n", ["error empty-document 1:1-1:5"]),
    LintCase("null, JSON", file: "null", as: .json, ["error empty-document 1:1-1:5"]),
    LintCase(
      "an empty document beside a request", file: "---\n---\n# reqlint: \(es)\nDomainName: logs\n",
      ["warning empty-document 2:1-2:1"]),
    LintCase("text", file: "hello\n", ["error unbound-request 1:1-1:6"]),
    LintCase("a list", file: "- hello\n", ["error unbound-request 1:1-1:2"]),
    LintCase("a mapping", file: "hello: world\n", ["error unbound-request 1:1-1:6"]),
    LintCase("a mapping, JSON", file: "{\"hello\": 1}\n", as: .json, ["error unbound-request 1:1-1:2"]),
    LintCase(
      "comma at the end", file: #"{"DomainName": "logs",}"#, as: .json, ["error syntax-error 1:23-1:24"]),
    LintCase("two values", file: "{}\n{}", as: .json, ["error syntax-error 2:1-2:2"]),
    LintCase("tab", of: es, "DomainName: logs\n\tx: y", ["error syntax-error 3:1-3:2"]),
    LintCase("unknown tag", of: es, "DomainName: !secret logs", ["error syntax-error 2:21-2:25"]),
    LintCase("unknown alias", of: es, "DomainName: *name", ["error syntax-error 2:13-2:18"]),
    LintCase(
      "bad documents hide no other",
      file: """
        # reqlint: \(es)
        DomainName: ab
        ---
        foo: [
        ---
        # reqlint: \(es)
        DomainName: cd
        ---
        : : x: y
        ---
        # reqlint: es.Nothing
        {}
        ---
        # reqlint: \(es)
        DomainName: ef
        """,
      [
        "error too-short 2:13-2:15 /DomainName", "error syntax-error 5:1-5:2",
        "error too-short 7:13-7:15 /DomainName",
        "error syntax-error 9:1-9:2", "error unknown-operation 11:12-11:22",
        "error too-short 15:13-15:15 /DomainName",
      ]),
    LintCase(
      "an alias inside its own value", of: es, "DomainName: &a\n  b: *a", ["error document-limit 3:6-3:8"]),
  ]

  @Test(arguments: files)
  func findings(_ test: LintCase) throws {
    let linted = try Linted(test)
    #expect(linted.lines() == test.expected)
  }

  @Test func encodings() throws {
    let bad = try Linted(SourceText(Array("# ä\nDomainName: lo".utf8) + [0xFF, 0xC3] + Array("\n".utf8)))
    #expect(bad.lines() == ["error invalid-encoding 2:15-2:16"])
    #expect(bad.words(of: "invalid-encoding") == ["0xFF is not UTF-8 | save the file as UTF-8"])
    let wide = try Linted(SourceText([0xFF, 0xFE] + "a: b".utf8.flatMap { [$0, 0] }))
    #expect(wide.lines() == ["error invalid-encoding 1:1-1:3"])
    let surrogate = try Linted(SourceText(Array("a: ".utf8) + [0xED, 0xA0, 0x80]), as: .json)
    #expect(surrogate.lines() == ["error invalid-encoding 1:4-1:5"])
  }

  // MARK: Bounds

  @Test func size() throws {
    let text = SourceText("# reqlint: \(Self.es)\nDomainName: logs\n")
    #expect(try Linted(text, limits: Limits(fileBytes: text.bytes.count)).lines() == [])
    let over = try Linted(text, limits: Limits(fileBytes: text.bytes.count - 1))
    #expect(over.lines() == ["error document-limit 1:1-1:1"])
    #expect(over.messages == ["file is larger than 70 bytes"])
  }

  @Test(arguments: [Document.Notation.yaml, .json])
  func nesting(_ notation: Document.Notation) throws {
    func nested(_ levels: Int) -> String {
      "{\"DomainName\": \(String(repeating: "[", count: levels - 1))\(String(repeating: "]", count: levels - 1))}"
    }
    let limits = Limits(nesting: 20)
    let deepest = try Linted(SourceText(nested(20)), as: notation, operation: Self.es, limits: limits)
    #expect(deepest.lines() == ["error wrong-type 1:16-1:17 /DomainName"])
    let deeper = try Linted(SourceText(nested(21)), as: notation, operation: Self.es, limits: limits)
    #expect(deeper.lines() == ["error document-limit 1:35-1:35"])
    #expect(deeper.messages == ["nesting is deeper than 20 levels"])
  }

  @Test func aliases() throws {
    let text = SourceText("a: &a [x, x, x]\nb: [*a, *a]\nDomainName: logs\n")
    let within = try Linted(text, operation: Self.es, limits: Limits(aliasedNodes: 8))
    #expect(
      within.lines() == ["error unknown-parameter 1:1-1:2 /a", "error unknown-parameter 2:1-2:2 /b"])
    let over = try Linted(text, operation: Self.es, limits: Limits(aliasedNodes: 7))
    #expect(over.lines() == ["error document-limit 2:9-2:11"])
  }

  @Test func bytesBehindAliases() throws {
    let text = SourceText("a: &a [x, x, x]\nb: [*a, *a]\nDomainName: logs\n")
    var limits = Limits()
    limits.aliasedBytes = 18
    #expect(
      try Linted(text, operation: Self.es, limits: limits).lines()
        == ["error unknown-parameter 1:1-1:2 /a", "error unknown-parameter 2:1-2:2 /b"])
    limits.aliasedBytes = 17
    let over = try Linted(text, operation: Self.es, limits: limits)
    #expect(over.lines() == ["error document-limit 2:9-2:11"])
    #expect(over.messages == ["aliases stand for more than 17 bytes"])
  }

  /// The text of a finding here is `es.CreatePackage has no parameter "kN", only …` and its pointer.
  @Test func bytesOfFindings() throws {
    let keys = (0..<10).map { "k\($0): x\n" }.joined()
    let text = SourceText("# reqlint: \(Self.es)\nDomainName: logs\n\(keys)")
    let finding = try #require(try Linted(text).result.findings.first)
    let size = finding.message.utf8.count + (finding.hint ?? "").utf8.count + 2
    var limits = Limits()
    limits.findingBytes = 10 * size
    #expect(try Linted(text, limits: limits).lines().count == 10)
    limits.findingBytes = 10 * size - 1
    let over = try Linted(text, limits: limits)
    #expect(
      over.lines() == (0..<9).map { "error unknown-parameter \($0 + 3):1-\($0 + 3):3 /k\($0)" }
        + ["error document-limit 11:3-11:3"])
    #expect(over.messages.last == "1 more findings are not shown, the limit for a file is 1000")
  }

  @Test func numberOfFindings() throws {
    let keys = (0..<10).map { "k\($0): x\n" }.joined()
    let text = SourceText("# reqlint: \(Self.es)\nDomainName: logs\n\(keys)")
    let all = try Linted(text, limits: Limits(findings: 10))
    #expect(all.lines() == (0..<10).map { "error unknown-parameter \($0 + 3):1-\($0 + 3):3 /k\($0)" })
    let some = try Linted(text, limits: Limits(findings: 8))
    #expect(
      some.lines() == (0..<8).map { "error unknown-parameter \($0 + 3):1-\($0 + 3):3 /k\($0)" }
        + ["error document-limit 10:3-10:3"])
    #expect(some.messages.last == "2 more findings are not shown, the limit for a file is 8")
    #expect(some.result.requests.map(\.verdict) == [.fail])
  }

  // MARK: Files met on the way

  struct Walk: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let expected: [String]
    let isSkipped: Bool

    var testDescription: String { name }
  }

  static let walks: [Walk] = [
    Walk(name: "no request", text: "hello: world\n", expected: [], isSkipped: true),
    Walk(name: "nothing", text: "", expected: [], isSkipped: true),
    Walk(name: "no requests in a stream", text: "a: b\n---\nc: d\n", expected: [], isSkipped: true),
    Walk(
      name: "a request", text: "# reqlint: \(es)\nDomainName: ab\n",
      expected: ["error too-short 2:13-2:15 /DomainName"], isSkipped: false),
    Walk(
      name: "a stream of which only one is bound",
      text: "# reqlint: \(es)\nDomainName: logs\n---\nDomainName: ab\n",
      expected: ["error unbound-request 4:1-4:11"], isSkipped: false),
    Walk(
      name: "unbound before the one that is bound",
      text: "DomainName: ab\n---\n# reqlint: \(es)\nDomainName: logs\n",
      expected: ["error unbound-request 1:1-1:11"], isSkipped: false),
    Walk(
      name: "empty batch", text: "requests: []\n", expected: ["error empty-document 1:1-1:9 /requests"],
      isSkipped: false),
    Walk(name: "something else of that name", text: "requests: {cpu: 1}\n", expected: [], isSkipped: true),
    Walk(
      name: "misspelt directive", text: "# reqlint: es.Strat\nDomainName: ab\n",
      expected: ["error unknown-operation 1:12-1:20"], isSkipped: false),
    Walk(
      name: "directive without a blank", text: "# reqlint:\(es)\nDomainName: ab\n",
      expected: ["error too-short 2:13-2:15 /DomainName"], isSkipped: false),
    Walk(
      name: "no YAML at all", text: "a: [\n", expected: ["error syntax-error 2:1-2:1"], isSkipped: false),
  ]

  @Test(arguments: walks)
  func walked(_ test: Walk) throws {
    let linted = try Linted(SourceText(test.text), isDiscovered: true)
    #expect(linted.lines() == test.expected)
    #expect(linted.result.isSkipped == test.isSkipped)
  }

  // MARK: Requests

  @Test func idsAndVerdicts() throws {
    let linted = try Linted(
      SourceText(
        """
        requests:
          - {id: a, service: es, operation: \(Self.es.dropFirst(3)), parameters: {DomainName: logs}}
          - {service: es, operation: Nothing, parameters: {}}
          - {service: proton, operation: list-services, parameters: {}}
          - {service: es, service: es, operation: \(Self.es.dropFirst(3)), parameters: {DomainName: logs}}
        ---
        # reqlint: nothing.Nothing
        {}
        """), path: "folder/file.yaml")
    #expect(linted.result.requests.map(\.id) == ["a"] + (2...5).map { "folder/file.yaml#\($0)" })
    #expect(linted.result.requests.map(\.verdict) == [.pass, .fail, .warn, .fail, .fail])
    #expect(
      linted.result.requests.map(\.operation)
        == [String(Self.es.dropFirst(3)), nil, "ListServices", String(Self.es.dropFirst(3)), nil])
    #expect(linted.result.findings.map(\.request) == [1, 2, 2, 3, 4])
    #expect(linted.requestPlaces == ["2:5", "3:5", "4:5", "5:5", "8:1"])
  }

  /// Which findings are shown changes no verdict.
  @Test(arguments: Severity.allCases)
  func verdictAtAnySeverity(_ severity: Severity) throws {
    let linted = try Linted(
      "# reqlint: es.CreatePackage\nPackageName: abc\nPackageType: TXT-DICTIONARY\nPackageSource: {}\n",
      severity: severity)
    #expect(linted.result.requests.map(\.verdict) == [.warn])
    #expect(linted.result.findings.isEmpty == (severity == .error))
  }

  /// The same file gives the same whatever the linter has seen before.
  @Test func nothingSurvivesBetweenFiles() throws {
    let linter = Linter(
      Workbench(.builtIn), rules: RuleBook.builtInFiles, options: LintOptions(now: Instant(milliseconds: 0)))
    let texts = AllOperationsTests.types.map(\.text) + DocumentTests.files.map(\.text)
    func lint(_ text: String) throws -> [String] {
      let file = RequestFile(
        path: "f", parts: [], text: SourceText(text), notation: .yaml, isDiscovered: false)
      return linter.lint(file).findings.map { "\($0)" }
    }
    let forward = try texts.map { try lint($0) }
    let backward = try texts.reversed().map { try lint($0) }
    #expect(forward == backward.reversed())
  }
}
