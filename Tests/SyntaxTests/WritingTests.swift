import Testing

@testable import Syntax

struct JSONWriterTests {
  private func write(_ layout: JSONWriter.Layout = .compact, _ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(layout)
    body(&writer)
    return writer.text
  }

  private func fill(_ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("a", "b")
      writer.member("none", nil)
      writer.key("list")
      writer.array { writer in
        writer.value(1)
        writer.value(true)
        writer.raw("1.50".utf8)
        writer.object { _ in }
        writer.array { _ in }
      }
      writer.member("n", Int.min)
      writer.member("f", false)
    }
  }

  @Test func writesCompactly() {
    #expect(
      write(.compact, fill) == #"{"a":"b","list":[1,true,1.50,{},[]],"n":-9223372036854775808,"f":false}"#)
  }

  @Test func indents() {
    let expected = """
      {
        "a": "b",
        "list": [
          1,
          true,
          1.50,
          {},
          []
        ],
        "n": -9223372036854775808,
        "f": false
      }
      """
    #expect(write(.indented, fill) == expected)
  }

  @Test func escapesOnlyWhatMustBe() {
    let text = "\"\\/\n\r\t\u{0}\u{1F}\u{7F} ü水🎉\u{2028}"
    #expect(write { $0.value(text) } == #""\"\\/\n\r\t\u0000\u001f\u007f ü水🎉"# + "\u{2028}\"")
  }

  /// Texts are looked through several bytes at a time.
  @Test func escapesAtEveryPlace() {
    for length in 0..<20 {
      for place in 0...length {
        let (before, after) = (
          String(repeating: "a", count: place), String(repeating: "é", count: length - place)
        )
        for (raw, escaped) in [
          ("\"", "\\\""), ("\\", "\\\\"), ("\u{1F}", "\\u001f"), ("\u{7F}", "\\u007f"), ("\u{80}", "\\u0080"),
          ("\u{9F}", "\\u009f"),
        ] {
          #expect(write { $0.value(before + raw + after) } == "\"\(before)\(escaped)\(after)\"")
        }
        for raw in [" ", "!", "#", "[", "]", "~", "\u{A0}", "Â"] {
          #expect(write { $0.value(before + raw + after) } == "\"\(before)\(raw)\(after)\"")
        }
      }
    }
  }

  /// Long texts are written in parts, short ends of them by themselves.
  @Test(arguments: [4088, 4095, 4096, 4097, 8191, 8193])
  func escapesInLongTexts(_ place: Int) {
    let before = String(repeating: "a", count: place)
    for (raw, escaped) in [("\"", "\\\""), ("\"\"\n", "\\\"\\\"\\n"), ("\u{0}", "\\u0000"), ("漢", "漢")] {
      #expect(write { $0.value(before + raw + "b") } == "\"\(before)\(escaped)b\"")
    }
    #expect(write { $0.value(String(repeating: "\u{1}", count: place)) }.utf8.count == 6 * place + 2)
  }

  /// Items of other writers between what a writer drains make the same text as those of one writer.
  @Test(arguments: [0, 1, 5]) func goesOnBehindItemsThatOthersWrote(_ count: Int) {
    func items(_ numbers: Range<Int>) -> [UInt8] {
      var writer = JSONWriter(itemsAt: 2, areFirst: numbers.lowerBound == 0)
      for number in numbers { writer.array { $0.value(number) } }
      return writer.drain()
    }
    func write(_ shares: [Range<Int>]) -> String {
      var text: [UInt8] = []
      var writer = JSONWriter()
      writer.object { writer in
        writer.key("a")
        writer.array { writer in
          text += writer.drain()
          if count > 0 { writer.itemsFollow() }
          for share in shares { text += items(share) }
        }
        writer.member("b", 1)
      }
      return String(decoding: text + writer.drain(), as: UTF8.self)
    }
    let alone = self.write(.indented) { writer in
      writer.object { writer in
        writer.key("a")
        writer.array { writer in for number in 0..<count { writer.array { $0.value(number) } } }
        writer.member("b", 1)
      }
    }
    #expect(write([0..<count]) == alone)
    #expect(write([0..<min(2, count), min(2, count)..<count]) == alone)
  }

  /// What is written is read again as the same text.
  @Test func everyScalarSurvives() throws {
    let text = String(String.UnicodeScalarView((0..<0x3000).compactMap { Unicode.Scalar($0) })) + "\u{10FFFF}"
    let document = try document(write { $0.value(text) }, as: .json)
    #expect(Array(document.text(of: document.root)) == Array(text.utf8))
  }

  @Test func copiesJSON() throws {
    let text = #"{"a":[1.50,"x\u00fc",null,true],"drop":1,"b":{"drop":{},"c":-0}}"#
    let document = try document(text, as: .json)
    let copy = write { $0.copy(document.root, of: document) { $0 != "drop" } }
    #expect(copy == #"{"a":[1.50,"xü",null,true],"b":{"c":-0}}"#)
  }
}

struct QuotingTests {
  @Test(arguments: [
    ("", #""""#), ("abc", #""abc""#), ("a\tb\n", #""a\u{9}b\u{A}""#), ("\u{1B}[31m", #""\u{1B}[31m""#),
    ("ü水🎉", #""ü水🎉""#),
    ("a\u{202E}b", #""a\u{202E}b""#), ("\u{2028}", #""\u{2028}""#), ("\u{FEFF}", #""\u{FEFF}""#),
    ("👩\u{200D}👧", "\"👩\u{200D}👧\""), ("\u{85}", #""\u{85}""#), ("say \"x\"", #""say "x"""#),
  ])
  func quotes(_ text: String, _ expected: String) {
    #expect(quote(text) == expected)
  }

  @Test func shortens() {
    let sixty = String(repeating: "ü", count: 60)
    #expect(quote(sixty) == "\"\(sixty)\"")
    #expect(quote(sixty + "x") == "\"\(sixty)…\"")
    #expect(quote(String(repeating: "\n", count: 61)) == "\"\(String(repeating: "\\u{A}", count: 60))…\"")
  }
}

struct AnchorSpanTests {
  /// What a finding about a whole value points at.
  @Test(arguments: [
    ("a: 1\nb: 2\n", "1:1-1:2"), ("{a: 1}\n", "1:1-1:2"), ("[1]\n", "1:1-1:2"), ("- 1\n- 2\n", "1:1-1:2"),
    ("'x'\n", "1:1-1:4"),
    ("  - a\n", "1:3-1:4"), ("{}\n", "1:1-1:2"),
  ])
  func pointsAtTheFirstSign(_ text: String, _ expected: String) throws {
    let document = try document(text)
    #expect(document.source.place(document.anchorSpan(of: document.root)) == expected)
  }

  @Test func countsScalars() throws {
    let document = try document("[abc, 'ü水🎉', \"e\\u0301\", '']\n")
    #expect(document.items(of: document.root).map { document.scalarCount(of: $0) } == [3, 3, 2, 0])
  }
}
