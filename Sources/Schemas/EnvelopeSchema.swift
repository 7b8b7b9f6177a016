internal import Models
internal import Syntax
internal import Verdicts

/// JSON Schema 2020-12 for files with envelopes or batches of some operations.
///
/// - Parameter subjects: at least one, each operation once.
package func envelopeSchema(of subjects: [SchemaSubject], _ settings: SchemaSettings) -> [UInt8] {
  precondition(!subjects.isEmpty)
  return EnvelopeSchema(
    subjects: EnvelopeSubjects(subjects, severity: settings.severity), settings: settings
  ).bytes
}

private struct EnvelopeSchema {
  let subjects: EnvelopeSubjects
  let settings: SchemaSettings

  var bytes: [UInt8] {
    let title =
      subjects.single.map { "requests for \($0.operation.id)" }
      ?? "requests for \(subjects.all.count) operations"
    var writer = JSONWriter(.indented)
    writer.object { writer in
      writer.writeHead(title, settings)
      writer.member("type", "object")
      writer.writeCondition { $0.writeRequired(["requests"]) }
      writer.key("then")
      writer.object { $0.member("$ref", "#/$defs/batch") }
      writer.key("else")
      writer.object { writer in
        writer.member("$ref", "#/$defs/request")
        writer.writeDependent([("service", "operation")])
        subjects.writeNeedOfService(to: &writer)
      }
      var omissions: [Omission] = []
      writer.key("$defs")
      writer.object { writer in
        writer.key("request")
        writer.object { EnvelopeRequestSchema(subjects: subjects).write(to: &$0) }
        writer.key("batch")
        writer.object { EnvelopeBatchSchema(subjects: subjects).write(to: &$0) }
        subjects.writeRegions(to: &writer)
        omissions = writeOperations(to: &writer)
      }
      writer.write(omissions)
    }
    writer.endLine()
    return writer.bytes
  }

  private func writeOperations(to writer: inout JSONWriter) -> [Omission] {
    var omissions: [Omission] = []
    for subject in subjects.all {
      let id = subject.operation.id.description
      var schema = OperationSchema(
        subject, severity: settings.severity, place: "/$defs/\(id)", prefix: "\(id).")
      writer.key(id)
      writer.object { writer in
        writer.member("title", id)
        schema.write(to: &writer)
      }
      schema.writeDefinitions(to: &writer)
      omissions += schema.omissions.filter { !omissions.contains($0) }
    }
    return omissions
  }
}
