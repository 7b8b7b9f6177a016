import Testing

@testable import Syntax

struct ExactNumberTests {
  private func number(_ text: String) throws -> ExactNumber {
    try #require(ExactNumber(decimal: Array(text.utf8)), "\(text)")
  }

  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("0.000", "0"), ("0e99", "0"), ("007", "7"), ("+5", "5"), ("1.50", "1.5"),
    ("100", "100"),
    ("1e2", "100"), ("1E+2", "100"), ("12e-1", "1.2"), ("-0.05", "-0.05"), (".5", "0.5"), ("5.", "5"),
    ("1_000", "1000"),
    ("1e40", "10000000000000000000000000000000000000000"), ("1e41", "1e41"),
    ("1e-20", "0.00000000000000000001"),
    ("1e-21", "1e-21"), ("123e-25", "123e-25"),
    ("1e1000000001", "1e1000000000"), ("1e99999999999999999999", "1e1000000000"),
    ("1e-99999999999999999999", "1e-1000000000"),
    ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
  ])
  func keepsTheValue(_ text: String, _ expected: String) throws {
    #expect(try number(text).description == expected)
  }

  @Test(arguments: [
    "", "-", "+", ".", "e5", "1e", "1e+", "1x", "1.2.3", "--1", "0x1", "1e5.5", "١", "1 ", " 1", "1ex5",
  ])
  func refusesWhatIsNoNumber(_ text: String) {
    #expect(ExactNumber(decimal: Array(text.utf8)) == nil)
  }

  @Test func equalValuesAreEqual() throws {
    for (left, right) in [("1", "1.0"), ("100", "1e2"), ("0.1", "10e-2"), ("-0", "0"), ("1e1000", "10e999")] {
      #expect(try number(left) == number(right))
      #expect(try number(left).hashValue == number(right).hashValue)
    }
    #expect(try number("0.1") != number("0.10000000000000001"))
  }

  /// Ascending; every pair is compared.
  static let ascending = [
    "-1e1000000000", "-1e400", "-9223372036854775809", "-9223372036854775808", "-10", "-9.99", "-2", "-1.5",
    "-1",
    "-1e-400", "0", "1e-1000000000", "1e-400", "0.1", "0.10000000000000000001", "0.2", "1", "1.5", "2",
    "9.99", "10",
    "9007199254740992", "9007199254740993", "9223372036854775807", "9223372036854775808", "1e400",
    "1e1000000000",
  ]

  @Test func compares() throws {
    let numbers = try Self.ascending.map { try number($0) }
    for (place, left) in numbers.enumerated() {
      for (other, right) in numbers.enumerated() {
        #expect((left < right) == (place < other), "\(left) \(right)")
        #expect((left == right) == (place == other), "\(left) \(right)")
      }
    }
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("1.0", 1), ("1e3", 1000), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", .min),
      ("9223372036854775808", nil), ("-9223372036854775809", nil), ("92233720368547758070", nil),
      ("1e18", 1_000_000_000_000_000_000),
      ("1e19", nil), ("1e1000000000", nil), ("1.5", nil), ("1e-1", nil), ("9223372036854775807.0", .max),
    ] as [(String, Int64?)])
  func fits64Bits(_ text: String, _ expected: Int64?) throws {
    #expect(try number(text).int64 == expected)
  }

  @Test func takesEveryInteger() throws {
    for value in [0, 1, -1, .max, .min] {
      #expect(ExactNumber(value) == (try number(String(value))))
      #expect(ExactNumber(value).int64 == Int64(value))
    }
  }

  @Test(arguments: [
    ("0", "3", true), ("6", "3", true), ("7", "3", false), ("-6", "3", true), ("6", "-3", true),
    ("4.5", "1.5", true),
    ("0.0075", "0.0001", true), ("0.00751", "0.0001", false), ("35", "1.5", false), ("15", "10", false),
    ("150", "10", true),
    ("1e308", "0.123456789", false), ("1e308", "0.5", true), ("1e1000000000", "7", false),
    ("1e1000000000", "8", true),
    ("12391239123", "1e-8", true), ("1", "0", false), ("9223372036854775807", "7", true),
    ("9223372036854775808", "7", false),
    ("123456789012345678901234567890", "123456789012345678", false), ("1e-1000000000", "1", false),
    ("1", "1e-1000000000", true),
  ])
  func tellsMultiples(_ text: String, _ divisor: String, _ expected: Bool) throws {
    #expect(try number(text).isMultiple(of: number(divisor)) == expected)
  }

  @Test func readsOtherBases() {
    #expect(ExactNumber(base: 16, digits: Array("1F".utf8)) == ExactNumber(31))
    #expect(ExactNumber(isNegative: true, base: 8, digits: Array("0017".utf8)) == ExactNumber(-15))
    #expect(ExactNumber(base: 2, digits: Array("1_01".utf8)) == ExactNumber(5))
    #expect(ExactNumber(base: 16, digits: []) == ExactNumber(0))
    #expect(
      ExactNumber(base: 16, digits: Array("FFFFFFFFFFFFFFFF".utf8)).description == "18446744073709551615")
  }

  @Test(.timeLimit(.minutes(5))) func survivesHostileLengths() throws {
    let digits = [UInt8](repeating: UInt8(ascii: "9"), count: 1_000_000)
    let large = try #require(ExactNumber(decimal: digits))
    #expect(large.int64 == nil)
    #expect(large > ExactNumber(.max))
    #expect(!large.isMultiple(of: ExactNumber(7)))
    #expect(ExactNumber(base: 16, digits: digits) > ExactNumber(.max))
  }

  @Test func approximates() throws {
    #expect(try number("0.1").double == 0.1)
    #expect(try number("-1e400").double == -.infinity)
    #expect(try number("1e400").double == .infinity)
    #expect(try number("1e-400").double == 0)
    #expect(try number("-2.5e3").double == -2500)
  }

  @Test func knowsWholeNumbers() throws {
    for text in ["0", "1", "1.0", "1e5", "-10", "150e-1"] {
      #expect(try number(text).isInteger, "\(text)")
    }
    for text in ["0.5", "1e-1", "1e-400"] { #expect(try !number(text).isInteger, "\(text)") }
  }
}
