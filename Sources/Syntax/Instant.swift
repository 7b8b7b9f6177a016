/// A point in time.
///
/// - Units: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
package struct Instant: Hashable, Comparable, Sendable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Reads an RFC 3339 date-time such as `2026-11-20T12:00:00Z`; `nil` for anything else.
  package init?(rfc3339 text: String) {
    guard let parsed = CivilTime.parse(text), let offset = parsed.offsetMinutes else { return nil }
    self = Instant(parsed.time).advanced(milliseconds: -Int64(offset) * 60_000)
  }

  /// The instant at which clocks in UTC show a civil time.
  package init(_ time: CivilTime) {
    let days = CivilTime.days(year: time.year, month: time.month, day: time.day)
    milliseconds =
      ((Int64(days) * 24 + Int64(time.hour)) * 60 + Int64(time.minute)) * 60_000 + Int64(time.millisecond)
  }

  package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

  /// The instant some milliseconds later, or earlier if negative.
  package func advanced(milliseconds: Int64) -> Instant {
    Instant(milliseconds: self.milliseconds &+ milliseconds)
  }

  /// RFC 3339 in UTC; milliseconds only if they are not zero.
  package var rfc3339: String { CivilTime(utc: self).text + "Z" }
}

/// A date and a time of day in some time zone.
///
/// - Units: `millisecond` counts seconds and milliseconds of the minute: 0…60,999.
/// - Source: proleptic Gregorian calendar.
package struct CivilTime: Hashable, Comparable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int
  package let hour: Int
  package let minute: Int
  package let millisecond: Int

  package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, millisecond: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.millisecond = millisecond
  }

  package init(utc instant: Instant) {
    let day: Int64 = 86_400_000
    var (days, left) = instant.milliseconds.quotientAndRemainder(dividingBy: day)
    if left < 0 { (days, left) = (days - 1, left + day) }
    let rest = Int(left)
    let date = Self.date(ofDays: Int(days))
    self.init(
      year: date.year, month: date.month, day: date.day, hour: rest / 3_600_000, minute: rest / 60_000 % 60,
      millisecond: rest % 60_000)
  }

  package static func < (left: CivilTime, right: CivilTime) -> Bool {
    (left.year, left.month, left.day, left.hour, left.minute, left.millisecond)
      < (right.year, right.month, right.day, right.hour, right.minute, right.millisecond)
  }

  /// Days since 1970-01-01.
  package var days: Int { Self.days(year: year, month: month, day: day) }

  /// 0 for Monday … 6 for Sunday.
  package var weekday: Int { ((days + 3) % 7 + 7) % 7 }

  /// Date and time as RFC 3339 writes them, without an offset.
  package var text: String {
    text(separator: "T")
  }

  /// Date and time with an ASCII character between them.
  package func text(separator: Unicode.Scalar) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    func add(_ number: Int, _ width: Int, _ next: Unicode.Scalar?) {
      let digits = String(number).utf8
      bytes += repeatElement(UInt8(ascii: "0"), count: max(0, width - digits.count))
      bytes += digits
      if let next { bytes.append(UInt8(ascii: next)) }
    }
    add(year, 4, "-")
    add(month, 2, "-")
    add(day, 2, separator)
    add(hour, 2, ":")
    add(minute, 2, ":")
    add(millisecond / 1000, 2, millisecond % 1000 == 0 ? nil : ".")
    if millisecond % 1000 != 0 { add(millisecond % 1000, 3, nil) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a date or an RFC 3339 date-time, with or without an offset.
  ///
  /// - Shape: `offsetMinutes` is `nil` if the text has no offset; a date alone means its midnight.
  package static func parse(_ text: String) -> (time: CivilTime, offsetMinutes: Int?)? {
    var scanner = NumberScanner(text)
    guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2), scanner.take("-"),
      let day = scanner.number(2), (1...12).contains(month), (1...daysInMonth(month, year)).contains(day)
    else { return nil }
    if scanner.isAtEnd { return (CivilTime(year: year, month: month, day: day), nil) }
    guard scanner.take("T") || scanner.take("t"), let hour = scanner.number(2), scanner.take(":"),
      let minute = scanner.number(2), hour < 24, minute < 60
    else { return nil }
    var millisecond = 0
    if scanner.take(":") {
      guard let second = scanner.number(2), second <= 60 else { return nil }
      millisecond = second * 1000
      if scanner.take(".") {
        guard let fraction = scanner.thousandths() else { return nil }
        millisecond += fraction
      }
    }
    let time = CivilTime(
      year: year, month: month, day: day, hour: hour, minute: minute, millisecond: millisecond)
    if scanner.isAtEnd { return (time, nil) }
    guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
    if millisecond >= 60_000 {
      // A leap second comes at the end of a day in UTC.
      let utc = Instant(time).advanced(milliseconds: -Int64(offset) * 60_000 - 60_000)
      guard CivilTime(utc: utc).hour == 23, CivilTime(utc: utc).minute == 59 else { return nil }
    }
    return (time, offset)
  }

  // MARK: Calendar

  static func daysInMonth(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// - Source: days from civil, with years that begin in March so that the leap day comes last.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(ofDays days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

/// Scans the numbers of a date-time.
private struct NumberScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func number(_ width: Int) -> Int? {
    let digits = rest.prefix(width)
    guard digits.count == width, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    rest = rest.dropFirst(width)
    return digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }

  mutating func take(_ sign: Character) -> Bool {
    guard let first = rest.first, first == sign.asciiValue else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Digits after a decimal point, rounded down to three.
  mutating func thousandths() -> Int? {
    let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    let kept = digits.prefix(3).reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    return (min(digits.count, 3)..<3).reduce(kept) { value, _ in value * 10 }
  }

  /// `Z` or an offset such as `+02:00`, in minutes.
  mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let isNegative = take("-")
    guard isNegative || take("+"), let hours = number(2), take(":"), let minutes = number(2), hours < 24,
      minutes < 60
    else { return nil }
    return (isNegative ? -1 : 1) * (hours * 60 + minutes)
  }
}
