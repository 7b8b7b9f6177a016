package import Linting
internal import Syntax
internal import Verdicts

/// Renders how often each rule was broken, the most frequent first.
///
/// - Shape: nothing where nothing was found; a line for each rule and severity, `[*]` where a safe fix is known.
package func renderStatistics(_ report: LintReport, usesColor: Bool = false) -> [UInt8] {
  var lines: [StatisticsKey: (count: Int, isFixable: Bool)] = [:]
  for finding in report.findings {
    let key = StatisticsKey(rule: finding.rule, severity: finding.severity)
    lines[key, default: (0, false)].count += 1
    if finding.fix?.isSafe == true { lines[key]?.isFixable = true }
  }
  let sorted = lines.sorted { left, right in
    guard left.value.count == right.value.count else { return left.value.count > right.value.count }
    return left.key.rule == right.key.rule
      ? left.key.severity > right.key.severity : left.key.rule < right.key.rule
  }
  let style = TerminalStyle(usesColor: usesColor)
  let width = String(sorted.first?.value.count ?? 0).utf8.count
  var text = ""
  for (key, value) in sorted {
    let count = String(value.count)
    text += String(repeating: " ", count: width - count.utf8.count) + style.bold(count) + "  "
    text += style.severity(key.severity) + String(repeating: " ", count: 7 - key.severity.rawValue.utf8.count)
    text += "  \(value.isFixable ? "[*]" : "   ")  \(visible(key.rule))\n"
  }
  if lines.values.contains(where: \.isFixable) { text += "[*] has a fix that is safe\n" }
  return Array(text.utf8)
}

private struct StatisticsKey: Hashable {
  let rule: String
  let severity: Severity
}
