internal import Syntax

/// How a time is written on the wire.
///
/// - Source: Smithy 2.0, `timestampFormat`.
enum TimestampFormat {
  case iso8601, unixTimestamp, rfc822
  /// With three digits behind the seconds, always.
  case iso8601Milliseconds, unixMilliseconds

  init?(_ name: String) {
    switch name.lowercased() {
    case "iso8601": self = .iso8601
    case "unixtimestamp": self = .unixTimestamp
    case "rfc822": self = .rfc822
    default: return nil
    }
  }

  /// The format that keeps milliseconds, where there is one.
  var withMilliseconds: TimestampFormat {
    switch self {
    case .iso8601: .iso8601Milliseconds
    case .unixTimestamp: .unixMilliseconds
    case .rfc822, .iso8601Milliseconds, .unixMilliseconds: self
    }
  }

  /// Whether JSON has the time as a number.
  var isNumber: Bool { self == .unixTimestamp || self == .unixMilliseconds }
}

extension Timestamp {
  /// The time as text; only ISO 8601 keeps microseconds, where there are any.
  func text(in format: TimestampFormat) -> [UInt8] {
    switch format {
    case .unixTimestamp: return Array(String(seconds).utf8)
    case .iso8601:
      let time = CivilTime(utc: Instant(milliseconds: seconds * 1000)).text
      guard microseconds > 0 else { return Array("\(time)Z".utf8) }
      let digits = String(microseconds)
      return Array("\(time).\(String(repeating: "0", count: 6 - digits.utf8.count))\(digits)Z".utf8)
    case .iso8601Milliseconds:
      let digits = String(1000 + microseconds / 1000).dropFirst()
      return Array("\(CivilTime(utc: Instant(milliseconds: seconds * 1000)).text).\(digits)Z".utf8)
    case .unixMilliseconds:
      var bytes: [UInt8] = []
      appendFloat(Double(seconds) + Double(microseconds / 1000) / 1000, to: &bytes)
      return bytes
    case .rfc822:
      let time = CivilTime(utc: Instant(milliseconds: seconds * 1000))
      let clock = time.text.split(separator: "T")[1]
      let day = time.day < 10 ? "0\(time.day)" : "\(time.day)"
      let year = time.text.prefix(4)
      let weekday = Timestamp.weekdays[time.weekday]
      let month = Timestamp.months[time.month - 1]
      return Array("\(weekday), \(day) \(month) \(year) \(clock) GMT".utf8)
    }
  }
}
