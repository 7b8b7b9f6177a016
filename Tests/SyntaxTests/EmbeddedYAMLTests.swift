import Testing

@testable import Syntax

/// YAML inside a scalar: every place in it leads back to the file.
struct EmbeddedYAMLTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    /// Holds the inner document under the key `spec`.
    let text: String
    var notation = Document.Notation.yaml
    /// The inner document, as `outline()` shows it.
    let outline: String
    /// Place in the file of every inner scalar, in document order: `LINE:COLUMN-LINE:COLUMN`.
    let places: [String]
    /// Scalars that the file spells otherwise than their text.
    var spelledOtherwise: Set<String> = []

    var testDescription: String { name }
  }

  @Test(arguments: literalCases + foldedCases + quotedCases + jsonCases)
  func leadsBackToTheFile(_ item: Case) throws {
    let outer = try document(item.text, as: item.notation)
    let parsed = outer.embeddedYAML(at: try outer.at("/spec"), limits: Limits())
    let inner = try #require(parsed.document, "\(parsed)")
    #expect(inner.outline() == item.outline)
    let scalars = inner.allNodes.filter { inner[$0].kind == .scalar }
    #expect(scalars.map { outer.source.place(inner.sourceSpan(of: $0)) } == item.places)
    for scalar in scalars
    where inner[scalar].style == .plain && !item.spelledOtherwise.contains(inner.string(of: scalar)) {
      #expect(inner.spelling(of: scalar, in: outer.source) == inner.string(of: scalar))
    }
  }

  static let literalCases = [
    Case(
      name: "plain", text: "spec: a b\n", outline: "a b", places: ["1:7-1:10"]),
    Case(
      name: "literal", text: "ä: 🎉\nspec: |\n  a: 1\n  bc:\n    - d\n", outline: "{a: 1, bc: [d]}",
      places: ["3:3-3:4", "3:6-3:7", "4:3-4:5", "5:7-5:8"]),
    Case(
      name: "literal with comment, blank lines and chomping",
      text: "spec: |- # inner\n\n\n    a: 1\n\n\n    b: 2\n\n",
      outline: "{a: 1, b: 2}", places: ["4:5-4:6", "4:8-4:9", "7:5-7:6", "7:8-7:9"]),
    Case(
      name: "indentation indicator", text: "spec: |1+\n   a: 1\n   b:\n     c: 2\n",
      outline: "{a: 1, b: {c: 2}}",
      places: ["2:4-2:5", "2:7-2:8", "3:4-3:5", "4:6-4:7", "4:9-4:10"]),
    Case(
      name: "indentation indicator and a blank line with more spaces",
      text: "spec: |2\n       \n    a: 1\n  \n    b: 2\n",
      outline: "{a: 1, b: 2}", places: ["3:5-3:6", "3:8-3:9", "5:5-5:6", "5:8-5:9"]),
    Case(
      name: "lines of spaces between", text: "spec: |\n  a: 1\n      \n  b: 2\n", outline: "{a: 1, b: 2}",
      places: ["2:3-2:4", "2:6-2:7", "4:3-4:4", "4:6-4:7"]),
    Case(
      name: "CRLF", text: "spec: |\r\n  a: 1\r\n\r\n  b: ü\r\n  c: [x, y]\r\n",
      outline: "{a: 1, b: ü, c: [x, y]}",
      places: ["2:3-2:4", "2:6-2:7", "4:3-4:4", "4:6-4:7", "5:3-5:4", "5:7-5:8", "5:10-5:11"]),
    Case(
      name: "lone CR", text: "spec: |\r  a: 1\r  b: 2\r", outline: "{a: 1, b: 2}",
      places: ["2:3-2:4", "2:6-2:7", "3:3-3:4", "3:6-3:7"]),
    Case(
      name: "byte order mark and non-ASCII inside", text: "\u{FEFF}spec: |\n  größe: 水\n  '🎉': \"ä\"\n",
      outline: "{größe: 水, 🎉: ä}", places: ["2:3-2:8", "2:10-2:11", "3:3-3:6", "3:8-3:11"]),
    Case(
      name: "deep in a sequence", text: "x:\n  - y\nspec:\n  |\n   a:\n   - b\n", outline: "{a: [b]}",
      places: ["5:4-5:5", "6:6-6:7"]),
    Case(
      name: "literal in a literal", text: "spec: |\n  a: |\n    text\n  b: 1\n", outline: "{a: text\n, b: 1}",
      places: ["2:3-2:4", "2:6-3:9", "4:3-4:4", "4:6-4:7"]),
    // libyaml takes U+0085 for a line break, which then begins with the indentation.
    Case(
      name: "U+0085 as a line break", text: "spec: |\n  a: 1\u{85}  b: 2\n  c: 3\n",
      outline: "{a: 1, b: 2, c: 3}",
      places: ["2:3-2:4", "2:6-2:7", "2:10-2:11", "2:13-2:14", "3:3-3:4", "3:6-3:7"]),
    Case(
      name: "U+2028 as a line break", text: "spec: |\n  a: 1\u{2028}  b: 2\n  c: 3\n",
      outline: "{a: 1, b: 2, c: 3}",
      places: ["2:3-2:4", "2:6-2:7", "2:10-2:11", "2:13-2:14", "3:3-3:4", "3:6-3:7"]),
  ]

  static let foldedCases = [
    Case(
      name: "folded flow mapping", text: "spec: >\n  {a: 1,\n  b: 2,\n\n  c: 3}\n",
      outline: "{a: 1, b: 2, c: 3}",
      places: ["2:4-2:5", "2:7-2:8", "3:3-3:4", "3:6-3:7", "5:3-5:4", "5:6-5:7"]),
    Case(
      name: "blank lines fold to breaks", text: "spec: >-\n  a: 1\n\n  b: 2\n\n\n  c: 3\n",
      outline: "{a: 1, b: 2, c: 3}",
      places: ["2:3-2:4", "2:6-2:7", "4:3-4:4", "4:6-4:7", "7:3-7:4", "7:6-7:7"]),
    Case(
      name: "more-indented lines keep their breaks", text: "spec: >\n  a:\n    b: 1\n    c: 2\n\n  d: 3\n",
      outline: "{a: {b: 1, c: 2}, d: 3}",
      places: ["2:3-2:4", "3:5-3:6", "3:8-3:9", "4:5-4:6", "4:8-4:9", "6:3-6:4", "6:6-6:7"]),
    Case(
      name: "a value over folded lines", text: "spec: >\n  a: one\n  two\n\n  b: three\n",
      outline: "{a: one two, b: three}",
      places: ["2:3-2:4", "2:6-3:6", "5:3-5:4", "5:6-5:11"], spelledOtherwise: ["one two"]),
    Case(
      name: "folded with leading blank lines and CRLF",
      text: "spec: >\r\n\r\n\r\n  a:\r\n  1\r\n\r\n  b: 2\r\n",
      outline: "{a: 1, b: 2}", places: ["4:3-4:4", "5:3-5:4", "7:3-7:4", "7:6-7:7"]),
  ]

  static let quotedCases = [
    Case(
      name: "single-quoted", text: "spec: '{a: ''x'', b: 1}'\n", outline: "{a: x, b: 1}",
      places: ["1:9-1:10", "1:12-1:17", "1:19-1:20", "1:22-1:23"]),
    Case(
      name: "single-quoted over lines", text: "spec: 'a: 1\n\n  b: ''x''\n\n\n\n  c: 3'\n",
      outline: "{a: 1, b: x, c: 3}",
      places: ["1:8-1:9", "1:11-1:12", "3:3-3:4", "3:6-3:11", "7:3-7:4", "7:6-7:7"]),
    Case(
      name: "single-quoted with trailing blanks before the fold", text: "spec: '{a: 1,  \t\n \t b: 2}'\n",
      outline: "{a: 1, b: 2}", places: ["1:9-1:10", "1:12-1:13", "2:4-2:5", "2:7-2:8"]),
    Case(
      name: "double-quoted with line breaks", text: #"spec: "a: 1\nb: \"x\"\n\nc: 3""# + "\n",
      outline: "{a: 1, b: x, c: 3}",
      places: ["1:8-1:9", "1:11-1:12", "1:14-1:15", "1:17-1:22", "1:26-1:27", "1:29-1:30"]),
    Case(
      name: "double-quoted with code points",
      text: #"spec: "\x61: \u00fc\nb: \U0001F389 x\nc: \xe4\t# d""# + "\n",
      outline: "{a: ü, b: 🎉 x, c: ä}",
      places: ["1:8-1:12", "1:14-1:20", "1:22-1:23", "1:25-1:37", "1:39-1:40", "1:42-1:46"],
      spelledOtherwise: ["a", "ü", "🎉 x", "ä"]),
    Case(
      name: "double-quoted with named escapes", text: #"spec: "a: \_\/\ y\tz\Nb: 1\Lc: 2""# + "\n",
      outline: "{a: \u{A0}/ y\tz, b: 1, c: 2}",
      places: ["1:8-1:9", "1:11-1:21", "1:23-1:24", "1:26-1:27", "1:29-1:30", "1:32-1:33"],
      spelledOtherwise: ["\u{A0}/ y\tz"]),
    Case(
      name: "line continuation", text: "spec: \"a: \\\n   1\\n\\\n   b: 2\"\n", outline: "{a: 1, b: 2}",
      places: ["1:8-1:9", "2:4-2:5", "3:4-3:5", "3:7-3:8"]),
    Case(
      name: "line continuation with a blank line after it", text: "spec: \"a: 1\\\n\n   b: 2\"\n",
      outline: "{a: 1, b: 2}",
      places: ["1:8-1:9", "1:11-1:12", "3:4-3:5", "3:7-3:8"]),
    Case(
      name: "fold in double quotes", text: "spec: \"{a: 1,\r\n  b: '\\x41'}\"\r\n", outline: "{a: 1, b: A}",
      places: ["1:9-1:10", "1:12-1:13", "2:3-2:4", "2:6-2:12"]),
    Case(
      name: "U+0085 folds to a space", text: "spec: \"{a: 1,\u{85}b: 2}\"\n", outline: "{a: 1, b: 2}",
      places: ["1:9-1:10", "1:12-1:13", "1:15-1:16", "1:18-1:19"]),
    Case(
      name: "plain over lines", text: "spec: a\n  b\n\n  ü\n", outline: "a b ü", places: ["1:7-4:4"],
      spelledOtherwise: ["a b ü"]),
    Case(
      name: "spaces behind an escape", text: #"spec: "\x61:     1   # c\nb:  2""# + "\n",
      outline: "{a: 1, b: 2}",
      places: ["1:8-1:12", "1:18-1:19", "1:27-1:28", "1:31-1:32"], spelledOtherwise: ["a"]),
  ]

  static let jsonCases = [
    Case(
      name: "JSON string", text: #"{"ä": "🎉", "spec": "a: 1\nb:\n  - \"x\"\n"}"#, notation: .json,
      outline: "{a: 1, b: [x]}",
      places: ["1:21-1:22", "1:24-1:25", "1:27-1:28", "1:35-1:40"]),
    Case(
      name: "JSON string with code points", text: #"{"spec": "k: \u00fcx\nl: \ud83c\udf89\r\nm: \/y"}"#,
      notation: .json, outline: "{k: üx, l: 🎉, m: /y}",
      places: ["1:11-1:12", "1:14-1:21", "1:23-1:24", "1:26-1:38", "1:42-1:43", "1:45-1:48"],
      spelledOtherwise: ["üx", "🎉", "/y"]),
    Case(
      name: "JSON string as written", text: "{\"spec\": \"{a: ü, b: [1, 2]}\"}", notation: .json,
      outline: "{a: ü, b: [1, 2]}",
      places: ["1:12-1:13", "1:15-1:16", "1:18-1:19", "1:22-1:23", "1:25-1:26"]),
  ]

  // MARK: Faults

  struct FaultCase: CustomTestStringConvertible {
    let name: String
    let text: String
    var notation = Document.Notation.yaml
    let message: String
    let place: String

    var testDescription: String { name }
  }

  static let faultCases = [
    FaultCase(
      name: "literal", text: "ü: 1\nspec: |\n  a: 1\n  b: [x\n", message: "did not find expected ',' or ']'",
      place: "4:8-4:8"),
    FaultCase(
      name: "mapping in a mapping", text: "spec: |\n  ü: 1\n  b: c: d\n",
      message: "mapping values are not allowed in this context",
      place: "3:7-3:8"),
    FaultCase(
      name: "folded", text: "spec: >\n  {a: 1,\n\n  b: ]}\n", message: "did not find expected node content",
      place: "4:6-4:7"),
    FaultCase(
      name: "single-quoted", text: "spec: 'a: ''x'' y'\n", message: "did not find expected key",
      place: "1:17-1:18"),
    FaultCase(
      name: "double-quoted", text: #"spec: "a: 1\n\tb: 2""# + "\n",
      message: "found a tab character that violates indentation",
      place: "1:14-1:16"),
    FaultCase(
      name: "JSON", text: #"{"spec": "ü: \u00fc\n@: 1"}"#, notation: .json,
      message: "found character that cannot start any token", place: "1:22-1:23"),
    FaultCase(
      name: "control character", text: #"spec: "ab: \a""# + "\n",
      message: "control characters are not allowed", place: "1:12-1:14"),
    FaultCase(
      name: "unknown alias", text: "spec: |\n  a: *b\n", message: "alias *b has no anchor above it",
      place: "2:6-2:8"),
    FaultCase(name: "empty", text: "spec: ''\n", message: "holds no YAML document", place: "1:7-1:9"),
    FaultCase(
      name: "only a comment", text: "spec: '# x'\n", message: "holds no YAML document", place: "1:7-1:12"),
    FaultCase(
      name: "two documents", text: "spec: |\n  a\n  ---\n  b\n",
      message: "holds 2 YAML documents instead of one", place: "1:7-4:4"),
  ]

  @Test(arguments: faultCases)
  func placesFaults(_ item: FaultCase) throws {
    let outer = try document(item.text, as: item.notation)
    let issue = try #require(outer.embeddedYAML(at: try outer.at("/spec"), limits: Limits()).issue)
    #expect(issue.message == item.message)
    #expect(outer.source.place(issue.span) == item.place)
  }

  @Test func keepsToTheLimits() throws {
    let outer = try document("spec: '[[[1]]]'\n")
    let spec = try outer.at("/spec")
    #expect(outer.embeddedYAML(at: spec, limits: Limits(nesting: 3)).document?.outline() == "[[[1]]]")
    let issue = outer.embeddedYAML(at: spec, limits: Limits(nesting: 2)).issue
    #expect(
      issue
        == SyntaxIssue(
          kind: .limit, message: "nesting is deeper than 2 levels", span: ByteSpan(9, 9), limit: .nesting))
  }

  /// A walk over the spelling may take no more than a step per byte.
  @Test(.timeLimit(.minutes(5))) func takesLinearTime() throws {
    let blanks = String(repeating: " ", count: 200_000)
    let outer = try document("spec: \"\\x61: \(blanks)1\"\n")
    let inner = try #require(outer.embeddedYAML(at: try outer.at("/spec"), limits: Limits()).document)
    #expect(outer.source.place(inner.sourceSpan(of: try inner.at("/a"))) == "1:200014-1:200015")
  }
}
