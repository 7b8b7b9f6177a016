import Syntax
import Testing

@testable import Rules

/// `x-time`: bounds, windows and freezes in a named time zone.
struct TimeConstraintTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let constraint: String
    /// Instances that hold, and that do not; epochs or RFC 3339.
    let good: [String]
    let bad: [String]

    var testDescription: String { name }
  }

  /// Now is 2026-11-20T12:00:00Z, 1795176000000.
  static let bounds = [
    Case(
      name: "after now", constraint: "{unit: milliseconds, after: now}",
      good: ["1795176000000", "1795176000001"],
      bad: ["1795175999999", "0", "-1"]),
    Case(
      name: "before now", constraint: "{unit: milliseconds, before: now}", good: ["1795175999999", "-5"],
      bad: ["1795176000000", "1795176000001"]),
    Case(
      name: "seconds", constraint: "{unit: seconds, after: now}", good: ["1795176000", "1795176000000"],
      bad: ["1795175999", "0"]),
    Case(
      name: "by digits", constraint: "{unit: by-digits, after: now}",
      good: [
        "1795176000000", "1795176000", "179517599", "17951759990", "0", "-1795175999", "99999999999999",
      ],
      bad: ["1795175999999", "1795175999", "1000000000"]),
    Case(
      name: "by digits is the default", constraint: "{after: now}", good: ["1795176000"], bad: ["1795175999"]),
    Case(
      name: "text", constraint: "{after: now}",
      good: [
        "2026-11-20T12:00:00Z", "2026-11-20T13:00:00+01:00", "2026-11-20T12:00:00.0001Z", "someday",
        "2026-11-19", "''",
      ],
      bad: ["2026-11-20T11:59:59.999Z", "2026-11-20T12:00:00+01:00"]),
    Case(
      name: "other types", constraint: "{after: now}",
      good: ["true", "null", "[1]", "{a: 1}", "1.5", "1795175999.5"], bad: []),
    Case(
      name: "days ahead", constraint: "{unit: milliseconds, before: now+P365D}", good: ["1826711999999"],
      bad: ["1826712000000"]),
    Case(
      name: "time back", constraint: "{unit: milliseconds, after: now-PT1H30M1S}", good: ["1795170599000"],
      bad: ["1795170598999"]),
    Case(
      name: "weeks and hours", constraint: "{unit: milliseconds, after: now+P1W1DT1H}",
      good: ["1795870800000"],
      bad: ["1795870799999"]),
    Case(
      name: "fixed instant",
      constraint: #"{after: "2026-12-01T00:00:00+01:00", before: "2026-12-02T00:00:00Z"}"#,
      good: ["2026-11-30T23:00:00Z", "2026-12-01T23:59:59Z"],
      bad: ["2026-11-30T22:59:59Z", "2026-12-02T00:00:00Z"]),
    Case(
      name: "date in UTC", constraint: "{after: 2026-12-01}", good: ["2026-12-01T00:00:00Z"],
      bad: ["2026-11-30T23:59:59Z"]),
    Case(
      name: "date in a zone", constraint: "{zone: Europe/Berlin, after: 2026-12-01, before: 2027-07-01}",
      good: ["2026-11-30T23:00:00Z", "2027-06-30T21:59:59Z"],
      bad: ["2026-11-30T22:59:59Z", "2027-06-30T22:00:00Z"]),
    Case(
      name: "beyond 64 bits and beyond years", constraint: "{unit: seconds, before: now}",
      good: ["99999999999999999999", "9223372036854775807", "-9223372036854775808"], bad: ["9999999999"]),
  ]

  static let windows = [
    Case(
      name: "daytime in UTC", constraint: #"{windows: [{from: "09:00", to: "17:30"}]}"#,
      good: ["2026-11-20T09:00:00Z", "2026-11-20T17:29:59.999Z", "2026-11-22T12:00:00Z"],
      bad: ["2026-11-20T08:59:59Z", "2026-11-20T17:30:00Z", "2026-11-20T00:00:00Z"]),
    Case(
      name: "over midnight", constraint: #"{zone: Europe/Berlin, windows: [{from: "22:00", to: "06:00"}]}"#,
      good: ["2026-11-20T21:00:00Z", "2026-11-21T04:59:59Z", "2026-07-01T20:00:00Z", "2026-07-02T03:59:59Z"],
      bad: ["2026-11-20T20:59:59Z", "2026-11-21T05:00:00Z", "2026-07-01T19:59:59Z", "2026-07-02T04:00:00Z"]),
    // 2026-11-20 is a Friday: the window of Friday ends on Saturday morning.
    Case(
      name: "over midnight on days",
      constraint: #"{windows: [{days: [fri, sun], from: "22:00", to: "06:00"}]}"#,
      good: ["2026-11-20T22:00:00Z", "2026-11-21T05:59:59Z", "2026-11-22T23:00:00Z", "2026-11-23T05:00:00Z"],
      bad: [
        "2026-11-20T05:00:00Z", "2026-11-21T22:00:00Z", "2026-11-22T05:00:00Z", "2026-11-21T06:00:00Z",
        "2026-11-23T22:00:00Z",
      ]),
    Case(
      name: "day of the zone, not of UTC",
      constraint: #"{zone: Pacific/Auckland, windows: [{days: [sat], from: "00:00", to: "12:00"}]}"#,
      good: ["2026-11-20T11:00:00Z", "2026-11-20T22:59:59Z"],
      bad: ["2026-11-20T10:59:59Z", "2026-11-20T23:00:00Z"]),
    Case(
      name: "whole day", constraint: #"{windows: [{days: [sun], from: "06:00", to: "06:00"}]}"#,
      good: ["2026-11-22T06:00:00Z", "2026-11-23T05:59:59Z"],
      bad: ["2026-11-22T05:59:59Z", "2026-11-23T06:00:00Z"]),
    Case(
      name: "until midnight", constraint: #"{windows: [{from: "20:00", to: "00:00"}]}"#,
      good: ["2026-11-20T23:59:59Z"],
      bad: ["2026-11-20T00:00:00Z", "2026-11-20T19:59:59Z"]),
    Case(
      name: "one of several",
      constraint: #"{windows: [{from: "01:00", to: "02:00"}, {from: "03:00", to: "04:00"}]}"#,
      good: ["2026-11-20T01:00:00Z", "2026-11-20T03:59:00Z"], bad: ["2026-11-20T02:30:00Z"]),
    // Clocks go from 2:00 to 3:00 on 2026-03-29, so 02:30 never comes: the window opens and closes at 01:00Z.
    Case(
      name: "hour left out in spring",
      constraint: #"{zone: Europe/Berlin, windows: [{from: "01:30", to: "03:00"}]}"#,
      good: ["2026-03-29T00:30:00Z", "2026-03-29T00:59:59Z"],
      bad: ["2026-03-29T00:29:59Z", "2026-03-29T01:00:00Z"]),
    // Clocks go from 2:00 back to 1:00 on 2026-11-01: 01:30 comes twice.
    Case(
      name: "hour given twice in autumn",
      constraint: #"{zone: America/New_York, windows: [{from: "01:00", to: "02:00"}]}"#,
      good: ["2026-11-01T05:00:00Z", "2026-11-01T05:59:59Z", "2026-11-01T06:00:00Z", "2026-11-01T06:59:59Z"],
      bad: ["2026-11-01T04:59:59Z", "2026-11-01T07:00:00Z"]),
    Case(
      name: "half-hour zone", constraint: #"{zone: Asia/Kolkata, windows: [{from: "09:30", to: "10:00"}]}"#,
      good: ["2026-11-20T04:00:00Z"], bad: ["2026-11-20T03:59:59Z", "2026-11-20T04:30:00Z"]),
  ]

  static let freezes = [
    Case(
      name: "days in a zone, end exclusive",
      constraint: "{zone: Europe/Berlin, freezes: [{from: 2026-12-20, to: 2027-01-07}]}",
      good: ["2026-12-19T22:59:59Z", "2027-01-06T23:00:00Z"],
      bad: ["2026-12-19T23:00:00Z", "2027-01-06T22:59:59Z"]),
    Case(
      name: "times", constraint: #"{freezes: [{from: "2026-12-20T08:00", to: "2026-12-20T08:00:01"}]}"#,
      good: ["2026-12-20T07:59:59Z", "2026-12-20T08:00:01Z"],
      bad: ["2026-12-20T08:00:00Z", "2026-12-20T08:00:00.999Z"]),
    Case(
      name: "window and freeze",
      constraint:
        #"{windows: [{from: "22:00", to: "06:00"}], freezes: [{from: 2026-12-24, to: 2026-12-27}]}"#,
      good: ["2026-12-23T23:59:59Z", "2026-12-27T00:00:00Z"],
      bad: ["2026-12-24T00:00:00Z", "2026-12-23T12:00:00Z"]),
    Case(
      name: "several freezes",
      constraint: "{freezes: [{from: 2026-12-24, to: 2026-12-25}, {from: 2026-12-31, to: 2027-01-01}]}",
      good: ["2026-12-25T00:00:00Z"], bad: ["2026-12-24T01:00:00Z", "2026-12-31T23:59:59Z"]),
  ]

  @Test(arguments: bounds + windows + freezes)
  func judges(_ item: Case) throws {
    let schema = try schema("{properties: {T: {x-time: \(item.constraint)}}}")
    for time in item.good { #expect(try failures(of: schema, for: "T: \(time)\n") == [], "\(time)") }
    for time in item.bad {
      #expect(
        try failures(of: schema, for: "T: \(time)\n") == ["1:4-1:\(4 + time.count) /T \(time)"], "\(time)")
    }
  }

  @Test func judgesNow() throws {
    let schema = try schema("x-time: {of: now, before: 2026-11-21, zone: Asia/Tokyo}\n")
    #expect(try failures(of: schema, for: "a: 1\n", now: Instant(milliseconds: 1_795_186_799_999)) == [])
    #expect(
      try failures(of: schema, for: "a: 1\n", now: Instant(milliseconds: 1_795_186_800_000)) == ["1:1-1:1  -"]
    )
  }

  @Test func knowsCivilTimesOfZones() throws {
    let instant = try #require(Instant(rfc3339: "2026-03-29T01:00:00Z"))
    let zones = [
      ("Europe/Berlin", "2026-03-29T03:00:00"), ("America/New_York", "2026-03-28T21:00:00"),
      ("UTC", "2026-03-29T01:00:00"),
      ("Asia/Kathmandu", "2026-03-29T06:45:00"), ("Pacific/Kiritimati", "2026-03-29T15:00:00"),
      ("Etc/GMT+12", "2026-03-28T13:00:00"),
    ]
    for (name, expected) in zones {
      #expect(TimeZoneClock(named: name)?.civilTime(at: instant).text == expected, "\(name)")
    }
    #expect(TimeZoneClock.utc.civilTime(at: Instant(milliseconds: -1)).text == "1969-12-31T23:59:59.999")
    #expect(
      TimeZoneClock(named: "Europe/Berlin")?.civilTime(at: Instant(milliseconds: -1)).text
        == "1970-01-01T00:59:59.999")
  }

  @Test(arguments: [
    "", "Mars/Olympus", "Europe/Berlinn", "europe berlin", "GMT+25:00", "Europe/Berlin\u{0}", "🎉",
  ])
  func refusesUnknownZones(_ name: String) {
    #expect(TimeZoneClock(named: name) == nil)
  }
}
