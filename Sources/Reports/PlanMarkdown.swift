internal import Linting
internal import Planning
internal import Syntax
internal import Verdicts

extension PlanFormat {
  package static let markdown = PlanFormat("markdown") { plan, _, put in put(renderMarkdown(plan)) }
}

/// Renders a plan as a comment on a pull request.
///
/// - Shape: at most 65,000 characters, riskiest requests kept; no value of a file acts as Markdown or HTML.
func renderMarkdown(_ plan: Plan) -> [UInt8] {
  var page = MarkdownPage()
  let requests = plan.riskiestFirst.lazy.map { plan.requests[$0] }
  let tail =
    "Digest: \(MarkdownText.code(plan.digest)) — now: \(MarkdownText.code(plan.now.rfc3339))"
    + " — catalog: \(MarkdownText.code(plan.catalogSource))\n"
  page.add(summary(of: plan))
  page.addGaps(plan.gaps)
  page.addFindings(plan.findings)
  page.addConflicts(plan.conflicts)
  page.addTable(of: requests)
  page.addOrder(plan.order)
  page.addDetails(of: requests, room: tail.utf16.count + 200)
  page.add(tail)
  return Array(page.text.utf8)
}

private func summary(of plan: Plan) -> String {
  var text = "### Dry-run plan: \(counted(plan.requests.count, "request"))\n\n"
  text += "| blocked | review | ready | conflicts | files |\n| --: | --: | --: | --: | --: |\n"
  text += "| \(plan.count(.blocked)) | \(plan.count(.review)) | \(plan.count(.ready))"
  text += " | \(plan.conflicts.count) | \(plan.files.count) |\n\n"
  if plan.skippedFiles > 0 {
    text += "Skipped: \(counted(plan.skippedFiles, "file")) without a request.\n\n"
  }
  return text
}

extension MarkdownPage {
  fileprivate mutating func addGaps(_ gaps: [String]) {
    guard !gaps.isEmpty else { return }
    add("**The plan is incomplete**\n\n")
    let left = add(gaps.lazy.map { "- **error**: \(MarkdownText.prose($0))\n" }, upTo: 4_000)
    add(left > 0 ? "- … and \(left) more\n\n" : "\n")
  }

  fileprivate mutating func addFindings(_ findings: [LocatedFinding]) {
    guard !findings.isEmpty else { return }
    add("**Findings outside any request**\n\n")
    let left = add(findings.lazy.map { item(for: $0) }, upTo: 8_000)
    add(left > 0 ? "- … and \(left) more\n\n" : "\n")
  }

  fileprivate mutating func addConflicts(_ conflicts: [Conflict]) {
    guard !conflicts.isEmpty else { return }
    add("**Conflicts**\n\n")
    let items = conflicts.lazy.map { conflict in
      "- **\(conflict.severity.rawValue)**: \(MarkdownText.prose(conflict.message)) "
        + "(\(MarkdownText.code(conflict.rule))), between \(listed(conflict.requests, limit: 8))\n"
    }
    let left = add(items, upTo: 15_000)
    add(left > 0 ? "- … and \(left) more\n\n" : "\n")
  }

  fileprivate mutating func addTable(of requests: some Collection<PlannedRequest>) {
    guard !requests.isEmpty else { return }
    add("| verdict | risk | request | operation | region | when |\n")
    add("| --- | --- | --- | --- | --- | --- |\n")
    let left = add(requests.lazy.map { row(for: $0) }, upTo: 30_000)
    if left > 0 {
      add("\n**\(counted(left, "request")) left out of this table**, none riskier than those in it.\n")
    }
    add("\n")
  }

  fileprivate mutating func addOrder(_ order: [[String]]) {
    guard order.joined().count > 1 else { return }
    add("**Order**\(order.count == 1 ? "" : ", each layer after those above it")\n\n")
    let items = order.lazy.enumerated().map { "\($0.offset + 1). \(listed($0.element, limit: 20))\n" }
    let left = add(Array(items), upTo: 36_000)
    if left > 0 { add("\n… and \(counted(left, "layer")) more\n") }
    add("\n")
  }

  /// - Parameter room: characters that are to be left for what follows.
  fileprivate mutating func addDetails(of requests: some Collection<PlannedRequest>, room: Int) {
    let left = add(requests.lazy.map { details(of: $0) }, upTo: Self.limit - room)
    guard left > 0 else { return }
    add("**Details of \(counted(left, "request")) are left out**, for a comment holds no more; ")
    add("none is riskier than those shown.\n\n")
  }
}

/// Ids as code, cut after some.
private func listed(_ ids: [String], limit: Int) -> String {
  let shown = ids.prefix(limit).map { MarkdownText.code($0, limit: 120) }.joined(separator: ", ")
  return ids.count > limit ? "\(shown) and \(ids.count - limit) more" : shown
}

private func row(for request: PlannedRequest) -> String {
  let cells = [
    "\(request.verdict.sign) \(request.verdict.rawValue)", request.risk.level.rawValue,
    MarkdownText.code(request.id, limit: 120),
    request.operationName.isEmpty ? "not known" : MarkdownText.code(request.operationName, limit: 120),
    request.region.map { MarkdownText.code($0, limit: 60) } ?? "not declared",
    shownTime(from: request.schedule.earliest, to: request.schedule.latest),
  ]
  return "| \(cells.joined(separator: " | ")) |\n"
}

private func item(for finding: LocatedFinding) -> String {
  let place = MarkdownText.code("\(finding.file):\(finding.start.line):\(finding.start.column)")
  var text = "- \(place) **\(finding.label)**: \(MarkdownText.prose(finding.message))"
  text += " (\(MarkdownText.code(finding.rule)))\n"
  if let hint = finding.hint { text += "  - hint: \(MarkdownText.prose(hint))\n" }
  if let suppression = finding.suppression {
    text += "  - suppressed \(MarkdownText.prose(suppression.words))\n"
  }
  return text
}

/// A folded section with everything that is known of a request.
private func details(of request: PlannedRequest) -> String {
  var text = "<details>\n<summary>\(request.verdict.sign) \(request.verdict.rawValue), "
  text += "\(request.risk.level.rawValue) risk: \(MarkdownText.html(request.id))"
  text += request.operationName.isEmpty ? "" : " \(MarkdownText.html(request.operationName))"
  text += "</summary>\n\n"
  text += "- file: \(MarkdownText.code("\(request.file):\(request.line)"))\n"
  text += "- region: \(request.region.map { MarkdownText.code($0) } ?? "not declared")"
  text += ", account: \(request.account.map { MarkdownText.code($0) } ?? "not declared")\n"
  if !request.effect.isEmpty { text += "- effect: \(MarkdownText.prose(request.effect))\n" }
  let time = shownTime(from: request.schedule.earliest, to: request.schedule.latest)
  let note = request.schedule.note
  if !time.isEmpty || !note.isEmpty {
    text += "- when: \([time, MarkdownText.prose(note)].filter { !$0.isEmpty }.joined(separator: "; "))\n"
  }
  text += "- risk: \(request.risk.level.rawValue)\n"
  text += lines(of: request.risk.reasons) { "  - because: \(MarkdownText.prose($0))\n" }
  text += lines(of: request.inferred) { value in
    "- filled in, not sent: \(MarkdownText.code(value.pointer)) = \(MarkdownText.code(value.value)): "
      + "\(MarkdownText.prose(value.because))\n"
  }
  text += lines(of: request.preconditionsWorstFirst) { item in
    "- must hold, **\(item.state.rawValue)**: \(MarkdownText.prose(item.statement)) (\(MarkdownText.code(item.id)))\n"
      + (item.evidence.isEmpty ? "" : "  - evidence: \(MarkdownText.prose(item.evidence))\n")
  }
  text += lines(of: request.findings + request.suppressed, item)
  if let unchecked = request.notEvaluatedText { text += "- unchecked: \(MarkdownText.prose(unchecked))\n" }
  text += lines(of: request.followUp) { "- afterwards: \(MarkdownText.code($0))\n" }
  text += "- digest: \(MarkdownText.code(request.digest))\n\n"
  return text + wire(of: request) + "</details>\n\n"
}

/// A list that is cut after some items, so that one request cannot fill a comment.
private func lines<Item>(of items: [Item], _ line: (Item) -> String) -> String {
  let limit = 10
  let more = items.count > limit ? "- … and \(items.count - limit) more like it\n" : ""
  return items.prefix(limit).map(line).joined() + more
}

/// The parameters and what goes over the wire, as blocks of code.
private func wire(of request: PlannedRequest) -> String {
  let limit = 6000
  var text = "Parameters (\(counted(request.parameters.count, "byte"))):\n\n"
  text += MarkdownText.fenced([start(of: request.parameters, limit)], language: "json", limit: limit) + "\n"
  guard let http = request.http else { return text }
  text += "Over the wire, before it is signed:\n\n"
  var lines = ["\(http.method) \(http.url ?? "(no address can be told)")"]
  lines += http.headers.map { "\($0.name): \($0.value)" }
  switch http.body {
  case .text(let body) where body.isEmpty: break
  case .text(let body) where body.utf8.elementsEqual(request.parameters):
    lines += ["", "(the parameters above)"]
  case .text(let body): lines += ["", start(of: Array(body.utf8.prefix(4 * limit + 4)), limit)]
  case .binary(let bytes): lines += ["", "(\(counted(bytes.count, "byte")) that are no text)"]
  }
  text += MarkdownText.fenced(lines, limit: limit) + "\n"
  return text + http.notes.map { "- note: \(MarkdownText.prose($0))\n" }.joined()
    + (http.notes.isEmpty ? "" : "\n")
}

/// As much text as may be shown, and one scalar value more, so that a large value is not read as a whole.
private func start(of bytes: [UInt8], _ limit: Int) -> String {
  String(decoding: bytes.prefix(4 * limit + 4), as: UTF8.self)
}

extension PlannedRequest.Verdict {
  fileprivate var sign: String {
    switch self {
    case .ready: "✅"
    case .review: "⚠️"
    case .blocked: "⛔"
    }
  }
}
