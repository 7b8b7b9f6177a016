internal import Linting
internal import Syntax
internal import Verdicts

extension LintFormat {
  package static let json = LintFormat(
    "json", needs: .requests, mark: .inside("\"format\": \"reqlint-", bytes: 100)
  ) { report, _, put in put(renderJSON(report)) }
}

/// Renders findings as `reqlint-findings/1`.
///
/// - Shape: fixed keys in a fixed order; a key whose fact does not exist is left out.
/// - Units: lines and columns from 1, columns in Unicode scalar values, `end` exclusive.
func renderJSON(_ report: LintReport) -> [UInt8] {
  var writer = JSONWriter(.indented)
  writer.object { writer in
    writer.member("format", "reqlint-findings/1")
    writer.key("tool")
    writer.object { writer in
      writer.member("name", "reqlint")
      writer.member("version", report.toolVersion)
    }
    writer.key("catalog")
    writer.object { $0.member("source", report.catalogSource) }
    writer.member("now", report.now.rfc3339)
    writer.key("requests")
    writer.array { writer in
      for request in report.files.lazy.flatMap(\.requests) { writeRequest(request, to: &writer) }
    }
    writer.key("findings")
    writer.array { writer in
      for finding in report.findings { finding.write(to: &writer) }
    }
    writer.key("notEvaluated")
    writer.array { writer in
      for item in report.files.lazy.flatMap(\.notEvaluated) { item.write(to: &writer) }
    }
    writer.key("suppressed")
    writer.array { writer in
      for finding in report.suppressed { finding.write(to: &writer) }
    }
    writeUnreadable(report, to: &writer)
    writer.key("summary")
    writer.object { writer in
      writer.member("files", report.fileCount)
      writer.member("requests", report.requestCount)
      writer.member("errors", report.count(.error))
      writer.member("warnings", report.count(.warning))
      writer.member("infos", report.count(.info))
      writer.member("suppressed", report.suppressedCount)
      writer.member("notEvaluated", report.notEvaluatedCount)
      writer.member("skippedFiles", report.skippedFiles)
    }
  }
  return writer.bytes + [UInt8(ascii: "\n")]
}

private func writeUnreadable(_ report: LintReport, to writer: inout JSONWriter) {
  let files = report.files.filter { $0.unreadable != nil }
  guard !files.isEmpty else { return }
  writer.key("unreadable")
  writer.array { writer in
    for file in files {
      writer.object { writer in
        writer.member("file", file.path)
        writer.member("reason", file.unreadable)
      }
    }
  }
}

private func writeRequest(_ request: LocatedRequest, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("id", request.id)
    writer.member("file", request.file)
    writer.member("line", request.line)
    writer.member("service", request.service)
    writer.member("operation", request.operation)
    writer.member("carrier", request.carrier)
    writer.member("verdict", request.verdict.rawValue)
  }
}
