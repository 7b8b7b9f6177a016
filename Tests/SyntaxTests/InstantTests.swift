import Testing

@testable import Syntax

struct InstantTests {
  struct Case: CustomTestStringConvertible {
    let text: String
    let milliseconds: Int64?
    /// Written again, where it differs.
    var written: String?

    var testDescription: String { text }

    init(_ text: String, _ milliseconds: Int64?, written: String? = nil) {
      self.text = text
      self.milliseconds = milliseconds
      self.written = written
    }
  }

  static let valid = [
    Case("1970-01-01T00:00:00Z", 0), Case("1969-12-31T23:59:59.999Z", -1),
    Case("1970-01-01T00:00:00.001Z", 1),
    Case("2026-11-20T12:00:00Z", 1_795_176_000_000), Case("2000-02-29T00:00:00Z", 951_782_400_000),
    Case("2024-02-29T23:59:59Z", 1_709_251_199_000), Case("0000-01-01T00:00:00Z", -62_167_219_200_000),
    Case("1900-03-01T00:00:00Z", -2_203_891_200_000), Case("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    Case("2026-11-20t12:00:00z", 1_795_176_000_000, written: "2026-11-20T12:00:00Z"),
    Case("2026-11-20T12:00:00+01:30", 1_795_170_600_000, written: "2026-11-20T10:30:00Z"),
    Case("2026-11-20T12:00:00-00:30", 1_795_177_800_000, written: "2026-11-20T12:30:00Z"),
    Case("2026-01-01T00:30:00+23:59", 1_767_141_060_000, written: "2025-12-31T00:31:00Z"),
    Case("2026-11-20T12:00:00.5Z", 1_795_176_000_500, written: "2026-11-20T12:00:00.500Z"),
    Case("2026-11-20T12:00:00.0009Z", 1_795_176_000_000, written: "2026-11-20T12:00:00Z"),
    Case("2026-11-20T12:00:00.123456789Z", 1_795_176_000_123, written: "2026-11-20T12:00:00.123Z"),
    Case("1998-12-31T23:59:60Z", 915_148_800_000, written: "1999-01-01T00:00:00Z"),
    Case("1998-12-31T15:59:60.5-08:00", 915_148_800_500, written: "1999-01-01T00:00:00.500Z"),
  ]

  static let invalid = [
    "", "2026", "2026-11", "2026-11-20", "2026-11-20T12:00:00", "2026-11-20 12:00:00Z", "2026-1-20T12:00:00Z",
    "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-04-00T00:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T12:60:00Z", "2026-11-20T12:00:61Z",
    "2026-11-20T12:00:60Z", "2026-11-20T22:59:60Z", "1998-12-31T23:59:60+01:00", "2026-11-20T12:00:00+24:00",
    "2026-11-20T12:00:00+01:60", "2026-11-20T12:00:00+0100", "2026-11-20T12:00:00.Z", "2026-11-20T12:00:00ZZ",
    "12026-11-20T12:00:00Z", "-2026-11-20T12:00:00Z", "２０２６-11-20T12:00:00Z", " 2026-11-20T12:00:00Z",
    "2026-11-20T12:00:00Z\n",
  ]

  @Test(arguments: valid)
  func readsAndWrites(_ item: Case) {
    let instant = Instant(rfc3339: item.text)
    #expect(instant?.milliseconds == item.milliseconds)
    #expect(instant?.rfc3339 == item.written ?? item.text)
  }

  @Test(arguments: invalid)
  func refuses(_ text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test func readsDatesAndLocalTimes() {
    #expect(CivilTime.parse("2026-11-20")?.time == CivilTime(year: 2026, month: 11, day: 20))
    #expect(CivilTime.parse("2026-11-20")?.offsetMinutes == nil)
    let local = CivilTime.parse("2026-11-20T07:05")
    #expect(local?.time == CivilTime(year: 2026, month: 11, day: 20, hour: 7, minute: 5))
    #expect(local?.offsetMinutes == nil)
    let offset = CivilTime.parse("2026-11-20T07:05:01.25-02:30")
    #expect(offset?.time.millisecond == 1250)
    #expect(offset?.offsetMinutes == -150)
    #expect(CivilTime.parse("2026-11-20T") == nil)
    #expect(CivilTime.parse("2026-02-29") == nil)
  }

  /// Every day of four centuries around the epoch, there and back.
  @Test func countsDays() {
    var expected = CivilTime.days(year: 1769, month: 12, day: 31)
    for year in 1770..<2170 {
      for month in 1...12 {
        for day in 1...CivilTime.daysInMonth(month, year) {
          expected += 1
          let time = CivilTime(year: year, month: month, day: day)
          guard time.days == expected, CivilTime(utc: Instant(time)) == time else {
            Issue.record("\(time.text) is day \(time.days), not \(expected)")
            return
          }
        }
      }
    }
    #expect(expected == CivilTime.days(year: 2169, month: 12, day: 31))
    #expect(CivilTime.days(year: 1970, month: 1, day: 1) == 0)
  }

  @Test func knowsWeekdays() {
    for (text, weekday) in [
      ("1970-01-01", 3), ("2026-11-20", 4), ("2000-02-29", 1), ("1969-12-28", 6), ("1900-01-01", 0),
    ] {
      #expect(CivilTime.parse(text)?.time.weekday == weekday, "\(text)")
    }
  }

  @Test func orders() {
    let times = [
      "2025-12-31T23:59:59.999", "2026-01-01", "2026-01-01T00:00:00.001", "2026-01-01T00:01",
      "2026-01-01T01:00", "2026-02-01",
    ]
    .compactMap { CivilTime.parse($0)?.time }
    #expect(times.count == 6)
    #expect(times == times.sorted())
    #expect(Instant(milliseconds: -1) < Instant(milliseconds: 0))
    #expect(Instant(milliseconds: 5).advanced(milliseconds: -10) == Instant(milliseconds: -5))
  }
}
