import Testing

@testable import Syntax

struct DuplicateKeyTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    var notation = Document.Notation.yaml
    /// Places of first and second, `LINE:COLUMN LINE:COLUMN`.
    let expected: [String]

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "none", text: "a: 1\nb: {a: 1}\n", expected: []),
    Case(name: "twice", text: "a: 1\nb: 2\na: 3\n", expected: ["1:1 3:1"]),
    Case(
      name: "three times, each against the first", text: "a: 1\na: 2\na: 3\n",
      expected: ["1:1 2:1", "1:1 3:1"]),
    Case(name: "spelt otherwise", text: "ä: 1\n\"\\u00e4\": 2\n'ä': 3\n", expected: ["1:1 2:1", "1:1 3:1"]),
    Case(name: "composed and decomposed differ", text: "\u{E4}: 1\na\u{308}: 2\n", expected: []),
    Case(
      name: "nested, in document order", text: "x:\n  b: 1\n  b: 2\nx: 3\n", expected: ["2:3 3:3", "1:1 4:1"]),
    Case(name: "empty keys", text: "{? , ? }\n", expected: ["1:4 1:8"]),
    Case(name: "merge keys are none", text: "<<: {a: 1}\n? <<\n: {a: 2}\n", expected: []),
    Case(name: "merged keys are none", text: "- &x {a: 1}\n- {<<: *x, a: 2}\n", expected: []),
    Case(name: "collections as keys are none", text: "? [a]\n: 1\n? [a]\n: 2\n", expected: []),
    Case(name: "alias as a key", text: "&k a: 1\n*k : 2\n", expected: ["1:4 1:4"]),
    Case(
      name: "JSON", text: #"{"a": {"b": 1, "b": 2}, "\u0061": 3}"#, notation: .json,
      expected: ["1:8 1:16", "1:2 1:25"]),
    Case(
      name: "more than twelve keys", text: (0..<20).map { "k\($0 % 18): 1\n" }.joined(),
      expected: ["1:1 19:1", "2:1 20:1"]),
    Case(
      name: "twelve keys and thirteen", text: "x:\n\(keys(11, "  "))  k0: 1\ny:\n\(keys(12, "  "))  k11: 1\n",
      expected: ["2:3 13:3", "26:3 27:3"]),
  ]

  private static func keys(_ count: Int, _ indentation: String) -> String {
    (0..<count).map { "\(indentation)k\($0): 1\n" }.joined()
  }

  @Test(arguments: cases)
  func finds(_ item: Case) throws {
    let document = try document(item.text, as: item.notation)
    let lines = LineIndex(document.source)
    let found = document.duplicateKeys().map { duplicate in
      [duplicate.first, duplicate.again]
        .map { lines.position(of: document.sourceSpan(of: $0).start) }
        .map { "\($0.line):\($0.column)" }
        .joined(separator: " ")
    }
    #expect(found == item.expected)
  }

  @Test(.timeLimit(.minutes(5))) func takesLinearTime() throws {
    let text = "{" + (0..<200_000).map { "\"k\($0 % 199_999)\":1" }.joined(separator: ",") + "}"
    let document = try document(text, as: .json)
    #expect(document.duplicateKeys().count == 1)
  }

  @Test func lastValueCounts() throws {
    let document = try document("a: 1\nb: 0\na: 2\n")
    #expect(document.value(of: "a", in: document.root).map { document.string(of: $0) } == "2")
  }
}
