import Testing

@testable import Syntax

/// Streams of documents: one broken document hides no other.
struct StreamTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    /// A document's outline, or `! PLACE MESSAGE`.
    let expected: [String]

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "empty", text: "", expected: []),
    Case(name: "byte order mark alone", text: "\u{FEFF}", expected: []),
    Case(name: "blank", text: "\n  \r\n\n", expected: []),
    Case(name: "only comments", text: "# a\n# b", expected: []),
    Case(name: "marker alone", text: "---", expected: [""]),
    Case(name: "marker and comment", text: "# a\n--- # b\n...\n", expected: [""]),
    Case(name: "several", text: "a: 1\n---\nb: 2\n...\n---\n- c\n", expected: ["{a: 1}", "{b: 2}", "[c]"]),
    Case(
      name: "directives", text: "%YAML 1.2\n---\na\n...\n%TAG !y! tag:yaml.org,2002:\n---\n!y!str b\n",
      expected: ["a", "b"]),
  ]

  private static func tags(_ count: Int) -> String {
    (0..<count).map { "%TAG !a\($0)! tag:x:\n" }.joined()
  }

  static let broken = [
    Case(name: "as many tags as may be", text: tags(100) + "---\na\n", expected: ["a"]),
    Case(
      name: "too many tags", text: "a: 1\n...\n" + tags(101) + "---\nb\n---\nc\n",
      expected: ["{a: 1}", "! 103:1-103:5 a document has more than 100 %TAG directives", "b", "c"]),
    Case(
      name: "too many tags of several documents",
      text: String(repeating: tags(60) + "---\nb\n...\n", count: 2),
      expected: ["b", "b"]),
    Case(
      name: "open bracket", text: "a: 1\n---\nb: [1\n---\nc: 3\n",
      expected: ["{a: 1}", "! 4:1-4:2 did not find expected ',' or ']'", "{c: 3}"]),
    Case(
      name: "open quote", text: "a: \"x\n---\nb: 2\n---\nc: 3\n",
      expected: ["! 2:1-2:2 found unexpected document indicator", "{b: 2}", "{c: 3}"]),
    Case(
      name: "two colons", text: "a: b: c\nd: e\n---\nb: 2\n",
      expected: ["! 1:5-1:6 mapping values are not allowed in this context", "{b: 2}"]),
    Case(
      name: "the last one", text: "a: 1\n---\n]\n",
      expected: ["{a: 1}", "! 3:1-3:2 did not find expected node content"]),
    Case(
      name: "several broken ones", text: "[\n---\n}\n---\n*x\n--- a\n---\t{\n",
      expected: [
        "! 2:1-2:2 did not find expected node content", "! 3:1-3:2 did not find expected node content",
        "! 5:1-5:3 alias *x has no anchor above it", "a", "! 8:1-8:1 did not find expected node content",
      ]),
    Case(
      name: "CRLF and lone CR", text: "a: [\r\n---\r\nb: 2\r\n---\rc: ]\r---\rd: 4\r",
      expected: [
        "! 2:1-2:2 did not find expected node content", "{b: 2}",
        "! 5:4-5:5 did not find expected node content", "{d: 4}",
      ]),
    Case(
      name: "non-ASCII before the fault", text: "ü: 水\n---\nä: [ö\n---\né: 1\n",
      expected: ["{ü: 水}", "! 4:1-4:2 did not find expected ',' or ']'", "{é: 1}"]),
    Case(
      name: "what looks like a marker", text: "a: [\n---b\n ---\n----\n---\nc: 1\n",
      expected: ["! 5:1-5:2 did not find expected ',' or ']'", "{c: 1}"]),
    Case(
      name: "directives of the next one",
      text: "a: ]\n...\n# c\n\n%TAG !y! tag:yaml.org,2002:\n# d\n---\n!y!str b\n",
      expected: ["! 1:4-1:5 did not find expected node content", "b"]),
    Case(
      name: "a bad directive", text: "a\n...\n%YAML 3.0\n---\nb\n---\nc\n",
      expected: ["a", "! 3:1-3:2 found incompatible YAML document", "b", "c"]),
    Case(
      name: "end marker too early", text: "a: [\n...\n---\nb\n",
      expected: ["! 2:1-2:2 did not find expected node content", "b"]),
    Case(
      name: "end marker first", text: "...\n---\na\n",
      expected: ["! 1:1-1:2 did not find expected node content", "a"]),
    Case(
      name: "control character", text: "a: \u{1}\n---\nb: 2\n",
      expected: ["! 1:4-1:5 control characters are not allowed", "{b: 2}"]),
    Case(
      name: "control character behind byte order mark and umlaut", text: "\u{FEFF}ü: 1\nö: \u{7F}\n",
      expected: ["! 2:4-2:5 control characters are not allowed"]),
    Case(
      name: "unknown tag", text: "a: !x 1\n---\nb: 2\n",
      expected: ["! 1:7-1:8 tag !x is unknown to YAML readers", "{b: 2}"]),
  ]

  @Test(arguments: cases + broken)
  func handsOverEveryDocument(_ item: Case) {
    let source = SourceText(item.text)
    let found = read(item.text).map { parsed in
      switch parsed {
      case .document(let document): document.outline()
      case .issue(let issue): "! \(source.place(issue.span)) \(issue.message)"
      }
    }
    #expect(found == item.expected)
  }

  @Test func spansAndPlacesOfLaterDocuments() throws {
    let text = "ü: 1\n---\n# note\nb: 2\n...\n# last\n---\nc: 3\n"
    let documents = read(text).compactMap(\.document)
    #expect(documents.map { $0.source.place($0.span) } == ["1:1-2:1", "2:1-5:4", "5:4-9:1"])
    #expect(documents.map { $0.source.place($0[$0.root].span) } == ["1:1-1:5", "4:1-4:5", "8:1-8:5"])
  }

  @Test(.timeLimit(.minutes(5))) func readsManyBrokenDocuments() {
    let parsed = read(String(repeating: "--- [\n", count: 1000))
    #expect(parsed.count == 1000)
    #expect(parsed.allSatisfy { $0.issue != nil })
  }

  /// However many documents are broken, the one behind them is read.
  @Test func readsOnBehindBrokenDocuments() {
    let parsed = read(
      String(repeating: "--- ]\n", count: 2_000) + "---\na: 1\n", limits: Limits(findings: 10))
    #expect(parsed.count == 2_001)
    #expect(parsed.last?.document?.outline() == "{a: 1}")
  }

  // MARK: Comments

  struct CommentCase: CustomTestStringConvertible {
    let name: String
    let text: String
    /// Comments above the root of each document.
    let expected: [[String]]

    var testDescription: String { name }
  }

  static let comments = [
    CommentCase(name: "none", text: "a: 1 # x\n# y\nb: 2\n", expected: [[]]),
    CommentCase(name: "above", text: "# one\n\n  # zwei ü\na: 1\n", expected: [["# one", "# zwei ü"]]),
    CommentCase(name: "byte order mark", text: "\u{FEFF}# one\na: 1\n", expected: [["# one"]]),
    CommentCase(
      name: "CRLF and lone CR", text: "# one\r\n#two\r# three\ra: 1\r",
      expected: [["# one", "#two", "# three"]]),
    CommentCase(
      name: "about the marker", text: "# one\n--- # two\n# three\na: 1\n",
      expected: [["# one", "# two", "# three"]]),
    CommentCase(name: "number sign inside a comment", text: "# a # b\nx: 1\n", expected: [["# a # b"]]),
    CommentCase(name: "directive", text: "%YAML 1.2\n# one\n---\na: 1\n", expected: [["# one"]]),
    CommentCase(
      name: "later documents", text: "# one\na: 1\n---\n# two\nb: 2\n", expected: [["# one"], ["# two"]]),
    CommentCase(
      name: "after an end marker", text: "a: 1\n...\n# two\n---\nb: 2\n", expected: [[], ["# two"]]),
    // Without `...` nothing tells whether a comment belongs above or below the marker: YAML counts it above.
    CommentCase(name: "between, above the marker", text: "a: 1\n# one\n---\nb: 2\n", expected: [[], []]),
    CommentCase(name: "empty document", text: "--- # one\n# two\n", expected: [["# one", "# two"]]),
    CommentCase(
      name: "anchor at the root", text: "# one\n--- &a # two\n# three\nb: 1\n",
      expected: [["# one", "# two", "# three"]]),
    CommentCase(name: "after a broken document", text: "a: ]\n---\n# two\nb: 2\n", expected: [["# two"]]),
  ]

  @Test(arguments: comments)
  func findsLeadingComments(_ item: CommentCase) {
    let found = read(item.text).compactMap(\.document).map { document in
      document.leadingComments.map { String(decoding: document.source.bytes[$0.range], as: UTF8.self) }
    }
    #expect(found == item.expected)
  }

  @Test func jsonHasNoComments() throws {
    #expect(try document("[\"# a\"]", as: .json).leadingComments == [])
  }
}
