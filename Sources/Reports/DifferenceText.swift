internal import Planning
internal import Verdicts

extension DifferenceFormat {
  package static let text = DifferenceFormat("text") { renderText($0, usesColor: $1) }
}

/// Renders the difference of two plans for a terminal, in the difference's own order.
///
/// - Shape: fits 80 columns but for single words; no control character of a file reaches the terminal.
func renderText(_ difference: PlanDifference, usesColor: Bool) -> [UInt8] {
  var page = TerminalPage(TerminalStyle(usesColor: usesColor))
  page.line(TerminalPiece(difference.headline, .bold))
  page.line(TerminalPiece("old", .dim), " \(difference.oldDigest)", indent: 2)
  page.line(TerminalPiece("new", .dim), " \(difference.newDigest)", indent: 2)
  for entry in difference.entries {
    page.blank()
    page.add(entry)
  }
  return page.drain()
}

extension PlanDifference {
  /// The counts in words.
  var headline: String {
    guard !entries.isEmpty else { return "no change between the two plans" }
    let kinds: [Entry.Kind] = [.added, .removed, .changed]
    return counted(entries.count, "request") + " differ\(entries.count == 1 ? "s" : ""): "
      + kinds.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")
  }
}

extension PlanDifference.Entry {
  var operationName: String { [service, operation].compactMap { $0 }.joined(separator: ".") }
}

extension PlanDifference.Change {
  /// Both values, cut as `shownPair` does.
  func shown(limit: Int, absent: String) -> (old: String, new: String) {
    guard let old, let new else {
      return (shortened(old ?? absent, to: limit), shortened(new ?? absent, to: limit))
    }
    return shownPair(old, new, limit: limit)
  }
}

/// Two values, long ones cut in front as well where they are alike there, so that what differs is seen.
func shownPair(_ old: String, _ new: String, limit: Int) -> (old: String, new: String) {
  let scalars = (old.unicodeScalars, new.unicodeScalars)
  let common = zip(scalars.0, scalars.1).prefix { $0 == $1 }.count
  let context = 20
  guard common > 2 * context, max(scalars.0.count, scalars.1.count) > limit else {
    return (shortened(old, to: limit), shortened(new, to: limit))
  }
  let (oldRest, newRest) = (scalars.0.dropFirst(common - context), scalars.1.dropFirst(common - context))
  return (shortened("…" + String(oldRest), to: limit), shortened("…" + String(newRest), to: limit))
}

extension TerminalPage {
  fileprivate mutating func add(_ entry: PlanDifference.Entry) {
    line(
      TerminalPiece(entry.kind.rawValue, entry.kind.look), "  ",
      TerminalPiece(shortened(entry.id, to: 200), .bold), hanging: 4)
    row("file", "\(entry.file)")
    row("operation", "\(entry.operationName.isEmpty ? "not known" : entry.operationName)")
    addStep("verdict", entry.oldVerdict, entry.newVerdict, \.look)
    addStep("risk", entry.oldRisk, entry.newRisk, \.look)
    for change in entry.changes { add(change) }
    for note in entry.notes { row("note", "\(note)") }
  }

  private mutating func addStep<Value: RawRepresentable<String> & Equatable>(
    _ label: String, _ old: Value?, _ new: Value?, _ look: (Value) -> TerminalStyle.Look
  ) {
    let pieces = [old, new].compactMap { $0 }.map { TerminalPiece($0.rawValue, look($0)) }
    guard let last = pieces.last else { return }
    if pieces.count == 2, old != new {
      row(label, pieces[0], " → ", last)
    } else {
      row(label, last)
    }
  }

  private mutating func add(_ change: PlanDifference.Change) {
    let pointer = TerminalPiece(change.pointer.isEmpty ? "(parameters)" : change.pointer, .bold)
    let (old, new) = change.shown(limit: 320, absent: "(absent)")
    let columns = [pointer.text, old, new].reduce(9) { $0 + $1.unicodeScalars.count }
    if columns <= width {
      line(pointer, "  \(old) → \(new)", indent: 2, hanging: 4)
    } else {
      line(pointer, indent: 2, hanging: 4)
      row("  old", breakingAnywhere: old)
      row("  new", breakingAnywhere: new)
    }
  }
}

extension PlanDifference.Entry.Kind {
  fileprivate var look: TerminalStyle.Look {
    switch self {
    case .added: .good
    case .removed: .bad
    case .changed: .caution
    }
  }
}
