internal import Syntax

/// Places instants between two sides, and divides the time between into equal slots.
///
/// - Units: pixels; milliseconds since 1970.
struct TimeAxis {
  let start: Instant
  /// Where the axis has a line, in order.
  let ticks: [Instant]
  private let end: Instant
  private let plot: ClosedRange<Int>
  private let slotLength: Int64

  private static let minute: Int64 = 60_000
  private static let hour = 60 * minute
  private static let day = 24 * hour
  /// Lengths that clocks and calendars have names for.
  private static let lengths =
    [1, 2, 5, 10, 15, 30].map { $0 * minute } + [1, 2, 3, 6, 12].map { $0 * hour }
    + [1, 2, 7, 14, 28, 91, 182, 364].map { $0 * day }

  /// - Parameters:
  ///   - slots: how many the time is divided into at most.
  ///   - snaps: whether the axis begins and ends where a slot does.
  init(_ instants: [Instant], plot: ClosedRange<Int>, slots: Int, snaps: Bool) {
    let all = instants.map { Self.clamped($0.milliseconds) }
    let first = all.min() ?? 0
    let last = max(all.max() ?? first, first + Self.minute)
    self.plot = plot
    slotLength = Self.length(of: last - first, parts: slots - 1)
    if snaps {
      start = Instant(milliseconds: Self.floor(first, slotLength))
      end = Instant(milliseconds: Self.floor(last, slotLength) + slotLength)
    } else {
      // Air on both sides, so that no mark is cut.
      let margin = max((last - first) / 40, Self.minute)
      start = Instant(milliseconds: first - margin)
      end = Instant(milliseconds: last + margin)
    }
    let tick = max(Self.length(of: end.milliseconds - start.milliseconds, parts: 7), snaps ? slotLength : 0)
    let firstTick = Self.floor(start.milliseconds + tick - 1, tick)
    ticks = stride(from: firstTick, through: end.milliseconds, by: Int(tick)).map(Instant.init(milliseconds:))
  }

  func contains(_ instant: Instant) -> Bool { instant >= start && instant <= end }

  func x(_ instant: Instant) -> Int {
    let milliseconds = min(max(instant.milliseconds, start.milliseconds), end.milliseconds)
    let part =
      Double(milliseconds - start.milliseconds) / Double(end.milliseconds - start.milliseconds)
    return plot.lowerBound + Int((part * Double(plot.upperBound - plot.lowerBound)).rounded())
  }

  func slot(_ instant: Instant) -> Int {
    Int((Self.clamped(instant.milliseconds) - start.milliseconds) / slotLength)
  }

  func start(ofSlot slot: Int) -> Instant { start.advanced(milliseconds: Int64(slot) * slotLength) }

  /// What a browser's calendar can show, from year -1000 to 9999 and within its reach.
  private static func clamped(_ milliseconds: Int64) -> Int64 {
    min(max(milliseconds, -93_692_592_000_000), 253_402_300_799_999)
  }

  private static func length(of time: Int64, parts: Int) -> Int64 {
    let needed = (time + Int64(parts) - 1) / Int64(parts)
    let longest = 364 * day
    return lengths.first { $0 >= needed } ?? (needed + longest - 1) / longest * longest
  }

  private static func floor(_ value: Int64, _ unit: Int64) -> Int64 {
    let rest = value % unit
    return value - (rest < 0 ? rest + unit : rest)
  }
}
