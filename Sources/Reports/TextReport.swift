internal import Linting
internal import Syntax
internal import Verdicts

extension LintFormat {
  package static let text = LintFormat("text") { report, style, put in
    put(renderText(report, usesColor: style.usesColor, isQuiet: style.isQuiet))
  }
}

/// Renders findings for a terminal: place, severity, message, id, then the source line with its range marked.
///
/// - Shape: nothing of a request file reaches the terminal as a control character, nor a CI system as a command.
/// - Parameter isQuiet: without the last line, which counts.
func renderText(_ report: LintReport, usesColor: Bool, isQuiet: Bool) -> [UInt8] {
  let style = TerminalStyle(usesColor: usesColor)
  var text = ""
  for file in report.files where file.isRemarkable {
    if let reason = file.unreadable {
      text +=
        "\(style.bold(shown(file.path))): \(style.severity(.error)): cannot be read: \(visible(reason))\n\n"
    }
    for finding in file.findings {
      let place = "\(shown(finding.file)):\(finding.start.line):\(finding.start.column)"
      text += "\(style.bold(place)): \(style.severity(finding.severity)): \(visible(finding.message)) "
      text += style.dim("[\(finding.rule)]") + "\n"
      text += excerpt(of: finding, style)
      if let hint = finding.hint { text += "  \(style.dim("hint:")) \(visible(hint))\n" }
      text += "\n"
    }
    for item in file.notEvaluated {
      let place = "\(shown(item.file)):\(item.start.line):\(item.start.column)"
      text +=
        "\(style.bold(place)): not evaluated: \(visible(item.reason)) \(style.dim("[\(item.rule)]"))\n\n"
    }
  }
  if !isQuiet { text += summary(of: report) + "\n" }
  return Array(withoutCommands(text).utf8)
}

/// A path as a line may begin with it, coloured or not.
private func shown(_ path: String) -> String { withoutCommands(visible(path)) }

/// The line that counts everything.
func summary(of report: LintReport) -> String {
  let unreadable = report.unreadableCount
  var parts = [
    counted(report.requestCount, "request") + " in " + counted(report.fileCount, "file") + ": "
      + counted(report.count(.error), "error") + ", " + counted(report.count(.warning), "warning")
  ]
  if report.count(.info) > 0 { parts.append(counted(report.count(.info), "info")) }
  if report.suppressedCount > 0 { parts.append("\(report.suppressedCount) suppressed") }
  if report.notEvaluatedCount > 0 { parts.append("\(report.notEvaluatedCount) not evaluated") }
  if report.skippedFiles > 0 {
    parts.append(counted(report.skippedFiles, "file") + " without a request skipped")
  }
  let hasFindings = report.count(.error) + report.count(.warning) + report.count(.info) > 0
  let fixable = hasFindings ? report.findings.count { $0.fix?.isSafe == true } : 0
  if fixable > 0 { parts.append("\(fixable) can be fixed with --fix") }
  if unreadable > 0 { parts.append(counted(unreadable, "file") + " unreadable") }
  return parts.joined(separator: ", ")
}

/// The source line with carets under the range.
private func excerpt(of finding: LocatedFinding, _ style: TerminalStyle) -> String {
  let excerpt = finding.excerpt
  guard !excerpt.text.isEmpty else { return "" }
  var line = excerpt.isCutBefore ? "…" : ""
  var indent = line.isEmpty ? 0 : 1
  var width = 0
  for (index, scalar) in excerpt.text.unicodeScalars.enumerated() {
    let shown = scalar == "\t" ? " " : visible(scalar)
    line += shown
    let columns = shown.unicodeScalars.reduce(0) { $0 + displayWidth($1) }
    if index < excerpt.markStart {
      indent += columns
    } else if index < excerpt.markStart + excerpt.markCount {
      width += columns
    }
  }
  if excerpt.isCutAfter { line += "…" }
  let number = String(finding.start.line)
  let gutter = String(repeating: " ", count: number.count)
  let carets = style.mark(String(repeating: "^", count: max(width, 1)), finding.severity)
  let marks = String(repeating: " ", count: indent) + carets
  return "  \(style.dim("\(number) |")) \(line)\n  \(style.dim("\(gutter) |")) \(marks)\n"
}
