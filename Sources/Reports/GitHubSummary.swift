package import Linting
internal import Syntax
internal import Verdicts

/// Renders findings as Markdown for the summary of a job on GitHub.
///
/// - Shape: at most 300 findings, the most severe first, and some hundred kilobytes, of the 1 MiB that GitHub takes; no
///   value of a file acts as Markdown or HTML.
package func renderGitHubSummary(_ report: LintReport) -> [UInt8] {
  // What an earlier step wrote may end in the middle of a line.
  var text = "\n### reqlint: \(headline(of: report))\n\n"
  text += "\(MarkdownText.prose(summary(of: report)))\n\n"
  text += unreadableFiles(of: report)
  let rows = mostSevere(of: report, limit: 300)
  if !rows.isEmpty {
    text += "| severity | place | rule | finding |\n| --- | --- | --- | --- |\n"
    text += rows.lazy.map(row).joined() + "\n"
    let left = report.findings.reduce(0) { count, _ in count + 1 } - rows.count
    if left > 0 { text += "… and \(left) more\n\n" }
  }
  text += suppressions(of: report)
  return Array(text.utf8)
}

private func headline(of report: LintReport) -> String {
  if report.files.contains(where: { $0.unreadable != nil }) { return "not everything could be checked" }
  let counts = [Severity.error, .warning, .info].compactMap { severity in
    let count = report.count(severity)
    return count > 0 ? counted(count, severity.rawValue) : nil
  }
  if counts.isEmpty { return report.requestCount == 0 ? "no request found" : "nothing found" }
  return counts.joined(separator: ", ")
}

private func unreadableFiles(of report: LintReport) -> String {
  let files = report.files.filter { $0.unreadable != nil }
  guard !files.isEmpty else { return "" }
  let shown = files.prefix(50).map { file in
    "- \(MarkdownText.code(file.path)): cannot be read: \(MarkdownText.prose(file.unreadable ?? ""))\n"
  }
  return shown.joined() + (files.count > 50 ? "- … and \(files.count - 50) more\n" : "") + "\n"
}

/// The first findings of the worst severity, then of the next, each in the report's order.
private func mostSevere(of report: LintReport, limit: Int) -> [LocatedFinding] {
  var rows: [LocatedFinding] = []
  for severity in Severity.allCases.sorted(by: >) where rows.count < limit {
    rows += report.findings.lazy.filter { $0.severity == severity }.prefix(limit - rows.count)
  }
  return rows
}

private func row(_ finding: LocatedFinding) -> String {
  let place = "\(finding.file):\(finding.start.line):\(finding.start.column)"
  let hint = finding.hint.map { "<br>hint: \(MarkdownText.prose($0, limit: 200))" } ?? ""
  let cells = [
    finding.severity.rawValue, MarkdownText.code(place), MarkdownText.code(finding.rule),
    // A list cannot begin in a cell, whatever its first word is.
    MarkdownText.prose(finding.message) + hint,
  ]
  return "| \(cells.joined(separator: " | ")) |\n"
}

/// How many findings are suppressed, and why.
private func suppressions(of report: LintReport) -> String {
  var counts: [Suppression: Int] = [:]
  for finding in report.suppressed {
    if let suppression = finding.suppression { counts[suppression, default: 0] += 1 }
  }
  guard !counts.isEmpty else { return "" }
  let sorted = counts.sorted { left, right in
    left.value == right.value ? left.key.sortKey < right.key.sortKey : left.value > right.value
  }
  var text = "\(counted(report.suppressedCount, "finding")) suppressed\n\n| count | by | reason | until |\n"
  text += "| --- | --- | --- | --- |\n"
  for (suppression, count) in sorted.prefix(50) {
    let reason = suppression.reason.map { MarkdownText.prose($0, limit: 200) } ?? "none given"
    text += "| \(count) | \(suppression.origin.rawValue) | \(reason) | \(suppression.until ?? "") |\n"
  }
  if sorted.count > 50 { text += "\n… and \(sorted.count - 50) more reasons\n" }
  return text + "\n"
}

extension Suppression {
  fileprivate var sortKey: (String, String, String) { (origin.rawValue, reason ?? "", until ?? "") }
}
