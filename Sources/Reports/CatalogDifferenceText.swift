internal import CatalogDifference
internal import Linting
internal import Verdicts

extension CatalogDifferenceFormat {
  package static let text = CatalogDifferenceFormat("text") { renderText($0, usesColor: $1) }
}

/// Renders the difference of two catalogs for a terminal: what can break requests, then the rest, then the requests.
///
/// - Shape: fits 80 columns but for single words; where requests are given, only what touches their operations.
func renderText(_ report: CatalogDifferenceReport, usesColor: Bool) -> [UInt8] {
  let difference = report.difference
  var page = TerminalPage(TerminalStyle(usesColor: usesColor))
  page.row("old", "\(difference.oldSource)")
  page.row("new", "\(difference.newSource)")
  let shown = report.shownChanges
  for (title, isBreaking, look) in [
    ("can break requests", true, TerminalStyle.Look.bad), ("harmless", false, .good),
  ] {
    let changes = shown.filter { $0.isBreaking == isBreaking }
    guard !changes.isEmpty else { continue }
    page.blank()
    page.line(TerminalPiece(title, look), ": \(counted(changes.count, "change"))")
    page.add(changes)
  }
  let hidden = difference.changes.count - shown.count
  if hidden > 0 {
    page.blank()
    page.line("\(counted(hidden, "change")) not shown, of what these requests do not call")
  }
  if let requests = report.requests { page.add(requests) }
  page.blank()
  page.line(TerminalPiece(difference.headline, .bold))
  if difference.uncomparedCount > 0 {
    let count = counted(difference.uncomparedCount, "service")
    page.line(TerminalPiece("\(count) could not be compared", .bold))
  }
  if !difference.changes.isEmpty {
    let count = counted(difference.changes.count, "change")
    page.line(TerminalPiece("\(count), \(difference.breakingCount) can break requests", .bold))
  }
  if let requests = report.requests { page.line(TerminalPiece(requests.headline, .bold)) }
  return page.drain()
}

extension CatalogDifference {
  fileprivate var headline: String {
    let compared = "\(counted(comparedCount, "service")) compared"
    guard !changes.isEmpty else { return comparedCount == 0 ? compared : "\(compared): no difference" }
    let whole = changes.filter { $0.subject == .service && $0.key == nil }
    let (added, removed) = (whole.count { $0.kind == .added }, whole.count { $0.kind == .removed })
    let touched = Set(changes.compactMap(\.service)).count - added - removed
    return "\(compared): \(added) added, \(removed) removed, \(touched) changed"
  }
}

extension LintDifference {
  fileprivate var headline: String {
    "\(counted(requestCount, "request")) checked against both: \(entries.count) "
      + (entries.count == 1 ? "comes out otherwise" : "come out otherwise")
  }
}

extension CatalogDifferenceReport {
  /// What the requests can notice; everything where none are given.
  fileprivate var shownChanges: [CatalogChange] {
    guard let requests else { return difference.changes }
    let services = Set(requests.operations.map { String($0.prefix { $0 != "." }) })
    return difference.changes.filter { change in
      guard let service = change.service else { return true }
      guard services.contains(service) else { return false }
      guard change.subject != .service else { return true }
      return change.operations.contains { requests.operations.contains("\(service).\($0)") }
    }
  }
}

// MARK: Changes

extension TerminalPage {
  fileprivate mutating func add(_ changes: [CatalogChange]) {
    let rules = changes.filter { $0.key == "endpoint-rules" && $0.kind == .changed }.compactMap(\.service)
    if !rules.isEmpty {
      blank()
      let noun = counted(rules.count, "service")
      line("endpoint rules changed of \(noun): \(rules.joined(separator: ", "))", hanging: 2)
    }
    let others = changes.filter { $0.key != "endpoint-rules" || $0.kind != .changed }
    for group in others.grouped(by: \.service) {
      blank()
      line(TerminalPiece(group[0].service ?? "partitions", .bold))
      addOperationLists(group)
      for part in group.filter(\.hasLineOfItsOwn).grouped(by: \.owner) { addPart(part) }
      addReordered(group.filter { $0.kind == .reordered })
    }
  }

  /// All lists that were only reordered, in one paragraph.
  private mutating func addReordered(_ changes: [CatalogChange]) {
    guard !changes.isEmpty else { return }
    let names = changes.grouped(by: \.owner).map { part in
      "\(part[0].owner.name) (\(part.compactMap(\.key).joined(separator: ", ")))"
    }
    line("other order: \(names.joined(separator: ", "))", indent: 2, hanging: 4)
  }

  /// All operations of a kind of change in one paragraph.
  private mutating func addOperationLists(_ changes: [CatalogChange]) {
    let whole = changes.filter(\.isOfWholeOperation)
    for group in whole.sorted(by: { $0.verb < $1.verb }).grouped(by: \.verb) {
      let names = group.flatMap(\.operations)
      let noun = names.count == 1 ? "operation" : "\(names.count) operations"
      line("\(noun) \(group[0].verb): \(names.joined(separator: ", "))", indent: 2, hanging: 4)
    }
  }

  /// What changed about one operation or shape, or the service as such.
  private mutating func addPart(_ changes: [CatalogChange]) {
    let indent = changes[0].subject == .service ? 2 : 4
    if let title = changes[0].title {
      line(TerminalPiece(title), TerminalPiece(changes[0].touched, .dim), indent: 2, hanging: 6)
    }
    var rest: [CatalogChange] = []
    for change in changes {
      if case .member = change.subject, change.key == nil { continue }
      rest.append(change)
    }
    for kind in [CatalogChange.Kind.removed, .added] {
      let members = changes.filter { $0.memberName != nil && $0.key == nil && $0.kind == kind }
      guard !members.isEmpty else { continue }
      let names = members.map(\.shownMember).joined(separator: ", ")
      line("member\(members.count == 1 ? "" : "s") \(kind.rawValue): \(names)", indent: indent, hanging: 6)
    }
    for change in rest { addSentence(change, indent: indent) }
  }

  private mutating func addSentence(_ change: CatalogChange, indent: Int) {
    guard let values = change.values else {
      return line(TerminalPiece(change.sentence), indent: indent, hanging: 6)
    }
    let short = "\(change.sentence): \(values.old) → \(values.new)"
    if indent + short.unicodeScalars.count <= width {
      line(TerminalPiece(short), indent: indent)
    } else {
      line(TerminalPiece(change.sentence), indent: indent)
      row("    old", breakingAnywhere: values.old)
      row("    new", breakingAnywhere: values.new)
    }
  }
}

extension Array {
  /// Runs of neighbours that have something in common.
  fileprivate func grouped(by fact: (Element) -> some Equatable) -> [[Element]] {
    var groups: [[Element]] = []
    for element in self {
      if let last = groups.last?.last, fact(last) == fact(element) {
        groups[groups.count - 1].append(element)
      } else {
        groups.append([element])
      }
    }
    return groups
  }
}

// MARK: Requests

extension TerminalPage {
  fileprivate mutating func add(_ requests: LintDifference) {
    for entry in requests.entries {
      blank()
      let verdicts = [entry.oldVerdict, entry.newVerdict].map { $0?.rawValue ?? "absent" }
      let isChanged = entry.oldVerdict != entry.newVerdict
      let verdict =
        entry.id == nil ? "" : isChanged ? "\(verdicts[0]) → \(verdicts[1])  " : "\(verdicts[1])  "
      line(
        TerminalPiece(verdict, entry.newVerdict?.look ?? .caution),
        TerminalPiece(entry.id ?? entry.file, .bold), hanging: 4)
      row("file", "\(entry.file):\(entry.line)")
      if let service = entry.service, let operation = entry.operation {
        row("operation", "\(service).\(operation)")
      }
      for remark in entry.disappeared { add(remark, "gone") }
      for remark in entry.appeared { add(remark, "new") }
    }
  }

  private mutating func add(_ remark: LintDifference.Remark, _ label: String) {
    let severity = remark.severity?.rawValue ?? "not evaluated"
    row(label, "\(remark.line):\(remark.column): \(severity): \(remark.message) [\(remark.rule)]")
  }
}

extension RequestResult.Verdict {
  fileprivate var look: TerminalStyle.Look {
    switch self {
    case .pass: .good
    case .warn: .caution
    case .fail: .bad
    }
  }
}
