internal import Planning
internal import Verdicts

extension DifferenceFormat {
  package static let markdown = DifferenceFormat("markdown") { difference, _ in renderMarkdown(difference) }
}

/// Renders the difference of two plans as a comment on a pull request, in the difference's own order.
///
/// - Shape: at most 65,000 characters; no value of a file acts as Markdown or HTML.
func renderMarkdown(_ difference: PlanDifference) -> [UInt8] {
  var page = MarkdownPage()
  let tail =
    "Digests: \(MarkdownText.code(difference.oldDigest)) → \(MarkdownText.code(difference.newDigest))\n"
  page.add("### Plan difference: \(difference.headline)\n\n")
  if !difference.entries.isEmpty {
    page.add("| change | request | operation | verdict | risk |\n| --- | --- | --- | --- | --- |\n")
    let rows = page.add(difference.entries.lazy.map(row), upTo: 30_000)
    page.add(rows > 0 ? "\n**\(counted(rows, "request")) left out of this table.**\n\n" : "\n")
    let room = tail.utf16.count + 200
    let sections = difference.entries.filter { !$0.changes.isEmpty || !$0.notes.isEmpty }
    let left = page.add(sections.lazy.map(details), upTo: MarkdownPage.limit - room)
    if left > 0 {
      page.add("**Changes of \(counted(left, "request")) are left out**, for a comment holds no more.\n\n")
    }
  }
  page.add(tail)
  return Array(page.text.utf8)
}

private func row(for entry: PlanDifference.Entry) -> String {
  let cells = [
    entry.kind.rawValue, MarkdownText.code(entry.id, limit: 120),
    entry.operationName.isEmpty ? "not known" : MarkdownText.code(entry.operationName, limit: 120),
    step(entry.oldVerdict?.rawValue, entry.newVerdict?.rawValue),
    step(entry.oldRisk?.rawValue, entry.newRisk?.rawValue),
  ]
  return "| \(cells.joined(separator: " | ")) |\n"
}

/// What it was and what it is, once where both are the same.
private func step(_ old: String?, _ new: String?) -> String {
  guard let old, let new, old != new else { return new ?? old ?? "" }
  return "**\(old) → \(new)**"
}

private func details(of entry: PlanDifference.Entry) -> String {
  var text = "<details>\n<summary>\(entry.kind.rawValue): \(MarkdownText.html(entry.id))</summary>\n\n"
  text += "- file: \(MarkdownText.code(entry.file))\n"
  text += entry.notes.map { "- note: \(MarkdownText.prose($0))\n" }.joined() + "\n"
  if !entry.changes.isEmpty {
    text += "| member | old | new |\n| --- | --- | --- |\n"
    for change in entry.changes.prefix(50) {
      let pointer = change.pointer.isEmpty ? "(parameters)" : MarkdownText.code(change.pointer)
      let shown = change.shown(limit: 250, absent: "")
      let old = change.old == nil ? "absent" : MarkdownText.code(shown.old)
      let new = change.new == nil ? "absent" : MarkdownText.code(shown.new)
      text += "| \(pointer) | \(old) | \(new) |\n"
    }
    if entry.changes.count > 50 { text += "\n… and \(entry.changes.count - 50) more members\n" }
    text += "\n"
  }
  return text + "</details>\n\n"
}
