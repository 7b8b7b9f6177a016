internal import Linting
internal import Syntax
internal import Verdicts

extension LintFormat {
  package static let github = LintFormat("github") { report, style, put in
    put(renderGitHub(report, isQuiet: style.isQuiet))
  }
}

/// Renders findings as GitHub workflow commands, and ends with a line that counts them.
///
/// - Shape: suppressed findings only count; of each kind GitHub shows about ten for a step, the log has all.
/// - Parameter isQuiet: without the last line.
func renderGitHub(_ report: LintReport, isQuiet: Bool) -> [UInt8] {
  renderGitHubAnnotations(report)
    + (isQuiet ? [] : Array("reqlint: \(withoutCommands(summary(of: report)))\n".utf8))
}

/// A workflow command for each finding, file that cannot be read and constraint that was not evaluated.
///
/// - Source: GitHub, workflow commands; a command takes columns only within one line.
func renderGitHubAnnotations(_ report: LintReport) -> [UInt8] {
  var text = ""
  for file in report.files {
    if let reason = file.unreadable {
      text += command(
        "error", [("file", file.path), ("line", "1"), ("title", unreadableFile)], "cannot be read: \(reason)")
    }
    for finding in file.findings {
      text += command(
        finding.severity.commandName,
        place(file.path, finding.start, finding.end) + [
          ("title", "\(finding.severity.rawValue) [\(finding.rule)]")
        ],
        finding.message + (finding.hint.map { "\nhint: \($0)" } ?? ""))
    }
    for item in file.notEvaluated {
      text += command(
        "notice", place(file.path, item.start, item.end) + [("title", "not evaluated [\(item.rule)]")],
        item.reason)
    }
  }
  return Array(text.utf8)
}

private func place(_ path: String, _ start: Position, _ end: Position) -> [(String, String)] {
  // An end at the start of a line lies behind the line break of the one before.
  let endLine = end.column == 1 && end.line > start.line ? end.line - 1 : end.line
  let lines = [("file", path), ("line", String(start.line)), ("endLine", String(max(start.line, endLine)))]
  guard end.line == start.line else { return lines }
  return lines + [("col", String(start.column)), ("endColumn", String(max(start.column, end.column)))]
}

private func command(_ name: String, _ properties: [(String, String)], _ message: String) -> String {
  let shown = properties.map { "\($0)=\(commandText($1, isProperty: true))" }.joined(separator: ",")
  return "::\(name) \(shown)::\(commandText(message, isProperty: false))\n"
}

/// Text as a workflow command takes it; what a terminal would obey is spelt out.
func commandText(_ text: String, isProperty: Bool) -> String {
  text.unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case "%": result += "%25"
    case "\r": result += "%0D"
    case "\n": result += "%0A"
    case ":" where isProperty: result += "%3A"
    case ",": result += isProperty ? "%2C" : ","
    default: result += visible(scalar)
    }
  }
}

extension Severity {
  fileprivate var commandName: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "notice"
    }
  }
}
