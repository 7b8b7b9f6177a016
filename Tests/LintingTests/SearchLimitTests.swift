import Linting
import Models
import Requests
import Rules
import Syntax
import Testing

/// What wrong names could mean is looked for whatever other files have asked, as often as one file may ask.
@Suite struct SearchLimitTests {
  /// A file with wrong names, for each of which there is a suggestion.
  private struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    let hint: String
    /// How many of them lead to a search through the whole catalog.
    let searched: Int
    var testDescription: String { name }

    init(_ name: String, hint: String, searched: Int = 200, _ item: (Int) -> String) {
      self.name = name
      self.searched = searched
      self.hint = hint
      text = (0..<200).map(item).joined()
    }
  }

  private static let cases = [
    Case("unbound documents", hint: "write `# reqlint: es.CreatePackage` above it", searched: 16) {
      "---\nPackageName: a\nPackageType: b\nPackageSource: c\nPackageDescription: d\nOther\($0): e\n"
    },
    Case("unknown services", hint: "did you mean opensearch?") {
      "---\n# reqlint: opensearch\($0).CreatePackage\nA: 1\n"
    },
    Case("unknown operations", hint: "did you mean CreatePackage?") {
      "---\n# reqlint: es.CreatePackage\($0)\nA: 1\n"
    },
  ]

  @Test(arguments: cases.indices) func isForEachFile(_ index: Int) throws {
    let item = Self.cases[index]
    let options = LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z")))
    let linter = Linter(Workbench(.builtIn), rules: RuleBook.builtInFiles, options: options)
    let file = RequestFile(
      path: "a.yaml", parts: ["a.yaml"], text: SourceText(item.text), notation: .yaml, isDiscovered: false)
    let first = linter.lint(file).findings
    #expect(first.count == 200)
    #expect(first.map { $0.hint?.hasPrefix(item.hint) == true } == (0..<200).map { $0 < item.searched })
    #expect(first.allSatisfy { $0.hint != nil })
    // Another file, and the same again, hear the same.
    _ = linter.lint(file.with(text: SourceText("---\nx: 1\n---\ny: 1\n")))
    #expect(linter.lint(file).findings.map(\.hint) == first.map(\.hint))
  }

  /// Broken documents of a file that names a secret: each costs no more than its own text.
  @Test func manyBrokenDocuments() throws {
    let text =
      String(repeating: "---\nPassword: \"a\n", count: 900) + "# " + String(repeating: "x y ", count: 50_000)
    let start = ContinuousClock.now
    let result = try Linted(text).result
    #expect(result.findings.count == 900)
    #expect(result.sensitiveSpans == [ByteSpan(0, text.utf8.count)])
    // Searching all of the text for each of them takes a hundred times as long.
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
