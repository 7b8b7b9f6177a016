import Syntax
import Testing

/// Places that YAML readers take differently.
@Suite struct NotationOddityTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    /// `KIND START-END TEXT`, with the text of the scalar where there is one.
    let expected: [String]

    init(_ text: String, _ expected: String...) {
      self.text = text
      self.expected = expected
    }

    var testDescription: String { text }
  }

  static let cases: [Case] = [
    Case("a: b\t# c", "tab 4-5 b"), Case("a: b \t # c", "tab 4-7 b"), Case("a: 'b'\t# c", "tab 6-7 b"),
    Case("a:\t# c\n  b: c", "tab 2-3"), Case("a: b\n\t# c", "issue"), Case("a: [b,\t# c\nd]", "tab 6-7"),
    Case("a: b\t#c\t# d", "tab 4-5 b"), Case("a: b # c\t# d"), Case("# a\t# b\na: b"), Case("a: 'b\t# c'"),
    Case("a: b\t"), Case("a: b\tc"), Case("a: b # c"), Case("a: |\n  b\t# c\n"), Case("a: b#\t"),
    Case("a: \"b\u{85}c\"", "U+85 5-7 b c"), Case("a: \"b\u{2028}c\"", "U+2028 5-8 b\u{2028}c"),
    Case("a: 'b\u{2029}c'", "U+2029 5-8 b\u{2029}c"),
    Case("# a\u{2028}b: c", "U+2028 3-6"), Case("a: |\n  b\u{85}  c\n", "U+85 8-10 b\nc\n"),
    Case("a: \"\\N\\L\\P\""), Case("\u{FEFF}a: b"), Case("a: b\n\u{FEFF}c: d", "issue"),
    Case("a: \"b\u{FEFF}c\""), Case("# a\u{FEFF}\nb: c"), Case("ä: ö"),
  ]

  @Test(arguments: cases) func found(_ test: Case) {
    var found: [String] = []
    readDocuments(SourceText(test.text), as: .yaml, limits: Limits()) { parsed in
      guard case .document(let document) = parsed else {
        found.append("issue")
        return
      }
      found += document.notationOddities().map { oddity in
        let kind =
          switch oddity.kind {
          case .lineBreak(let character): "U+" + String(character.value, radix: 16, uppercase: true)
          case .tabBeforeComment: "tab"
          case .byteOrderMark: "mark"
          }
        let text = oddity.scalar.map { " " + document.string(of: $0) } ?? ""
        return "\(kind) \(oddity.span.start)-\(oddity.span.end)\(text)"
      }
    }
    #expect(found == test.expected)
  }

  /// Every document of a stream is searched by itself.
  @Test func stream() {
    var counts: [Int] = []
    readDocuments(SourceText("a: b\t# c\n---\na: b\n---\na: \"\u{85}\"\n"), as: .yaml, limits: Limits()) {
      parsed in
      if case .document(let document) = parsed { counts.append(document.notationOddities().count) }
    }
    #expect(counts == [1, 0, 1])
  }
}
