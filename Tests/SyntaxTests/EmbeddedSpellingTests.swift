import Testing

@testable import Syntax

/// The same inner documents in every spelling of a scalar: what they hold stays, and so does where it stands.
struct EmbeddedSpellingTests {
  /// A way to write a text as the value of `spec`.
  struct Spelling: CustomTestStringConvertible {
    let name: String
    var notation = Document.Notation.yaml
    /// Whether plain scalars stand in the file as they are.
    var isVerbatim = true
    let write: @Sendable (String) -> String

    var testDescription: String { name }
  }

  static let texts = [
    "a: 1\nb: [x, y]\n", "größe: 水🎉\nc:\n  - d: ü\n  - |\n    text\n    more\n",
    "- 1\n-   - 2\n\n\n    - 3\n# end\n",
    "a: 1 # c\n\n\nb:\n  c:\n    d: {e: f, g: [h, i]}\n", "ab: |+\n  x\n\n\ncd: >-\n  y\n  z\nef: gh\n",
    "\n\n  a: 1\n  b: 2\n",
  ]

  static let spellings = [
    Spelling(name: "literal") { "ä: 1\nspec: |\n" + indented($0, by: "   ") + "end: 1\n" },
    Spelling(name: "literal with indicator") { "spec: |1+\n" + indented($0, by: " ") },
    Spelling(name: "literal in CRLF") { crlf("🎉: 1\nspec: |2 # note\n" + indented($0, by: "  ")) },
    Spelling(name: "deep literal") { "x:\n  - y\nspec:\n    &a !!str\n    |2\n" + indented($0, by: "  ") },
    Spelling(name: "single-quoted") { "ü: 1\nspec: '" + doubledBreaks($0) + "'\n" },
    Spelling(name: "single-quoted in CRLF") { crlf("spec: '" + doubledBreaks($0) + "'\n") },
    Spelling(name: "double-quoted") { "spec: \"" + $0.replacing("\n", with: "\\n") + "\"\n" },
    Spelling(name: "double-quoted over lines") { text in
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.hasPrefix(" ") ? "\\\($0)" : String($0) }
      return "spec: \"" + lines.joined(separator: "\\n\\\n   ") + "\"\n"
    },
    Spelling(name: "double-quoted in code points", isVerbatim: false) { text in
      let escaped = text.unicodeScalars.map { scalar -> String in
        let hex = String(scalar.value, radix: 16)
        let width = scalar.value < 0x80 ? 2 : scalar.value < 0x10000 ? 4 : 8
        return "\\" + (width == 2 ? "x" : width == 4 ? "u" : "U")
          + String(repeating: "0", count: width - hex.count) + hex
      }
      return "spec: \"" + escaped.joined() + "\"\n"
    },
    Spelling(name: "JSON", notation: .json) {
      "{\"ü\": \"🎉\", \"spec\": \"" + $0.replacing("\n", with: "\\n") + "\"}"
    },
    Spelling(name: "JSON in code points", notation: .json, isVerbatim: false) { text in
      let escaped = text.utf16.map { unit -> String in
        let hex = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
      return "{\"spec\": \"" + escaped.joined() + "\"}"
    },
  ]

  private static func indented(_ text: String, by blanks: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { $0.isEmpty ? "\n" : "\(blanks)\($0)\n" }.joined()
  }

  private static func crlf(_ text: String) -> String { text.replacing("\n", with: "\r\n") }

  /// As quoted scalars fold, one more line break for each; blanks at the start of lines cannot be kept.
  private static func doubledBreaks(_ text: String) -> String {
    text.replacing("\n", with: "\n\n")
  }

  @Test(arguments: spellings, texts)
  func keepsEveryPlace(_ spelling: Spelling, _ text: String) throws {
    // Folding drops the blanks that make the structure: quoted scalars over lines hold flat documents only.
    let isFolded = spelling.name.hasPrefix("single-quoted")
    let inner = isFolded ? "{größe: 水🎉,\nb: [x,\ny], c:\nd e}" : text
    let alone = try document(inner)
    let outer = try document(spelling.write(inner), as: spelling.notation)
    let parsed = outer.embeddedYAML(at: try outer.at("/spec"), limits: Limits())
    let embedded = try #require(parsed.document, "\(parsed)")
    #expect(embedded.outline() == alone.outline())
    #expect(embedded.nodeCount == alone.nodeCount)
    var last: UInt32 = 0
    for id in embedded.allNodes where embedded[id].kind == .scalar {
      let span = embedded.sourceSpan(of: id)
      #expect(span.start >= last, "\(embedded.string(of: id))")
      last = span.end
      guard embedded[id].style == .plain else { continue }
      if spelling.isVerbatim {
        #expect(embedded.spelling(of: id, in: outer.source) == alone.spelling(of: id))
      } else {
        // Each of its code points stands there as an escape.
        #expect(
          embedded.spelling(of: id, in: outer.source).count { $0 == "\\" }
            == escapes(of: alone.spelling(of: id), spelling.notation))
      }
    }
  }

  private func escapes(of text: String, _ notation: Document.Notation) -> Int {
    notation == .json ? text.utf16.count : text.unicodeScalars.count
  }
}
