internal import Syntax

/// The wire format of a time.
///
/// - Source: Smithy 2.0, `timestampFormat`.
enum TimestampFormat {
  case iso8601, unixTimestamp, rfc822

  init?(_ name: String) {
    switch name.lowercased() {
    case "iso8601": self = .iso8601
    case "unixtimestamp": self = .unixTimestamp
    case "rfc822": self = .rfc822
    default: return nil
    }
  }

  /// Whether JSON represents the time as a number.
  var isNumber: Bool { self == .unixTimestamp }
}

extension Timestamp {
  /// Seconds since 1970 with their fraction, rounded once.
  var epoch: Double { Double(seconds * 1_000_000 + microseconds) / 1e6 }

  /// The time as text; ISO 8601 and numbers keep microseconds if there are any.
  ///
  /// - Source: botocore 1.44.8, full precision; RFC 822 has only seconds.
  func text(in format: TimestampFormat) -> [UInt8] {
    switch format {
    case .unixTimestamp:
      guard microseconds > 0 else { return Array(String(seconds).utf8) }
      var bytes: [UInt8] = []
      appendFloat(epoch, to: &bytes)
      return bytes
    case .iso8601:
      let time = CivilTime(utc: Instant(milliseconds: seconds * 1000)).text
      guard microseconds > 0 else { return Array("\(time)Z".utf8) }
      let digits = String(microseconds)
      return Array("\(time).\(String(repeating: "0", count: 6 - digits.utf8.count))\(digits)Z".utf8)
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
