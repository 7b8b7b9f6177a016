internal import Planning

/// A picture of the order: a column for each layer, a box for each request or for many, conflicts as links.
///
/// - Units: pixels of the picture.
struct OrderView: TemplateRecord {
  let orderWidth: Int
  let orderHeight: Int
  let orderSummary: String
  let columns: [Column]
  let arrows: [Arrow]
  let boxes: [RequestBox]
  let piles: [Pile]
  let links: [ConflictLink]
  let layers: [LayerView]
  let layerNote: String?
  let hasOrder: Bool

  /// The heading of a layer.
  struct Column: TemplateRecord {
    let columnX: Int
    let columnWidth: Int
    let columnName: String
    let columnCount: String

    static let members: TemplateMembers<Column> = [
      "columnX": { .number($0.columnX) }, "columnWidth": { .number($0.columnWidth) },
      "columnName": { .text($0.columnName) },
      "columnCount": { .text($0.columnCount) },
    ]
  }

  /// From one layer to the next.
  struct Arrow: TemplateRecord {
    let arrowX: Int
    let arrowTip: Int

    static let members: TemplateMembers<Arrow> = [
      "arrowX": { .number($0.arrowX) }, "arrowTip": { .number($0.arrowTip) },
    ]
  }

  /// One request.
  struct RequestBox: TemplateRecord {
    let boxX: Int
    let boxY: Int
    let boxLink: RequestLink
    let boxName: String
    let boxOperation: String

    static let members: TemplateMembers<RequestBox> = [
      "boxX": { .number($0.boxX) }, "boxY": { .number($0.boxY) }, "boxLink": { .object($0.boxLink) },
      "boxName": { .text($0.boxName) },
      "boxOperation": { .text($0.boxOperation) },
    ]
  }

  /// A layer with more requests than boxes can show.
  struct Pile: TemplateRecord {
    let pileX: Int
    let pileY: Int
    let pileLayer: Int
    let pileCount: String
    let pileLines: [PileLine]

    static let members: TemplateMembers<Pile> = [
      "pileX": { .number($0.pileX) }, "pileY": { .number($0.pileY) }, "pileLayer": { .number($0.pileLayer) },
      "pileCount": { .text($0.pileCount) }, "pileLines": { .list($0.pileLines) },
    ]
  }

  /// How many requests of a verdict a pile holds.
  struct PileLine: TemplateRecord {
    let lineVerdict: VerdictView
    let lineY: Int
    let lineText: String

    static let members: TemplateMembers<PileLine> = [
      "lineVerdict": { .object($0.lineVerdict) }, "lineY": { .number($0.lineY) },
      "lineText": { .text($0.lineText) },
    ]
  }

  /// Two requests that do not go together.
  struct ConflictLink: TemplateRecord {
    let path: String
    let markX: Int
    let markY: Int
    let markTextY: Int
    let linkNumber: Int
    let linkMeaning: String

    static let members: TemplateMembers<ConflictLink> = [
      "path": { .text($0.path) }, "markX": { .number($0.markX) }, "markY": { .number($0.markY) },
      "markTextY": { .number($0.markTextY) }, "linkNumber": { .number($0.linkNumber) },
      "linkMeaning": { .text($0.linkMeaning) },
    ]
  }

  /// A layer as a list.
  struct LayerView: TemplateRecord {
    let layerNumber: Int
    let layerCount: String
    let layerRequests: TemplateSeries
    let isFolded: Bool

    static let members: TemplateMembers<LayerView> = [
      "layerNumber": { .number($0.layerNumber) }, "layerCount": { .text($0.layerCount) },
      "layerRequests": { .series($0.layerRequests) }, "isFolded": { .flag($0.isFolded) },
    ]
  }

  init(_ plan: Plan, _ index: PlanIndex) {
    var layout = OrderLayout(plan, index)
    layout.placeLayers()
    layout.placeConflicts()
    columns = layout.columns
    arrows = layout.arrows
    boxes = layout.boxes
    piles = layout.piles
    links = layout.links
    orderWidth = layout.width
    orderHeight = layout.height
    hasOrder = !plan.order.isEmpty
    layers = plan.order.enumerated().map { number, ids in
      LayerView(
        layerNumber: number + 1, layerCount: grouped(ids.count, "request"),
        layerRequests: TemplateSeries(ids.count) { index.link(to: ids[$0]) },
        isFolded: ids.count > OrderLayout.boxLimit)
    }
    orderSummary =
      plan.requests.count == 1
      ? "There is only one request."
      : plan.order.count == 1
        ? "No request waits for another: \(grouped(plan.order[0].count, "request")) may be sent in any order."
        : "\(grouped(plan.order.count, "layer")), sent from left to right; requests of one layer may be sent in any "
          + "order."
    let left = plan.order.count - OrderLayout.layerLimit
    layerNote = left > 0 ? "\(grouped(left, "further layer")), only in the list below" : nil
  }

  static let members: TemplateMembers<OrderView> = [
    "orderWidth": { .number($0.orderWidth) }, "orderHeight": { .number($0.orderHeight) },
    "orderSummary": { .text($0.orderSummary) }, "columns": { .list($0.columns) },
    "arrows": { .list($0.arrows) },
    "boxes": { .list($0.boxes) }, "piles": { .list($0.piles) }, "links": { .list($0.links) },
    "layers": { .list($0.layers) },
    "layerNote": { .optional($0.layerNote) }, "hasOrder": { .flag($0.hasOrder) },
  ]
}

/// Lays out the picture of the order.
struct OrderLayout {
  static let boxLimit = 8
  static let layerLimit = 40
  private static let linkLimit = 40
  private static let boxWidth = 212
  private static let boxHeight = 46
  private static let pileHeight = 108
  private static let gap = 56
  private static let top = 52

  private let plan: Plan
  private let index: PlanIndex
  private var frames: [Int: Frame] = [:]
  private var marks: [Mark] = []
  private(set) var columns: [OrderView.Column] = []
  private(set) var arrows: [OrderView.Arrow] = []
  private(set) var boxes: [OrderView.RequestBox] = []
  private(set) var piles: [OrderView.Pile] = []
  private(set) var links: [OrderView.ConflictLink] = []
  private(set) var width = 12
  private(set) var height = top + boxHeight

  private struct Frame: Equatable {
    let x: Int
    let y: Int
    let height: Int
    var middle: Int { y + height / 2 }
    var right: Int { x + OrderLayout.boxWidth }
  }

  private struct Mark {
    let x: Int
    let y: Int
  }

  init(_ plan: Plan, _ index: PlanIndex) {
    self.plan = plan
    self.index = index
  }

  // MARK: Layers

  mutating func placeLayers() {
    let shown = plan.order.prefix(Self.layerLimit)
    // A single layer may use the whole width.
    let stacks = max(1, 4 / max(shown.count, 1))
    for (number, ids) in shown.enumerated() {
      let x = width
      let isPile = ids.count > Self.boxLimit * stacks
      let stackCount = isPile ? 1 : min(stacks, (ids.count + 3) / 4)
      let layerWidth = max(stackCount, 1) * (Self.boxWidth + 24) - 24
      columns.append(
        OrderView.Column(
          columnX: x, columnWidth: layerWidth, columnName: "Layer \(number + 1)",
          columnCount: grouped(ids.count, "request")))
      if number > 0 { arrows.append(OrderView.Arrow(arrowX: x - Self.gap + 6, arrowTip: x - 8)) }
      if isPile {
        placePile(ids, layer: number + 1, x: x)
      } else {
        placeBoxes(ids, stackCount: max(stackCount, 1), x: x)
      }
      width = x + layerWidth + Self.gap
    }
    height += 14
  }

  private mutating func placeBoxes(_ ids: [String], stackCount: Int, x: Int) {
    let rows = (ids.count + stackCount - 1) / stackCount
    for (number, id) in ids.enumerated() {
      let frame = Frame(
        x: x + number / max(rows, 1) * (Self.boxWidth + 24),
        y: Self.top + number % max(rows, 1) * (Self.boxHeight + 12), height: Self.boxHeight)
      guard let place = index.place(of: id) else { continue }
      frames[place] = frame
      boxes.append(
        OrderView.RequestBox(
          boxX: frame.x, boxY: frame.y, boxLink: index.link(to: id), boxName: tail(of: id, 23),
          boxOperation: head(of: plan.requests[place].operation ?? "unknown operation", 29)))
      height = max(height, frame.y + frame.height)
    }
  }

  private mutating func placePile(_ ids: [String], layer: Int, x: Int) {
    let frame = Frame(x: x, y: Self.top, height: Self.pileHeight)
    var counts: [PlannedRequest.Verdict: Int] = [:]
    for id in ids {
      guard let place = index.place(of: id) else { continue }
      frames[place] = frame
      counts[plan.requests[place].verdict, default: 0] += 1
    }
    let verdicts = [PlannedRequest.Verdict.blocked, .review, .ready].filter { counts[$0] != nil }
    piles.append(
      OrderView.Pile(
        pileX: x, pileY: frame.y, pileLayer: layer, pileCount: grouped(ids.count, "request"),
        pileLines: verdicts.enumerated().map { row, verdict in
          OrderView.PileLine(
            lineVerdict: VerdictView(verdict), lineY: 50 + row * 20,
            lineText: "\(grouped(counts[verdict] ?? 0)) \(verdict.rawValue)")
        }))
    height = max(height, frame.y + frame.height)
  }

  // MARK: Conflicts

  mutating func placeConflicts() {
    for (number, conflict) in plan.conflicts.enumerated() {
      let places = conflict.requests.compactMap { index.place(of: $0) }
      // Requests of one pile share a frame; one mark on it is enough.
      var stops: [Frame] = []
      for frame in places.compactMap({ frames[$0] }) where !stops.contains(frame) { stops.append(frame) }
      // Links among many would hide the picture: there each gets the mark alone.
      let isPair = (2...3).contains(stops.count)
      let pairs = isPair ? Array(zip(stops, stops.dropFirst())) : stops.map { ($0, $0) }
      for (from, to) in pairs {
        guard links.count < Self.linkLimit else { return }
        links.append(link(from, to, number: number + 1, conflict))
      }
    }
  }

  private mutating func link(_ from: Frame, _ to: Frame, number: Int, _ conflict: Conflict)
    -> OrderView.ConflictLink
  {
    let (left, right) = from.x <= to.x ? (from, to) : (to, from)
    let isSameColumn = left.x == right.x
    let middle = isSameColumn ? (left.middle + right.middle) / 2 : left.middle
    let mark = freeMark(x: left.right + (isSameColumn ? 16 : 28), y: middle)
    let path =
      if left == right {
        ""
      } else if isSameColumn {
        "M\(left.right) \(left.middle)Q\(left.right + 32) \(mark.y) \(right.right) \(right.middle)"
      } else {
        "M\(left.right) \(left.middle)L\(mark.x) \(mark.y)C\(mark.x + 40) \(mark.y) \(right.x - 40) \(right.middle) "
          + "\(right.x) \(right.middle)"
      }
    height = max(height, mark.y + 14)
    return OrderView.ConflictLink(
      path: path, markX: mark.x, markY: mark.y, markTextY: mark.y + 4, linkNumber: number,
      linkMeaning: "Conflict \(number): \(conflict.message)")
  }

  private mutating func freeMark(x: Int, y: Int) -> Mark {
    var mark = Mark(x: x, y: y)
    while let other = marks.first(where: { abs($0.x - mark.x) < 22 && abs($0.y - mark.y) < 24 }) {
      mark = Mark(x: x, y: other.y + 24)
    }
    marks.append(mark)
    return mark
  }
}
