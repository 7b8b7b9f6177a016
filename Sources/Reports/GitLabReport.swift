internal import Linting
internal import Syntax
internal import Verdicts

extension LintFormat {
  package static let gitlab = LintFormat("gitlab", mark: .start("[\n  {\n    \"check_name\": ")) {
    report, _, put in
    put(renderGitLab(report))
  }
}

/// Renders findings as a GitLab Code Quality report.
///
/// - Shape: an array, `[]` without findings; suppressed findings are omitted, since GitLab cannot mark them as such.
/// - Source: GitLab, Code Quality report format.
func renderGitLab(_ report: LintReport) -> [UInt8] {
  var writer = JSONWriter(.indented)
  var fingerprints = Fingerprints()
  writer.array { writer in
    for file in report.files {
      if let reason = file.unreadable {
        Issue(
          check: unreadableFile, description: "cannot be read: \(reason)", severity: "critical", lines: 1...1,
          fingerprint: fingerprints.next("", unreadableFile, file.path)
        ).write(file.path, to: &writer)
      }
      for finding in file.findings {
        Issue(finding, fingerprint: fingerprints.next("finding", finding.rule, file.path, finding.pointer))
          .write(file.path, to: &writer)
      }
      for item in file.notEvaluated {
        Issue(
          check: item.rule, description: "not evaluated: \(item.reason)", severity: "info",
          lines: item.start.line...max(item.start.line, item.end.line),
          fingerprint: fingerprints.next("open", item.rule, file.path, item.pointer)
        ).write(file.path, to: &writer)
      }
    }
  }
  writer.endLine()
  return writer.bytes
}

private struct Issue {
  let check: String
  let description: String
  let severity: String
  let lines: ClosedRange<Int>
  let fingerprint: String

  /// `check_name` comes first, by which a report that an earlier run wrote is known.
  func write(_ path: String, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("check_name", check)
      writer.member("description", description)
      writer.member("fingerprint", fingerprint)
      writer.member("severity", severity)
      writer.key("location")
      writer.object { writer in
        writer.member("path", path)
        writer.key("lines")
        writer.object { writer in
          writer.member("begin", lines.lowerBound)
          writer.member("end", lines.upperBound)
        }
      }
    }
  }
}

extension Issue {
  init(_ finding: LocatedFinding, fingerprint: String) {
    check = finding.rule
    description = finding.message + (finding.hint.map { "; \($0)" } ?? "")
    severity =
      switch finding.severity {
      case .error: BuiltInCheck.traits(of: finding.rule).contains(.fileFault) ? "critical" : "major"
      case .warning: "minor"
      case .info: "info"
      }
    lines = finding.start.line...max(finding.start.line, finding.end.line)
    self.fingerprint = fingerprint
  }
}
