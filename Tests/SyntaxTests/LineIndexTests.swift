import Testing

@testable import Syntax

struct LineIndexTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    /// Byte offset and `LINE:COLUMN`.
    let expected: [(offset: UInt32, place: String)]

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "empty", text: "", expected: [(0, "1:1"), (1, "1:1")]),
    Case(name: "one line", text: "abc", expected: [(0, "1:1"), (2, "1:3"), (3, "1:4"), (9, "1:4")]),
    Case(name: "LF", text: "a\nb\n", expected: [(0, "1:1"), (1, "1:2"), (2, "2:1"), (3, "2:2"), (4, "3:1")]),
    Case(
      name: "CRLF is one break", text: "a\r\nb",
      expected: [(1, "1:2"), (2, "1:3"), (3, "2:1"), (4, "2:2")]),
    Case(
      name: "lone CR", text: "a\rb\r\rc",
      expected: [(1, "1:2"), (2, "2:1"), (4, "3:1"), (5, "4:1"), (6, "4:2")]),
    Case(name: "CR at the end", text: "a\r", expected: [(1, "1:2"), (2, "2:1")]),
    Case(name: "LF before CR is two breaks", text: "\n\ra", expected: [(0, "1:1"), (1, "2:1"), (2, "3:1")]),
    Case(name: "tab is one column", text: "\ta", expected: [(1, "1:2")]),
    Case(
      name: "byte order mark is no column", text: "\u{FEFF}ab\nc",
      expected: [(0, "1:1"), (2, "1:1"), (3, "1:1"), (4, "1:2"), (6, "2:1")]),
    Case(
      name: "columns count scalars", text: "äb水c🎉d",
      expected: [(2, "1:2"), (3, "1:3"), (6, "1:4"), (7, "1:5"), (11, "1:6"), (12, "1:7")]),
    Case(
      name: "combining mark is a column of its own", text: "e\u{301}x", expected: [(1, "1:2"), (3, "1:3")]),
    Case(
      name: "U+0085, U+2028 and U+2029 end no line", text: "a\u{85}b\u{2028}c\u{2029}d",
      expected: [(3, "1:3"), (7, "1:5"), (11, "1:7")]),
    Case(name: "vertical tab and form feed end no line", text: "\u{B}\u{C}x", expected: [(2, "1:3")]),
  ]

  @Test(arguments: cases)
  func places(_ item: Case) {
    let lines = LineIndex(SourceText(item.text))
    for (offset, place) in item.expected {
      let position = lines.position(of: offset)
      #expect("\(position.line):\(position.column)" == place, "byte \(offset)")
    }
  }

  @Test func givesTheRangeOfALine() {
    let source = SourceText("\u{FEFF}a\r\n\r\nä\rb\n")
    let lines = LineIndex(source)
    let texts = (1...5).map { String(decoding: source.bytes[lines.range(ofLine: $0)], as: UTF8.self) }
    #expect(texts == ["a", "", "ä", "b", ""])
    #expect(lines.line(of: 4) == 1)
    #expect(lines.line(of: 6) == 2)
  }

  /// Columns far into a line, around every multiple of what is counted at once.
  @Test(arguments: ["a", "ü", "水", "🎉"])
  func countsLongLines(_ scalar: String) {
    let width = scalar.utf8.count
    let text = "ä\n" + String(repeating: scalar, count: 13_000)
    let lines = LineIndex(SourceText(text))
    for count in [0, 1, 1023, 1024, 1025, 2047, 2048, 4095, 4096, 4097, 8192, 12_288, 12_999, 13_000] {
      let position = lines.position(of: UInt32(3 + count * width))
      #expect(position == Position(line: 2, column: count + 1), "\(count)")
    }
  }
}

struct SourceTextTests {
  @Test func findsBytesThatAreNoUTF8() {
    #expect(SourceText([0x61, 0xC3, 0x28]).fault == .notUTF8(ByteSpan(1, 2)))
    #expect(SourceText([0x61, 0x62, 0xFF]).fault == .notUTF8(ByteSpan(2, 3)))
    #expect(SourceText([0xC0, 0x80]).fault?.span.start == 0, "overlong")
    #expect(SourceText([0x61, 0xED, 0xA0, 0x80]).fault?.span.start == 1, "surrogate")
    #expect(SourceText([0x61, 0xE6, 0xB0]).fault == .notUTF8(ByteSpan(1, 3)), "cut off")
    #expect(SourceText([UInt8](repeating: 0x61, count: 20) + [0x80]).fault == .notUTF8(ByteSpan(20, 21)))
  }

  @Test func namesOtherEncodings() {
    #expect(
      SourceText([0xFF, 0xFE, 0x61, 0x00]).fault == .otherEncoding(name: "UTF-16", mark: ByteSpan(0, 2)))
    #expect(
      SourceText([0xFE, 0xFF, 0x00, 0x61]).fault == .otherEncoding(name: "UTF-16", mark: ByteSpan(0, 2)))
  }

  @Test(arguments: [
    ("{\"a", "UTF-16LE", 2), ("{\"a", "UTF-16BE", 2), ("{\"a", "UTF-32LE", 4), ("{\"a", "UTF-32BE", 4),
    ("1", "UTF-16LE", 2), ("1", "UTF-16BE", 2), ("# ö水", "UTF-16LE", 2), ("# ö水", "UTF-16BE", 2),
  ])
  func namesEncodingsWithoutMark(_ test: (text: String, name: String, width: Int)) {
    let bytes = test.text.unicodeScalars.flatMap { scalar in
      let unit = (0..<test.width).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * UInt32($0))) }
      return test.name.hasSuffix("LE") ? unit : unit.reversed()
    }
    let text = SourceText(bytes)
    #expect(text.fault == .unmarkedEncoding(name: test.name, first: ByteSpan(0, test.width)))
    #expect(text.searchableBytes.first == test.text.utf8.first)
  }

  @Test func namesUTF32() {
    for bytes: [UInt8] in [[0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61]] {
      #expect(SourceText(bytes).fault == .otherEncoding(name: "UTF-32", mark: ByteSpan(0, 4)))
    }
    #expect(SourceText([0x61, 0x62, 0, 0x63]).fault == nil, "a NUL further on is the reader's business")
    #expect(SourceText([0]).fault == nil)
  }

  @Test func takesEveryUTF8Text() {
    for text in ["", "a", "\u{FEFF}", "ü水🎉\u{10FFFF}", String(repeating: "a", count: 17)] {
      #expect(SourceText(text).fault == nil)
      #expect(SourceText(text).isASCII == text.utf8.allSatisfy { $0 < 0x80 })
    }
    #expect(SourceText("\u{FEFF}a").byteOrderMarkLength == 3)
    #expect(SourceText("a\u{FEFF}").byteOrderMarkLength == 0)
  }
}
