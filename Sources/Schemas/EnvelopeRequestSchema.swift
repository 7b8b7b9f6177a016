internal import Models
internal import Syntax

/// The schema of one request, as an envelope or in a batch.
struct EnvelopeRequestSchema {
  let subjects: EnvelopeSubjects

  func write(to writer: inout JSONWriter) {
    writer.member("title", "request")
    writer.member("type", "object")
    writer.writeProperties { writer in
      text("id", "names the request in reports and plans", ["minLength": 1], to: &writer)
      text("description", "what the request is for", [:], to: &writer)
      subjects.writeNames(to: &writer)
      writer.key("parameters")
      writer.object { writer in
        writer.member("title", "parameters")
        if let single = subjects.single { writer.member("$ref", "#/$defs/\(single.operation.id)") }
      }
    }
    if let single = subjects.single {
      if single.needsParameters { writer.writeRequired(["parameters"]) }
    } else {
      writer.key("allOf")
      writer.array { writer in
        subjects.writePairs(to: &writer)
        for subject in subjects.all {
          writer.object { subjects.writeDispatch(subject, service: true, operation: true, to: &$0) }
          writer.object { writer in
            writer.writeCondition { writer in
              writer.writeRequired(["operation"])
              writer.writeProperties { $0.writeEnum("operation", subject.operation.commands) }
            }
            subjects.writeParameters(of: subject, to: &writer)
          }
        }
      }
    }
    writer.member("additionalProperties", false)
  }

  private func text(_ name: String, _ about: String, _ bounds: [String: Int], to writer: inout JSONWriter) {
    writer.key(name)
    writer.object { writer in
      writer.member("title", name)
      writer.member("description", about)
      writer.member("type", "string")
      for (key, bound) in bounds.sorted(by: { $0.key < $1.key }) { writer.member(key, bound) }
    }
  }
}
