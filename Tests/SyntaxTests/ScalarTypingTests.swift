import Testing

@testable import Syntax

/// What YAML 1.2 and PyYAML make of plain scalars.
///
/// - Source: YAML 1.2.2, section 10.3.2; PyYAML 6.0's resolver, asked for every text here.
struct ScalarTypingTests {
  /// A type and, for numbers, the value; an infinity or no number has none.
  struct Reading: Equatable {
    let type: ScalarType
    var number: String?

    static func == (left: Reading, right: Reading) -> Bool {
      left.type == right.type && left.number == right.number
    }
  }

  struct Case: CustomTestStringConvertible {
    let text: String
    let core: Reading
    let yaml11: Reading

    var testDescription: String { quote(text) }

    init(_ text: String, _ core: Reading, _ yaml11: Reading? = nil) {
      self.text = text
      self.core = core
      self.yaml11 = yaml11 ?? core
    }
  }

  private static let string = Reading(type: .string)
  private static let null = Reading(type: .null)
  private static let boolean = Reading(type: .boolean)
  private static let timestamp = Reading(type: .timestamp)
  private static let special = Reading(type: .float)
  private static func integer(_ number: String) -> Reading { Reading(type: .integer, number: number) }
  private static func float(_ number: String) -> Reading { Reading(type: .float, number: number) }

  static let words = [
    Case("", null), Case("~", null), Case("null", null), Case("Null", null), Case("NULL", null),
    Case("nULL", string),
    Case("~~", string), Case("nul", string), Case("true", boolean), Case("True", boolean),
    Case("TRUE", boolean),
    Case("tRUE", string), Case("false", boolean), Case("False", boolean), Case("FALSE", boolean),
    Case("fALSE", string),
    Case("NO", string, boolean), Case("no", string, boolean), Case("No", string, boolean), Case("nO", string),
    Case("yes", string, boolean), Case("Yes", string, boolean), Case("YES", string, boolean),
    Case("on", string, boolean),
    Case("On", string, boolean), Case("ON", string, boolean), Case("off", string, boolean),
    Case("Off", string, boolean),
    Case("OFF", string, boolean), Case("y", string), Case("n", string), Case("Y", string),
    Case("nope", string),
    Case("onyx", string), Case("truee", string), Case("Infinity", string), Case("NaN", string),
    Case("e3", string),
    Case("ü", string), Case("١٢", string),
  ]

  static let integers = [
    Case("0", integer("0")), Case("-0", integer("0")), Case("+0", integer("0")), Case("12", integer("12")),
    Case("+12", integer("12")), Case("-12", integer("-12")), Case("00", integer("0")),
    Case("010", integer("10"), integer("8")), Case("-010", integer("-10"), integer("-8")),
    Case("08", integer("8"), string), Case("0_7", string, integer("7")), Case("0_8", string),
    Case("0o10", integer("8"), string), Case("0o", string), Case("0o8", string), Case("+0o7", string),
    Case("0x1F", integer("31")), Case("0xff", integer("255")), Case("0x", string), Case("0xfg", string),
    Case("-0x1", string, integer("-1")), Case("0X1F", string), Case("0b101", string, integer("5")),
    Case("0b", string),
    Case("0b2", string), Case("1_000", string, integer("1000")), Case("1__0", string, integer("10")),
    Case("1_", string, integer("1")), Case("_1", string), Case("1,000", string),
    Case("123456789012", integer("123456789012")),
    Case("9223372036854775807", integer("9223372036854775807")),
    Case("9223372036854775808", integer("9223372036854775808")),
    Case("18446744073709551616", integer("18446744073709551616")),
    Case("0xFFFFFFFFFFFFFFFF", integer("18446744073709551615")),
    Case("0777777777777", integer("777777777777"), integer("68719476735")),
    Case("12:30:45", string, integer("45045")), Case("1:2", string, integer("62")),
    Case("-1:30", string, integer("-90")),
    Case("-12:30", string, integer("-750")), Case("1:60", string), Case("0:0", string), Case("00:1", string),
    Case(":1", string), Case("1::2", string),
  ]

  static let floats = [
    Case("0.1", float("0.1")), Case(".5", float("0.5")), Case("-.5", float("-0.5"), string),
    Case("+.5", float("0.5"), string),
    Case("5.", float("5")), Case("0.", float("0")), Case(".", string), Case("+", string), Case("--1", string),
    Case("1-", string), Case("1.2.3", string), Case("09.5", float("9.5")), Case("1e3", float("1000"), string),
    Case("1E3", float("1000"), string), Case("1e+3", float("1000"), string),
    Case("12e03", float("12000"), string),
    Case("-2E+05", float("-200000"), string), Case("1.e3", float("1000"), string),
    Case("1.5e3", float("1500"), string),
    Case("1.5e+3", float("1500")), Case("1.5E-3", float("0.0015")), Case(".5e3", float("500"), string),
    Case(".e1", string),
    Case("1e", string), Case("1e+", string), Case("1.5e+", string), Case("1_000.5", string, float("1000.5")),
    Case("685_230.15", string, float("685230.15")), Case("._1", string), Case("+.5_0", string),
    Case("190:20:30.15", string, float("685230.15")), Case("12:30:45.", string, float("45045")),
    Case("1:5.", string, float("65")), Case(".inf", special), Case("-.inf", special), Case("+.INF", special),
    Case(".Inf", special), Case(".iNF", string), Case(".nan", special), Case(".NaN", special),
    Case(".NAN", special),
    Case(".Nan", string), Case("-.nan", string), Case("0x1.8", string),
  ]

  static let times = [
    Case("2026-12-01", string, timestamp), Case("2026-1-1", string), Case("2026-12-1", string),
    Case("2026-12-01T10:00:00Z", string, timestamp), Case("2026-1-1T1:00:00Z", string, timestamp),
    Case("2026-12-01 10:00:00", string, timestamp), Case("2026-12-01t10:00:00.5 +01:00", string, timestamp),
    Case("2001-12-14 21:59:43.10 -5", string, timestamp), Case("2026-12-01T10:00", string),
    Case("2026-12-01T", string),
    Case("2026-12-01T10:00:00ZZ", string), Case("2026-12-01T10:00:00+1:5", string), Case("226-12-01", string),
    Case("2026-12", string),
  ]

  @Test(arguments: words + integers + floats + times)
  func types(_ item: Case) throws {
    let document = try document("- \(item.text)\n")
    let scalar = try document.at("/0")
    #expect(document[scalar].style == .plain)
    #expect(reading(scalar, in: document, .core) == item.core)
    #expect(reading(scalar, in: document, .yaml11) == item.yaml11)
  }

  private func reading(_ id: NodeID, in document: Document, _ schema: ScalarSchema) -> Reading? {
    document.scalarType(of: id, schema).map { type in
      Reading(type: type, number: document.number(of: id, schema)?.description)
    }
  }

  /// Quotes and blocks make strings, tags decide over everything.
  @Test func tagsAndQuotesDecide() throws {
    let text = """
      - "1"
      - 'true'
      - |
        1
      - !!str 1
      - ! 1
      - !!int "12"
      - !!float 3
      - !!bool "true"
      - !!null ''
      - !!timestamp 2026-12-01
      - !!binary aGk=
      - !!int 0b11
      """
    let document = try document(text)
    let types = document.items(of: document.root).map { document.scalarType(of: $0) }
    #expect(
      types == [
        .string, .string, .string, .string, .string, .integer, .float, .boolean, .null, .timestamp, .binary,
        .integer,
      ])
    #expect(document.number(of: try document.at("/5")) == ExactNumber(12))
    #expect(document.number(of: try document.at("/11")) == ExactNumber(3))
    #expect(document.boolean(of: try document.at("/7")) == true)
  }

  @Test func readsBooleans() throws {
    let document = try document("[true, True, TRUE, false, no, 1]")
    #expect(
      document.items(of: document.root).map { document.boolean(of: $0) } == [
        true, true, true, false, nil, nil,
      ])
  }

  @Test func tellsWhatTextWouldBeWithoutQuotes() {
    let texts: [(text: String, type: ScalarType)] = [("12", .integer), ("12a", .string), ("", .null)]
    for (text, type) in texts {
      #expect(Array(text.utf8).withUnsafeBufferPointer(PlainText.type(of:)) == type, "\(text)")
    }
  }
}
