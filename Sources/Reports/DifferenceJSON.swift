internal import Planning
internal import Syntax
internal import Verdicts

extension DifferenceFormat {
  package static let json = DifferenceFormat("json") { difference, _ in renderJSON(difference) }
}

/// Renders the difference of two plans as `reqlint-difference/1`.
///
/// - Shape: fixed keys in a fixed order; a key whose fact does not exist is left out.
func renderJSON(_ difference: PlanDifference) -> [UInt8] {
  var writer = JSONWriter(.indented)
  writer.object { writer in
    writer.member("format", "reqlint-difference/1")
    writer.key("digest")
    write(difference.oldDigest, difference.newDigest, to: &writer)
    writer.key("summary")
    writer.object { writer in
      for kind in [PlanDifference.Entry.Kind.added, .removed, .changed] {
        writer.member(kind.rawValue, difference.count(kind))
      }
    }
    writer.key("requests")
    writer.array { writer in
      for entry in difference.entries { write(entry, to: &writer) }
    }
  }
  return writer.bytes + [UInt8(ascii: "\n")]
}

private func write(_ entry: PlanDifference.Entry, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("id", entry.id)
    writer.member("file", entry.file)
    writer.member("service", entry.service)
    writer.member("operation", entry.operation)
    writer.member("change", entry.kind.rawValue)
    writer.key("verdict")
    write(entry.oldVerdict?.rawValue, entry.newVerdict?.rawValue, to: &writer)
    writer.key("risk")
    write(entry.oldRisk?.rawValue, entry.newRisk?.rawValue, to: &writer)
    writer.key("changes")
    writer.array { writer in
      for change in entry.changes { write(change, to: &writer) }
    }
    writer.key("notes")
    writer.array { writer in entry.notes.forEach { writer.value($0) } }
  }
}

private func write(_ change: PlanDifference.Change, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("pointer", change.pointer)
    for (key, json) in [("old", change.old), ("new", change.new)] {
      guard let json else { continue }
      writer.key(key)
      writer.raw(json.utf8)
    }
  }
}

private func write(_ old: String?, _ new: String?, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("old", old)
    writer.member("new", new)
  }
}
