package import Syntax
internal import Verdicts

extension LocatedFinding {
  /// Members of a finding's JSON that readers of plans use.
  package enum JSONKey: String {
    case file, pointer, rule, severity
  }

  /// Writes the finding in the form of `reqlint-findings/1` and `reqlint-plan/1`.
  ///
  /// - Shape: fixed keys in a fixed order; absent values are omitted.
  /// - Units: lines and columns from 1, columns in Unicode scalar values, `end` exclusive.
  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("request", requestID)
      writer.member(JSONKey.rule.rawValue, rule)
      writer.member(JSONKey.severity.rawValue, severity.rawValue)
      writer.member("message", message)
      writer.member("hint", hint)
      writer.member(JSONKey.file.rawValue, file)
      writer.member(JSONKey.pointer.rawValue, pointer)
      writeRange(start, end, to: &writer)
      writer.member("service", service)
      writer.member("operation", operation)
      writer.member("source", source)
      if let fix { write(fix, to: &writer) }
      if let suppression {
        writer.key("suppression")
        writer.object { writer in
          writer.member("by", suppression.origin.rawValue)
          writer.member("reason", suppression.reason)
          writer.member("until", suppression.until)
        }
      }
    }
  }

  private func write(_ fix: LocatedFix, to writer: inout JSONWriter) {
    writer.key("fix")
    writer.object { writer in
      writer.member("safe", fix.isSafe)
      writer.key("edits")
      writer.array { writer in
        for edit in fix.edits {
          writer.object { writer in
            writeRange(edit.start, edit.end, to: &writer)
            writer.member("text", edit.text)
          }
        }
      }
    }
  }
}

extension LocatedNotEvaluated {
  /// Writes the constraint in the form of `reqlint-findings/1` and `reqlint-plan/1`.
  ///
  /// - Shape: as for findings.
  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("request", requestID)
      writer.member("rule", rule)
      writer.member("reason", reason)
      writer.member("file", file)
      writer.member("pointer", pointer)
      writeRange(start, end, to: &writer)
    }
  }
}

private func writeRange(_ start: Position, _ end: Position, to writer: inout JSONWriter) {
  writer.key("range")
  writer.object { writer in
    for (name, position) in [("start", start), ("end", end)] {
      writer.key(name)
      writer.object { writer in
        writer.member("line", position.line)
        writer.member("column", position.column)
      }
    }
  }
}
