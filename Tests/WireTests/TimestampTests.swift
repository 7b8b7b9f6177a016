import Syntax
import Testing
import Wire

/// Times as files give them, in the three formats of the wire.
@Suite struct TimestampTests {
  struct Case: CustomTestStringConvertible {
    let written: String
    /// In ISO 8601; `nil` for what is no time.
    let iso8601: String?

    var testDescription: String { written }

    init(_ written: String, _ iso8601: String?) {
      self.written = written
      self.iso8601 = iso8601
    }
  }

  static let service = TestedService(
    members: """
      "I": {"shape": "When", "timestampFormat": "iso8601"}, "U": {"shape": "When"},
      "R": {"shape": "When", "timestampFormat": "rfc822"}
      """)

  static let cases: [Case] = [
    Case("0", "1970-01-01T00:00:00Z"),
    Case("-1", "1969-12-31T23:59:59Z"),
    Case("1796119200", "2026-12-01T10:00:00Z"),
    Case("'1796119200'", "2026-12-01T10:00:00Z"),
    Case("1.7961192e9", "2026-12-01T10:00:00Z"),
    Case("0.25", "1970-01-01T00:00:00.250000Z"),
    Case("-0.25", "1969-12-31T23:59:59.750000Z"),
    Case("0.0000005", "1970-01-01T00:00:00Z"),
    Case("0.0000015", "1970-01-01T00:00:00.000002Z"),
    Case("0.9999999", "1970-01-01T00:00:01Z"),
    Case("-62135596800", "0001-01-01T00:00:00Z"),
    Case("-62135596801", nil),
    Case("253402300799", "9999-12-31T23:59:59Z"),
    Case("253402300800", nil),
    Case("1796119200000", nil),
    Case("1e300", nil),
    Case(".inf", nil),
    Case(".nan", nil),
    Case("2026-12-01", "2026-12-01T00:00:00Z"),
    Case("2026-12-01T10:00:00Z", "2026-12-01T10:00:00Z"),
    Case("2026-12-01T10:00:00", "2026-12-01T10:00:00Z"),
    Case("2026-12-01T10:00Z", "2026-12-01T10:00:00Z"),
    Case("2026-12-01t10:00:00z", "2026-12-01T10:00:00Z"),
    Case("2026-12-01 10:00:00", "2026-12-01T10:00:00Z"),
    Case("2026-12-01T10:00:00+02:00", "2026-12-01T08:00:00Z"),
    Case("2026-12-01T10:00:00-0130", "2026-12-01T11:30:00Z"),
    Case("2026-12-1 9:05:00.5 -5", "2026-12-01T14:05:00.500000Z"),
    Case("2026-12-01T00:30:00+01:00", "2026-11-30T23:30:00Z"),
    Case("2026-12-01T10:00:00.123456789Z", "2026-12-01T10:00:00.123456Z"),
    Case("20261201T100000Z", "2026-12-01T10:00:00Z"),
    Case("!!timestamp 2026-12-01T10:00:00Z", "2026-12-01T10:00:00Z"),
    Case("2024-02-29", "2024-02-29T00:00:00Z"),
    Case("2026-02-29", nil),
    Case("2026-13-01", nil),
    Case("0000-01-01", nil),
    Case("2026-12-01T24:00:00Z", nil),
    Case("2026-12-01T10:60:00Z", nil),
    Case("2026-12-01T10:00:00.Z", nil),
    Case("2026-12-01T10:00:00Zulu", nil),
    Case("2026-12-01T", nil),
    Case("Tue, 01 Dec 2026 10:00:00 GMT", "2026-12-01T10:00:00Z"),
    Case("1 Dec 2026 10:00:00 +0200", "2026-12-01T08:00:00Z"),
    Case("Tue, 01 Dec 2026 10:00 UTC", "2026-12-01T10:00:00Z"),
    Case("Tue 01 Dec 2026 10:00:00 GMT", nil),
    Case("Tue, 31 Nov 2026 10:00:00 GMT", nil),
    Case("''", nil),
    Case("now", nil),
  ]

  @Test(arguments: cases) func times(_ test: Case) throws {
    let expected = test.iso8601.map { "{\"I\": \"\($0)\"}" } ?? "not a timestamp"
    #expect(try Self.service.body("I: \(test.written)") == expected)
  }

  @Test func formats() throws {
    #expect(
      try Self.service.body("{I: 1796119200.75, U: 1796119200.75, R: 1796119200.75}")
        == #"{"I": "2026-12-01T10:00:00.750000Z", "U": 1796119200.75, "R": "Tue, 01 Dec 2026 10:00:00 GMT"}"#)
    #expect(
      try Self.service.body("{U: -0.25, R: -0.25}")
        == #"{"U": -0.25, "R": "Wed, 31 Dec 1969 23:59:59 GMT"}"#)
  }
}
