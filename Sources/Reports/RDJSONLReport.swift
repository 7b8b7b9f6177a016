internal import Linting
internal import Syntax
internal import Verdicts

extension LintFormat {
  package static let rdjsonl = LintFormat("rdjsonl", mark: .start("{\"source\":{\"name\":\"reqlint\"}")) {
    report, _, put in
    put(renderRDJSONL(report))
  }
}

/// Renders findings as reviewdog's `rdjsonl`: a JSON object on each line.
///
/// - Shape: nothing where nothing was found; at most one suggestion each, for reviewdog offers several as alternatives;
///   suppressed findings are left out.
/// - Units: columns in bytes of UTF-8 from 1, ends exclusive.
/// - Source: reviewdog, `proto/rdf/reviewdog.proto`.
func renderRDJSONL(_ report: LintReport) -> [UInt8] {
  var bytes: [UInt8] = []
  func add(_ diagnostic: Diagnostic) {
    var writer = JSONWriter(.compact)
    diagnostic.write(to: &writer)
    writer.endLine()
    bytes += writer.bytes
  }
  for file in report.files {
    if let reason = file.unreadable {
      add(
        Diagnostic(
          severity: .error, rule: unreadableFile, message: "cannot be read: \(reason)", path: file.path))
    }
    for finding in file.findings { add(Diagnostic(finding)) }
    for item in file.notEvaluated {
      add(
        Diagnostic(
          severity: .info, rule: item.rule, message: "not evaluated: \(item.reason)", path: item.file,
          lines: item.start.line...max(item.start.line, item.end.line)))
    }
  }
  return bytes
}

/// One line of the report.
private struct Diagnostic {
  let severity: Severity
  let rule: String
  let message: String
  let path: String
  /// Whole lines, where no columns are known.
  var lines: ClosedRange<Int>?
  /// The finding that it speaks of.
  var finding: LocatedFinding?

  /// The tool comes first, by which a report that an earlier run wrote is known.
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("source")
      writer.object { $0.member("name", "reqlint") }
      writer.member("message", message)
      writer.key("location")
      writer.object { writer in
        writer.member("path", path)
        writeRange(to: &writer)
      }
      writer.member("severity", severity.rawValue.uppercased())
      writer.key("code")
      writer.object { writer in
        writer.member("value", rule)
        writer.member("url", finding?.source)
      }
      if let edit = finding?.fix?.joined {
        writer.key("suggestions")
        writer.array { $0.object { write(edit, to: &$0) } }
      }
      if let finding {
        writer.member(
          "original_output",
          "\(path):\(finding.start.line):\(finding.start.column): \(severity.rawValue): \(finding.message) [\(rule)]"
        )
      }
    }
  }

  private func writeRange(to writer: inout JSONWriter) {
    if let finding {
      writer.key("range")
      writer.object { writer in
        write("start", finding.start.line, finding.startByteColumn, to: &writer)
        write("end", finding.end.line, finding.endByteColumn, to: &writer)
      }
    } else if let lines {
      writer.key("range")
      writer.object { writer in
        write("start", lines.lowerBound, nil, to: &writer)
        write("end", lines.upperBound, nil, to: &writer)
      }
    }
  }

  private func write(_ edit: LocatedFix.Edit, to writer: inout JSONWriter) {
    writer.key("range")
    writer.object { writer in
      write("start", edit.start.line, edit.startByteColumn, to: &writer)
      write("end", edit.end.line, edit.endByteColumn, to: &writer)
    }
    writer.member("text", edit.text)
  }

  private func write(_ key: String, _ line: Int, _ column: Int?, to writer: inout JSONWriter) {
    writer.key(key)
    writer.object { writer in
      writer.member("line", line)
      if let column { writer.member("column", column) }
    }
  }
}

extension Diagnostic {
  init(_ finding: LocatedFinding) {
    self.init(
      severity: finding.severity, rule: finding.rule,
      message: finding.message + (finding.hint.map { "\nhint: \($0)" } ?? "")
        + (finding.fix.map { $0.isSafe ? "" : "\nlook at the suggestion first: it may change what was meant" }
          ?? ""),
      path: finding.file, finding: finding)
  }
}
