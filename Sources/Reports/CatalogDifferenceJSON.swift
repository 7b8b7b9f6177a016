internal import CatalogDifference
internal import Linting
internal import Syntax
internal import Verdicts

extension CatalogDifferenceFormat {
  package static let json = CatalogDifferenceFormat("json") { report, _ in renderJSON(report) }
}

/// Renders the difference of two catalogs as `reqlint-catalog-diff/1`.
///
/// - Shape: fixed keys in a fixed order; a key whose fact does not exist is left out.
func renderJSON(_ report: CatalogDifferenceReport) -> [UInt8] {
  let difference = report.difference
  var writer = JSONWriter(.indented)
  writer.object { writer in
    writer.member("format", "reqlint-catalog-diff/1")
    writer.key("catalogs")
    writer.object { writer in
      writer.member("old", difference.oldSource)
      writer.member("new", difference.newSource)
    }
    writer.key("summary")
    writer.object { writer in
      writer.member("services", difference.comparedCount)
      writer.member("uncomparedServices", difference.uncomparedCount)
      writer.member("changes", difference.changes.count)
      writer.member("breaking", difference.breakingCount)
      writer.member("faults", difference.faults.count)
      if let requests = report.requests {
        writer.member("requests", requests.requestCount)
        writer.member("changedRequests", requests.entries.count)
      }
    }
    if let requests = report.requests {
      writer.key("requests")
      writer.array { writer in requests.entries.forEach { write($0, to: &writer) } }
    }
    writer.key("changes")
    writer.array { writer in difference.changes.forEach { write($0, to: &writer) } }
    writer.key("faults")
    writer.array { writer in
      for fault in difference.faults {
        writer.object { writer in
          writer.member("path", fault.path)
          writer.member("problem", fault.problem)
        }
      }
    }
  }
  return writer.bytes + [UInt8(ascii: "\n")]
}

private func write(_ change: CatalogChange, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("service", change.service)
    switch change.subject {
    case .partition(let id):
      writer.member("subject", "partition")
      writer.member("partition", id)
    case .service: writer.member("subject", "service")
    case .operation(let name):
      writer.member("subject", "operation")
      writer.member("operation", name)
    case .shape(let name):
      writer.member("subject", "shape")
      writer.member("shape", name)
    case .member(let name, let shape):
      writer.member("subject", "member")
      writer.member("shape", shape)
      writer.member("member", name)
    }
    writer.member("key", change.key)
    writer.member("change", change.kind.rawValue)
    writer.member("breaking", change.isBreaking)
    for (key, json) in [("old", change.old), ("new", change.new)] {
      guard let json else { continue }
      writer.key(key)
      writer.raw(json.utf8)
    }
    writer.member("at", change.path)
    writer.key("operations")
    writer.array { writer in change.operations.forEach { writer.value($0) } }
  }
}

private func write(_ entry: LintDifference.Entry, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("id", entry.id)
    writer.member("file", entry.file)
    writer.member("line", entry.line)
    writer.member("service", entry.service)
    writer.member("operation", entry.operation)
    writer.key("verdict")
    writer.object { writer in
      writer.member("old", entry.oldVerdict?.rawValue)
      writer.member("new", entry.newVerdict?.rawValue)
    }
    for (key, remarks) in [("appeared", entry.appeared), ("disappeared", entry.disappeared)] {
      writer.key(key)
      writer.array { writer in remarks.forEach { write($0, to: &writer) } }
    }
  }
}

private func write(_ remark: LintDifference.Remark, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("rule", remark.rule)
    writer.member("severity", remark.severity?.rawValue ?? "not-evaluated")
    writer.member("message", remark.message)
    writer.member("pointer", remark.pointer)
    writer.member("line", remark.line)
    writer.member("column", remark.column)
  }
}
