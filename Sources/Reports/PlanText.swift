internal import Linting
internal import Planning
internal import Syntax
internal import Verdicts

extension PlanFormat {
  package static let text = PlanFormat("text") { renderText($0, usesColor: $1, to: $2) }
}

/// Renders a plan for a terminal: a summary, then every request, riskiest first, then their order.
///
/// - Shape: fits 80 columns but for single words; no control character of a file reaches the terminal.
func renderText(_ plan: Plan, usesColor: Bool, to put: TextSink) {
  var page = TerminalPage(TerminalStyle(usesColor: usesColor))
  page.addSummary(of: plan)
  for finding in plan.findings { page.add(finding) }
  put(page.drain())
  putRequests(of: plan, page.style, to: put)
  page.addConflicts(of: plan)
  page.addOrder(of: plan)
  // Repeated, so that nobody has to scroll back over a long plan for the counts.
  if plan.requests.count > 3 {
    page.blank()
    page.addCounts(of: plan)
  }
  put(page.drain())
}

/// Hands on all requests, a hundred at a time: of a large plan they are most of the text.
private func putRequests(of plan: Plan, _ style: TerminalStyle, to put: TextSink) {
  let places = plan.riskiestFirst
  Concurrency.foldShares(of: places.count, into: ()) { share in
    var page = TerminalPage(style, isContinuation: true)
    for place in places[share] {
      page.blank()
      page.add(plan.requests[place])
    }
    return page.drain()
  } add: { _, text in
    put(text)
  }
}

extension TerminalPage {
  /// Adds a finding as `lint` shows it, without the source line.
  mutating func add(_ finding: LocatedFinding, indent: Int = 0) {
    line(
      TerminalPiece("\(finding.file):\(finding.start.line):\(finding.start.column)", .bold), ": ",
      TerminalPiece(finding.label, finding.suppression == nil ? finding.severity.look : .dim),
      ": ", TerminalPiece(finding.message), " ", TerminalPiece("[\(finding.rule)]", .dim), indent: indent,
      hanging: indent + 2)
    if let hint = finding.hint {
      line(TerminalPiece("hint:", .dim), " ", TerminalPiece(hint), indent: indent + 2, hanging: indent + 4)
    }
    if let suppression = finding.suppression {
      line(
        TerminalPiece("suppressed", .dim), " \(suppression.words)", indent: indent + 2, hanging: indent + 4)
    }
  }

  /// Adds a list that is cut after some items.
  mutating func row(_ label: String, listing items: [String], limit: Int = 8) {
    var shown = items.prefix(limit).map { shortened($0, to: 120) }.joined(separator: ", ")
    if items.count > limit { shown += " and \(items.count - limit) more" }
    row(label, "\(shown)")
  }
}

extension TerminalPage {
  fileprivate mutating func addCounts(of plan: Plan) {
    let parts = PlannedRequest.Verdict.allCases.reversed().map { verdict in
      let count = plan.count(verdict)
      return TerminalPiece("\(count) \(verdict.rawValue)", count == 0 ? .plain : verdict.look)
    }
    let conflicts = plan.conflicts.isEmpty ? "" : ", " + counted(plan.conflicts.count, "conflict")
    line(
      TerminalPiece(counted(plan.requests.count, "request"), .bold),
      " in \(counted(plan.files.count, "file")): ", parts[0], ", ", parts[1], ", ", parts[2], "\(conflicts)")
  }

  fileprivate mutating func addSummary(of plan: Plan) {
    addCounts(of: plan)
    line(TerminalPiece("digest", .dim), " \(plan.digest)", indent: 2)
    let skipped =
      plan.skippedFiles == 0 ? "" : ", skipped \(counted(plan.skippedFiles, "file")) without a request"
    line(
      TerminalPiece("now", .dim), " \(plan.now.rfc3339), ", TerminalPiece("catalog", .dim),
      " \(plan.catalogSource)\(skipped)", indent: 2, hanging: 4)
    let operations = OperationCount.all(of: plan)
    if operations.count > 1 {
      blank()
      for operation in operations {
        line("\(operation.name): \(operation.text)", indent: 2, hanging: 4)
      }
    }
    if !plan.gaps.isEmpty {
      blank()
      line(TerminalPiece("the plan is incomplete", .bold))
      for gap in plan.gaps {
        line(TerminalPiece("error", Severity.error.look), ": ", TerminalPiece(gap), hanging: 2)
      }
    }
    if !plan.findings.isEmpty {
      blank()
      line(TerminalPiece("findings outside any request", .bold))
    }
  }

  fileprivate mutating func add(_ request: PlannedRequest) {
    line(
      TerminalPiece(request.verdict.rawValue, request.verdict.look), "  ",
      TerminalPiece(shortened(request.id, to: 200), .bold), hanging: 4)
    row("file") { line in
      line.add(request.file)
      line.add(":\(request.line)")
    }
    row("operation") { line in
      if let service = request.service { line.add(service) }
      if request.service != nil, request.operation != nil { line.add(".") }
      if let operation = request.operation { line.add(operation) }
      if request.service == nil, request.operation == nil { line.add("not known") }
    }
    row("where") { line in
      line.add(request.region ?? "region not declared")
      line.add(request.account == nil ? ", account not declared" : ", account ")
      if let account = request.account { line.add(account) }
    }
    if !request.effect.isEmpty { row("effect", TerminalPiece(request.effect)) }
    addSchedule(request.schedule)
    addRisk(request.risk)
    addInferred(request.inferred)
    addWire(request)
    addPreconditions(request.preconditions)
    let findings = request.findings + request.suppressed
    if !findings.isEmpty {
      line(TerminalPiece("findings", .dim), indent: 2)
      for finding in findings { add(finding, indent: 4) }
    }
    if let text = request.notEvaluatedText { row("unchecked", TerminalPiece(text)) }
    var label = "afterwards"
    for command in request.followUp {
      row(label, TerminalPiece(command))
      label = ""
    }
  }

  private mutating func addSchedule(_ schedule: Schedule) {
    let time = shownTime(from: schedule.earliest, to: schedule.latest)
    if !time.isEmpty { row("when", TerminalPiece(time)) }
    if !schedule.note.isEmpty { row(time.isEmpty ? "when" : "", TerminalPiece(schedule.note)) }
  }

  private mutating func addRisk(_ risk: Risk) {
    row("risk") { line in
      line.add(risk.level.rawValue, risk.level.look)
      for (index, reason) in risk.reasons.enumerated() {
        line.add(index == 0 ? ": " : "; ")
        line.add(reason)
      }
    }
  }

  private mutating func addInferred(_ values: [InferredValue]) {
    var label = "filled in"
    for value in values {
      row(label) { line in
        line.add(value.pointer)
        line.add(" = ")
        line.add(value.value)
        line.add(" (not sent): ")
        line.add(value.because)
      }
      label = ""
    }
  }

  private mutating func addWire(_ request: PlannedRequest) {
    if let http = request.http {
      row("sends") { line in
        line.add(http.method)
        line.add(" ")
        line.add(http.url ?? "to an address that cannot be told")
      }
      for note in http.notes { row("", TerminalPiece(note)) }
    }
    let limit = 320
    // Enough bytes for the scalars that are shown, so that a large value is not read as a whole.
    let shown = String(decoding: request.parameters.prefix(4 * limit + 4), as: UTF8.self)
    row("parameters", breakingAnywhere: shortened(shown, to: limit))
    if shown.utf8.count > limit, shown.unicodeScalars.count > limit {
      row("", "\(request.parameters.count) bytes in all")
    }
  }

  /// Unmet conditions first, with what shows it; those that hold only by name, since the other formats have the rest.
  ///
  /// By their places: to take one out would count the users of texts that all requests, and so all threads, share.
  private mutating func addPreconditions(_ preconditions: [Precondition]) {
    func places(of state: Precondition.State) -> [Int] {
      preconditions.indices.filter { preconditions[$0].state == state }
    }
    var label = "must hold"
    func mark(_ state: Precondition.State) -> TerminalPiece { TerminalPiece(state.rawValue, state.look) }
    for place in places(of: .unmet) {
      let item = preconditions[place]
      row(label, mark(.unmet), ": ", TerminalPiece(item.statement), " ", TerminalPiece("[\(item.id)]", .dim))
      if !item.evidence.isEmpty { row("", TerminalPiece(item.evidence), indent: 2) }
      label = ""
    }
    // Those that have one reason, such as that no snapshot was given, side by side.
    var unknown = places(of: .unknown)
    while let first = unknown.first {
      let evidence = preconditions[first].evidence
      row(label, mark(.unknown), ": ", TerminalPiece(evidence))
      addStatements(of: preconditions, at: unknown.filter { preconditions[$0].evidence == evidence })
      unknown.removeAll { preconditions[$0].evidence == evidence }
      label = ""
    }
    let met = places(of: .met)
    guard !met.isEmpty else { return }
    row(label, mark(.met), ":")
    addStatements(of: preconditions, at: met)
  }

  private mutating func addStatements(of preconditions: [Precondition], at places: [Int]) {
    for place in places {
      row("", indent: 2) { line in
        line.add(preconditions[place].statement)
        line.add(" ")
        line.add("[", .dim)
        line.add(preconditions[place].id, .dim)
        line.add("]", .dim)
      }
    }
  }

  fileprivate mutating func addConflicts(of plan: Plan) {
    guard !plan.conflicts.isEmpty else { return }
    blank()
    line(TerminalPiece("conflicts", .bold))
    for conflict in plan.conflicts {
      line(
        TerminalPiece(conflict.severity.rawValue, conflict.severity.look), ": \(conflict.message) ",
        TerminalPiece("[\(conflict.rule)]", .dim), indent: 2, hanging: 4)
      row("  between", listing: conflict.requests)
    }
  }

  fileprivate mutating func addOrder(of plan: Plan) {
    guard plan.requests.count > 1, !plan.order.isEmpty else { return }
    blank()
    line(TerminalPiece("order", .bold), "\(plan.order.count == 1 ? "" : ", each layer after those above it")")
    for (index, layer) in plan.order.enumerated() { row("\(index + 1)", listing: layer) }
  }
}

/// How many requests call one operation, by verdict.
private struct OperationCount {
  let name: String
  let text: String

  /// Sorted by name.
  static func all(of plan: Plan) -> [OperationCount] {
    typealias Counts = [String: [PlannedRequest.Verdict: Int]]
    let counts = Concurrency.foldShares(of: plan.requests.count, into: Counts()) { share in
      plan.requests[share].reduce(into: Counts()) { counts, request in
        counts[request.operationName, default: [:]][request.verdict, default: 0] += 1
      }
    } add: { counts, share in
      counts.merge(share) { $0.merging($1, uniquingKeysWith: +) }
    }
    return counts.sorted { $0.key < $1.key }.map { name, counts in
      let parts = PlannedRequest.Verdict.allCases.reversed().compactMap { verdict in
        counts[verdict].map { "\($0) \(verdict.rawValue)" }
      }
      return OperationCount(
        name: name.isEmpty ? "operation not known" : name, text: parts.joined(separator: ", "))
    }
  }
}

extension Severity {
  var look: TerminalStyle.Look {
    switch self {
    case .error: .bad
    case .warning: .caution
    case .info: .note
    }
  }
}

extension PlannedRequest.Verdict {
  var look: TerminalStyle.Look {
    switch self {
    case .ready: .good
    case .review: .caution
    case .blocked: .bad
    }
  }
}

extension Risk.Level {
  var look: TerminalStyle.Look {
    switch self {
    case .low: .plain
    case .medium: .caution
    case .high: .bad
    }
  }
}

extension Precondition.State {
  fileprivate var look: TerminalStyle.Look {
    switch self {
    case .met: .good
    case .unmet: .bad
    case .unknown: .caution
    }
  }
}
