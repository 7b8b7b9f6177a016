/// A time as a parameter writes it, between the years 1 and 9999.
///
/// - Units: whole seconds since 1970-01-01T00:00:00Z, and the microseconds after them, 0…999,999.
package struct Timestamp: Equatable, Sendable {
  package let seconds: Int64
  package let microseconds: Int64

  /// From the first to the last second of the years 1 to 9999.
  private static let calendar: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  private init?(seconds: Int64, microseconds: Int64) {
    guard Self.calendar.contains(seconds) else { return nil }
    self.seconds = seconds
    self.microseconds = microseconds
  }

  /// From seconds since 1970; fractions beyond microseconds are rounded as Python's `datetime` does.
  package init?(epoch number: ExactNumber) {
    if number.isInteger {
      guard let seconds = number.int64 else { return nil }
      self.init(seconds: seconds, microseconds: 0)
      return
    }
    let value = number.double
    guard value.magnitude < 1e12 else { return nil }
    let whole = Int64(value)
    let scaled = ((value - Double(whole)) * 1e6).magnitude
    var micros = Int64(scaled)
    let rest = scaled - Double(micros)
    if rest > 0.5 || (rest == 0.5 && micros % 2 == 1) { micros += 1 }
    let total = whole * 1_000_000 + (value < 0 ? -micros : micros)
    let seconds = total >= 0 ? total / 1_000_000 : (total + 1) / 1_000_000 - 1
    self.init(seconds: seconds, microseconds: total - seconds * 1_000_000)
  }

  /// Reads an epoch number, an ISO 8601 date or date-time, or an RFC 822 date-time; without an offset it is in UTC.
  package init?(_ text: ArraySlice<UInt8>) {
    guard !Self.hasStrayUnderscore(text) else { return nil }
    if let number = ExactNumber(decimal: text) {
      self.init(epoch: number)
      return
    }
    guard let time = Self.dateTime(text) else { return nil }
    self.init(seconds: time.seconds, microseconds: time.microseconds)
  }

  /// Whether a text is a date-time that its offset moves outside the years 1 to 9999.
  package static func isBeyondCalendar(_ text: ArraySlice<UInt8>) -> Bool {
    dateTime(text).map { !calendar.contains($0.seconds) } ?? false
  }

  private static func dateTime(_ text: ArraySlice<UInt8>) -> (seconds: Int64, microseconds: Int64)? {
    var scanner = TimeScanner(text)
    let isISO = text.first.map(isDigit) ?? false && text.count >= 8 && text.prefix(4).allSatisfy(isDigit)
    guard let date = isISO ? scanner.isoDate() : scanner.rfc822Date() else { return nil }
    var time = TimeScanner.Time()
    if !scanner.isAtEnd {
      guard scanner.takeSeparator(), let found = scanner.time() else { return nil }
      time = found
    }
    guard scanner.isAtEnd else { return nil }
    let minutes = (date.days * 24 + time.hour) * 60 + time.minute - time.offset
    return (Int64(minutes * 60 + time.second), Int64(time.microseconds))
  }

  /// Whether an underscore is not between two digits; Python refuses such numbers.
  package static func hasStrayUnderscore(_ text: some Collection<UInt8>) -> Bool {
    guard text.contains(UInt8(ascii: "_")) else { return false }
    let bytes = Array(text)
    return bytes.indices.contains { index in
      bytes[index] == UInt8(ascii: "_")
        && !(index > 0 && isDigit(bytes[index - 1]) && index + 1 < bytes.count && isDigit(bytes[index + 1]))
    }
  }

  /// The same time without its microseconds.
  package var wholeSeconds: Timestamp { Timestamp(seconds: seconds, microseconds: 0) ?? self }

  /// Names of days, from Monday, and of months, as RFC 822 writes them.
  package static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  package static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

/// Scans a date with a time.
///
/// - Source: ISO 8601, extended and basic; YAML 1.1's timestamps; RFC 822 with RFC 1123's years.
private struct TimeScanner {
  struct Time {
    var hour = 0
    var minute = 0
    var second = 0
    var microseconds = 0
    /// Minutes east of UTC.
    var offset = 0
  }

  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func isoDate() -> CivilTime? {
    guard let year = number(4...4) else { return nil }
    let isExtended = take("-")
    guard let month = number(isExtended ? 1...2 : 2...2), !isExtended || take("-"),
      let day = number(isExtended ? 1...2 : 2...2)
    else { return nil }
    return date(year, month, day)
  }

  mutating func rfc822Date() -> CivilTime? {
    if Timestamp.weekdays.contains(where: { takeWord($0) }) {
      guard take(",") else { return nil }
      takeBlanks()
    }
    guard let day = number(1...2), takeBlanks(),
      let month = Timestamp.months.firstIndex(where: { takeWord($0) }), takeBlanks(), let year = number(4...4)
    else { return nil }
    return date(year, month + 1, day)
  }

  mutating func takeSeparator() -> Bool { take("T") || take("t") || takeBlanks() }

  mutating func time() -> Time? {
    var time = Time()
    guard let hour = number(1...2), hour < 24 else { return nil }
    time.hour = hour
    let isExtended = take(":")
    guard let minute = number(2...2), minute < 60 else { return nil }
    time.minute = minute
    if isExtended ? take(":") : rest.first.map(isDigit) ?? false {
      guard let second = number(2...2), second < 60 else { return nil }
      time.second = second
      if take(".") || take(",") {
        guard let microseconds = millionths() else { return nil }
        time.microseconds = microseconds
      }
    }
    takeBlanks()
    guard let offset = offset() else { return nil }
    time.offset = offset
    return time
  }

  // MARK: Parts

  private func date(_ year: Int, _ month: Int, _ day: Int) -> CivilTime? {
    let date = CivilTime(year: year, month: month, day: day)
    // A day that the month lacks comes back as a different one.
    guard year > 0, (1...12).contains(month), CivilTime(utc: Instant(date)) == date else { return nil }
    return date
  }

  private mutating func offset() -> Int? {
    if isAtEnd || ["Z", "z", "GMT", "UTC", "UT"].contains(where: { takeWord($0) }) { return 0 }
    let isNegative = take("-")
    guard isNegative || take("+"), let hours = number(1...2), hours < 24 else { return nil }
    var minutes = 0
    if take(":") || !isAtEnd {
      guard let found = number(2...2), found < 60 else { return nil }
      minutes = found
    }
    return (isNegative ? -1 : 1) * (hours * 60 + minutes)
  }

  private mutating func number(_ width: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix(width.upperBound).prefix(while: isDigit)
    guard digits.count >= width.lowerBound else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }

  /// Digits after a decimal point, truncated to six.
  private mutating func millionths() -> Int? {
    let digits = rest.prefix(while: isDigit)
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    let kept = digits.prefix(6).reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    return (min(digits.count, 6)..<6).reduce(kept) { value, _ in value * 10 }
  }

  private mutating func take(_ sign: Character) -> Bool {
    guard let first = rest.first, first == sign.asciiValue else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard rest.starts(with: word.utf8) else { return false }
    rest = rest.dropFirst(word.utf8.count)
    return true
  }

  @discardableResult private mutating func takeBlanks() -> Bool {
    let blanks = rest.prefix { $0 == UInt8(ascii: " ") }
    rest = rest.dropFirst(blanks.count)
    return !blanks.isEmpty
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
