private import ICUBridge
internal import Syntax

/// When something may happen: bounds, change windows and freezes in a named time zone.
struct TimeConstraint {
  enum Unit: String {
    case milliseconds, seconds
    case byDigits = "by-digits"

    /// The instant of an epoch number; `nil` if its unit is unclear.
    func instant(epoch number: Int64) -> Instant? {
      switch self {
      case .milliseconds: Instant(milliseconds: number)
      case .seconds: number.magnitude < 1 << 50 ? Instant(milliseconds: number * 1000) : nil
      case .byDigits:
        switch String(number.magnitude).count {
        case 13 where number > 0: Instant(milliseconds: number)
        case 10 where number > 0: Instant(milliseconds: number * 1000)
        default: nil
        }
      }
    }
  }

  /// A bound of a period: fixed, relative to the reference time, or a clock time in the zone.
  enum Limit {
    case instant(Instant)
    case now(offset: Int64)
    case local(CivilTime)
    /// The value at another place of the instance.
    case value(JSONPointer)
  }

  /// A daily period in UTC whose start, `{Hours, Minutes}`, is the value at another place of the instance.
  struct Daily {
    let start: JSONPointer
    let minutes: Int

    /// Whether an instant lies in the period that begins at a minute of the day.
    func contains(_ instant: Instant, start: Int) -> Bool {
      let time = CivilTime(utc: instant)
      let passed = time.hour * 60 + time.minute - start
      return (passed + 24 * 60) % (24 * 60) < minutes
    }
  }

  /// Reads the values at other places of an instance; `nil` for those that cannot be read.
  struct Lookup {
    let instant: (JSONPointer) -> Instant?
    let minuteOfDay: (JSONPointer) -> Int?
  }

  /// A daily period in which changes are permitted.
  struct Window {
    /// 0 for Monday … 6 for Sunday, the day on which the window opens; every day if empty.
    let days: Set<Int>
    /// Minutes of the day; a window that ends at or before its start crosses midnight.
    let from: Int
    let to: Int

    func contains(_ time: CivilTime) -> Bool {
      let minute = time.hour * 60 + time.minute
      func isOpen(on weekday: Int) -> Bool { days.isEmpty || days.contains(weekday) }
      if from < to { return minute >= from && minute < to && isOpen(on: time.weekday) }
      if minute >= from { return isOpen(on: time.weekday) }
      return minute < to && isOpen(on: (time.weekday + 6) % 7)
    }
  }

  struct Freeze {
    let from: CivilTime
    let to: CivilTime
  }

  /// Other places of the instance that the constraint reads.
  var pointers: [JSONPointer] {
    var pointers = [after, before].compactMap { limit in
      if case .value(let pointer) = limit { pointer } else { nil }
    }
    if let daily { pointers.append(daily.start) }
    return pointers
  }

  let judgesNow: Bool
  let unit: Unit
  let after: Limit?
  let before: Limit?
  let zone: TimeZoneClock
  let windows: [Window]
  let freezes: [Freeze]
  let daily: Daily?

  /// Whether the constraint holds; `nil` if another place that it depends on cannot be read.
  func holds(at instant: Instant, now: Instant, lookup: Lookup) -> Bool? {
    if let after {
      guard let isEarlier = isEarlier(instant, than: after, now: now, lookup) else { return nil }
      if isEarlier { return false }
    }
    if let before {
      guard let isEarlier = isEarlier(instant, than: before, now: now, lookup) else { return nil }
      if !isEarlier { return false }
    }
    if let daily {
      guard let start = lookup.minuteOfDay(daily.start) else { return nil }
      if !daily.contains(instant, start: start) { return false }
    }
    guard !windows.isEmpty || !freezes.isEmpty else { return true }
    let local = zone.civilTime(at: instant)
    if freezes.contains(where: { $0.from <= local && local < $0.to }) { return false }
    return windows.isEmpty || windows.contains { $0.contains(local) }
  }

  private func isEarlier(
    _ instant: Instant, than limit: Limit, now: Instant, _ lookup: Lookup
  ) -> Bool? {
    switch limit {
    case .instant(let other): instant < other
    case .now(let offset): instant < now.advanced(milliseconds: offset)
    case .local(let time): zone.civilTime(at: instant) < time
    case .value(let pointer): lookup.instant(pointer).map { instant < $0 }
    }
  }
}

/// Converts times to a named time zone; owns ICU's calendar, so it stays with one worker.
///
/// - Source: the IANA names and rules in ICU's data.
final class TimeZoneClock {
  private let calendar: OpaquePointer?

  static var utc: TimeZoneClock { TimeZoneClock() }

  private init() { calendar = nil }

  /// `nil` if ICU does not know the name.
  init?(named name: String) {
    // ICU was seen to accept names that merely begin like a known one.
    let isPlausible = name.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x3A).contains(byte) || "/_+-".utf8.contains(byte)
    }
    guard isPlausible, name.utf8.count <= 64 else { return nil }
    let units = Array(name.utf16)
    guard let opened = reqlint_calendar_open(units, Int32(units.count)) else { return nil }
    calendar = opened
  }

  deinit { if let calendar { reqlint_calendar_close(calendar) } }

  func civilTime(at instant: Instant) -> CivilTime {
    guard let calendar else { return CivilTime(utc: instant) }
    let time = reqlint_calendar_time(calendar, Double(instant.milliseconds))
    return CivilTime(
      year: Int(time.year), month: Int(time.month), day: Int(time.day), hour: Int(time.hour),
      minute: Int(time.minute), millisecond: Int(time.millisecond))
  }
}
