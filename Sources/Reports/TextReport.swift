internal import Linting
internal import Rules
internal import Syntax

/// Renders findings for a terminal: place, severity, message, id, then the source line with its range marked.
///
/// - Shape: nothing of a request file reaches the terminal as a control character.
func renderText(_ report: LintReport, usesColor: Bool) -> [UInt8] {
  let style = TerminalStyle(usesColor: usesColor)
  var text = ""
  for file in report.files {
    if let reason = file.unreadable {
      text += "\(style.bold(safe(file.path))): \(style.severity(.error)): cannot be read: \(safe(reason))\n\n"
    }
    for finding in file.findings {
      let place = "\(safe(finding.file)):\(finding.start.line):\(finding.start.column)"
      text += "\(style.bold(place)): \(style.severity(finding.severity)): \(safe(finding.message)) "
      text += style.dim("[\(finding.rule)]") + "\n"
      text += excerpt(of: finding, style)
      if let hint = finding.hint { text += "  \(style.dim("hint:")) \(safe(hint))\n" }
      text += "\n"
    }
    for item in file.notEvaluated {
      let place = "\(safe(item.file)):\(item.start.line):\(item.start.column)"
      text += "\(style.bold(place)): not evaluated: \(safe(item.reason)) \(style.dim("[\(item.rule)]"))\n\n"
    }
  }
  return Array((text + summary(of: report) + "\n").utf8)
}

private func summary(of report: LintReport) -> String {
  let unreadable = report.files.count { $0.unreadable != nil }
  var parts = [
    counted(report.requestCount, "request") + " in " + counted(report.fileCount, "file") + ": "
      + counted(report.count(.error), "error") + ", " + counted(report.count(.warning), "warning")
  ]
  if report.count(.info) > 0 { parts.append(counted(report.count(.info), "info")) }
  if report.notEvaluatedCount > 0 { parts.append("\(report.notEvaluatedCount) not evaluated") }
  if report.skippedFiles > 0 {
    parts.append(counted(report.skippedFiles, "file") + " without a request skipped")
  }
  if unreadable > 0 { parts.append(counted(unreadable, "file") + " unreadable") }
  return parts.joined(separator: ", ")
}

private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

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

/// Text without anything that a terminal would obey.
private func safe(_ text: String) -> String {
  text.unicodeScalars.reduce(into: "") { $0 += visible($1) }
}

/// Columns that a scalar takes in a terminal.
///
/// - Source: the wide and fullwidth blocks of Unicode's East Asian Width, and emoji.
private func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
    0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}

/// Colours and weights, or none.
private struct TerminalStyle {
  let usesColor: Bool

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func dim(_ text: String) -> String { wrapped(text, "2") }
  func severity(_ severity: Severity) -> String { wrapped(severity.rawValue, "1;\(code(severity))") }
  func mark(_ text: String, _ severity: Severity) -> String { wrapped(text, code(severity)) }

  private func code(_ severity: Severity) -> String {
    switch severity {
    case .error: "31"
    case .warning: "33"
    case .info: "36"
    }
  }

  private func wrapped(_ text: String, _ code: String) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
