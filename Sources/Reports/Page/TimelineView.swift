internal import Planning
internal import Syntax
internal import Verdicts

/// A picture of when requests start: a row each while there are few, else counts in equal spans of time.
///
/// - Units: pixels of the picture; instants in milliseconds since 1970.
struct TimelineView: TemplateRecord {
  let hasPicture: Bool
  let timelineWidth: Int
  let timelineHeight: Int
  let timelineSummary: String
  let ticks: [Tick]
  let plotTop: Int
  let plotBottom: Int
  let rows: [Row]
  let bars: [Bar]
  let levels: [Level]
  /// Where the plan was made, if that is in the picture.
  let nowMark: NowMark?
  let unscheduled: TemplateSeries
  let hasUnscheduled: Bool
  let unscheduledCount: String

  /// A line of the axis.
  struct Tick: TemplateRecord {
    let tickX: Int
    let tickMilliseconds: Int64
    let tickClock: String
    let tickDate: String

    static let members: TemplateMembers<Tick> = [
      "tickX": { .number($0.tickX) }, "tickMilliseconds": { .number($0.tickMilliseconds) },
      "tickClock": { .text($0.tickClock) },
      "tickDate": { .text($0.tickDate) },
    ]
  }

  /// One request.
  struct Row: TemplateRecord {
    let rowY: Int
    let textY: Int
    let rowLink: RequestLink
    let rowName: String
    let rowStart: TimeView
    let rowEnd: TimeView?
    let rowX: Int
    let rowWidth: Int
    let rowInner: Int
    let isSpan: Bool

    static let members: TemplateMembers<Row> = [
      "rowY": { .number($0.rowY) }, "textY": { .number($0.textY) }, "rowLink": { .object($0.rowLink) },
      "rowName": { .text($0.rowName) }, "rowStart": { .object($0.rowStart) },
      "rowEnd": { .optional($0.rowEnd) },
      "rowX": { .number($0.rowX) }, "rowWidth": { .number($0.rowWidth) },
      "rowInner": { .number($0.rowInner) },
      "isSpan": { .flag($0.isSpan) },
    ]
  }

  /// The requests that start within one span of time.
  struct Bar: TemplateRecord {
    let barX: Int
    let barWidth: Int
    let middle: Int
    let parts: [BarPart]
    let countY: Int
    let barCount: String
    let barMeaning: String
    let from: TimeView
    let until: TimeView

    static let members: TemplateMembers<Bar> = [
      "barX": { .number($0.barX) }, "barWidth": { .number($0.barWidth) }, "middle": { .number($0.middle) },
      "parts": { .list($0.parts) }, "countY": { .number($0.countY) }, "barCount": { .text($0.barCount) },
      "barMeaning": { .text($0.barMeaning) }, "from": { .object($0.from) }, "until": { .object($0.until) },
    ]
  }

  /// The requests of one verdict in a bar.
  struct BarPart: TemplateRecord {
    let partVerdict: String
    let partY: Int
    let partHeight: Int

    static let members: TemplateMembers<BarPart> = [
      "partVerdict": { .text($0.partVerdict) }, "partY": { .number($0.partY) },
      "partHeight": { .number($0.partHeight) },
    ]
  }

  /// A line at a round number of requests.
  struct Level: TemplateRecord {
    let levelY: Int
    let levelTextY: Int
    let levelCount: String

    static let members: TemplateMembers<Level> = [
      "levelY": { .number($0.levelY) }, "levelTextY": { .number($0.levelTextY) },
      "levelCount": { .text($0.levelCount) },
    ]
  }

  /// The moment the plan was made.
  struct NowMark: TemplateRecord {
    let nowX: Int

    static let members: TemplateMembers<NowMark> = ["nowX": { .number($0.nowX) }]
  }

  static let rowLimit = 24
  private static let labelWidth = 300

  init(_ plan: Plan, _ index: PlanIndex) {
    let timed = plan.requests.indices.filter { plan.requests[$0].schedule.earliest != nil }
    let untimed = plan.requests.indices.filter { plan.requests[$0].schedule.earliest == nil }
    unscheduled = TemplateSeries(untimed.count) { index.link(to: plan.requests[untimed[$0]].id) }
    hasUnscheduled = !untimed.isEmpty
    unscheduledCount = grouped(untimed.count, "request")
    hasPicture = !timed.isEmpty
    let usesRows = timed.count <= Self.rowLimit
    let times = timed.flatMap { place in
      let schedule = plan.requests[place].schedule
      // A bar counts starts; only a row shows an end.
      return [schedule.earliest, usesRows ? schedule.latest : nil].compactMap { $0 }
    }
    let axis = TimeAxis(
      times, plot: (usesRows ? Self.labelWidth : 44)...1060, slots: usesRows ? 7 : 48, snaps: !usesRows)
    timelineWidth = 1100
    plotTop = 26
    ticks = axis.ticks.map { instant in
      Tick(
        tickX: axis.x(instant), tickMilliseconds: instant.milliseconds, tickClock: TimeView.clock(instant),
        tickDate: TimeView.date(instant))
    }
    rows =
      usesRows
      ? Self.rows(timed.map { plan.requests[$0] }, axis, index) : []
    let chart = usesRows ? (bars: [], levels: []) : Self.chart(timed.map { plan.requests[$0] }, axis, top: 26)
    (bars, levels) = chart
    plotBottom = usesRows ? 26 + rows.count * 28 : 26 + Self.chartHeight
    timelineHeight = plotBottom + 46
    nowMark = axis.contains(plan.now) ? NowMark(nowX: axis.x(plan.now)) : nil
    timelineSummary =
      if let first = times.min(), let last = times.max() {
        "\(grouped(timed.count, "request")) with a time, from \(TimeView(first).shown) to \(TimeView(last).shown)"
      } else {
        "no request has a time"
      }
  }

  private static func rows(_ requests: [PlannedRequest], _ axis: TimeAxis, _ index: PlanIndex) -> [Row] {
    let sorted = requests.enumerated().sorted { left, right in
      (left.element.schedule.earliest ?? axis.start, left.offset)
        < (right.element.schedule.earliest ?? axis.start, right.offset)
    }
    return sorted.enumerated().map { row, item in
      let schedule = item.element.schedule
      let start = schedule.earliest ?? axis.start
      let end = schedule.latest.flatMap { $0 > start ? $0 : nil }
      let x = axis.x(start)
      let width = max(8, end.map { axis.x($0) - x } ?? 0)
      return Row(
        rowY: 26 + row * 28, textY: 26 + row * 28 + 18, rowLink: index.link(to: item.element.id),
        rowName: tail(of: item.element.id, 34), rowStart: TimeView(start), rowEnd: end.map(TimeView.init),
        rowX: x, rowWidth: width, rowInner: width - 2, isSpan: end != nil)
    }
  }

  private static let chartHeight = 190

  private static func chart(_ requests: [PlannedRequest], _ axis: TimeAxis, top: Int) -> (
    bars: [Bar], levels: [Level]
  ) {
    var slots: [Int: [PlannedRequest.Verdict: Int]] = [:]
    for request in requests {
      guard let start = request.schedule.earliest else { continue }
      slots[axis.slot(start), default: [:]][request.verdict, default: 0] += 1
    }
    let highest = slots.values.map { $0.values.reduce(0, +) }.max() ?? 1
    let step = levelStep(highest)
    // Room for the number above the highest bar.
    func height(_ count: Int) -> Int { count * (chartHeight - 20) / highest }
    let bottom = top + chartHeight
    let bars = slots.sorted { $0.key < $1.key }.map { slot, counts in
      bar(slot, counts, axis, bottom: bottom, height: height)
    }
    let levels = stride(from: 0, through: highest, by: step).map { count in
      Level(
        levelY: bottom - height(count), levelTextY: bottom - height(count) + 4, levelCount: grouped(count))
    }
    return (bars, levels)
  }

  private static func bar(
    _ slot: Int, _ counts: [PlannedRequest.Verdict: Int], _ axis: TimeAxis, bottom: Int, height: (Int) -> Int
  ) -> Bar {
    let (from, until) = (axis.start(ofSlot: slot), axis.start(ofSlot: slot + 1))
    let (x, end) = (axis.x(from), axis.x(until))
    let total = counts.values.reduce(0, +)
    var parts: [BarPart] = []
    var below = 0
    for verdict in [PlannedRequest.Verdict.blocked, .review, .ready] {
      guard let count = counts[verdict] else { continue }
      let (low, high) = (height(below), height(below + count))
      parts.append(
        BarPart(partVerdict: verdict.rawValue, partY: bottom - high, partHeight: max(high - low, 1)))
      below += count
    }
    let words = [PlannedRequest.Verdict.blocked, .review, .ready].compactMap { verdict in
      counts[verdict].map { "\(grouped($0)) \(verdict.rawValue)" }
    }
    return Bar(
      barX: x + 1, barWidth: max(2, end - x - 2), middle: (x + end) / 2, parts: parts,
      countY: bottom - height(total) - 5, barCount: grouped(total),
      barMeaning: "\(grouped(total, "request")): \(words.joined(separator: ", "))", from: TimeView(from),
      until: TimeView(until))
  }

  /// A round number that divides the highest bar into at most five.
  private static func levelStep(_ highest: Int) -> Int {
    var unit = 1
    while true {
      for factor in [1, 2, 5] where unit * factor * 5 >= highest { return unit * factor }
      unit *= 10
    }
  }

  static let members: TemplateMembers<TimelineView> = [
    "hasPicture": { .flag($0.hasPicture) }, "timelineWidth": { .number($0.timelineWidth) },
    "timelineHeight": { .number($0.timelineHeight) }, "timelineSummary": { .text($0.timelineSummary) },
    "ticks": { .list($0.ticks) }, "plotTop": { .number($0.plotTop) },
    "plotBottom": { .number($0.plotBottom) },
    "rows": { .list($0.rows) }, "bars": { .list($0.bars) }, "levels": { .list($0.levels) },
    "nowMark": { .optional($0.nowMark) },
    "unscheduled": { .series($0.unscheduled) }, "hasUnscheduled": { .flag($0.hasUnscheduled) },
    "unscheduledCount": { .text($0.unscheduledCount) },
  ]
}
