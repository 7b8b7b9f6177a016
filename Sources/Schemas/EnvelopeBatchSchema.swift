internal import Models
internal import Syntax

/// The schema of a batch: requests, and the defaults that complete them.
struct EnvelopeBatchSchema {
  let subjects: EnvelopeSubjects

  func write(to writer: inout JSONWriter) {
    writer.member("title", "batch")
    writer.member("type", "object")
    writer.writeProperties { writer in
      writer.key("defaults")
      writer.object { writer in
        writer.member("title", "defaults")
        writer.member("description", "what the requests do not say themselves")
        writer.member("type", "object")
        writer.writeProperties { subjects.writeNames(to: &$0) }
        writer.member("additionalProperties", false)
      }
      writer.key("requests")
      writer.object { writer in
        writer.member("title", "requests")
        writer.member("type", "array")
        writer.member("minItems", 1)
        writer.key("items")
        writer.object { $0.member("$ref", "#/$defs/request") }
      }
    }
    writer.writeRequired(["requests"])
    writer.member("additionalProperties", false)
    writer.key("allOf")
    writer.array { writer in
      writeMissingNames(to: &writer)
      if subjects.single == nil { writeDefaults(to: &writer) }
    }
  }

  /// Requires an operation for a service and a service for an operation, wherever each is named.
  private func writeMissingNames(to writer: inout JSONWriter) {
    for name in ["service", "operation"] {
      let other = name == "service" ? "operation" : "service"
      writer.object { writer in
        writer.writeCondition { defaults(having: [name], to: &$0) }
        // Whatever else the request has, it has this name, so the other name is required too.
        writer.key("then")
        writer.object { writer in
          writer.writeCondition { defaults(having: [other], to: &$0) }
          writer.key("else")
          writer.object { $0.writeRequests { $0.writeRequired([other]) } }
        }
        writer.key("else")
        writer.object { writer in
          writer.writeRequests { writer in
            if other == "operation" {
              subjects.writeNeedOfService(to: &writer)
            } else {
              writer.writeDependent([(other, name)])
            }
          }
        }
      }
    }
  }

  /// Writes the parameters of requests that take their names from the defaults.
  private func writeDefaults(to writer: inout JSONWriter) {
    for subject in subjects.all {
      let service = subject.operation.service
      let spellings = subject.operation.spellings
      for (hasService, hasOperation) in [(false, true), (true, false), (false, false)] {
        writer.object { writer in
          writer.writeCondition { writer in
            writer.writeRequired(["defaults"])
            writer.writeProperties { writer in
              writer.key("defaults")
              writer.object { writer in
                let names = [hasService ? nil : "service", hasOperation ? nil : "operation"]
                writer.writeRequired(names.compactMap { $0 })
                writer.writeProperties { writer in
                  if !hasService { subjects.writeService(service, to: &writer) }
                  if !hasOperation { writer.writeEnum("operation", spellings) }
                }
              }
            }
          }
          writer.key("then")
          writer.object { writer in
            writer.writeRequests {
              subjects.writeDispatch(subject, service: hasService, operation: hasOperation, to: &$0)
            }
          }
        }
      }
    }
  }

  private func defaults(having names: [String], to writer: inout JSONWriter) {
    writer.writeRequired(["defaults"])
    writer.writeProperties { writer in
      writer.key("defaults")
      writer.object { $0.writeRequired(names) }
    }
  }
}

extension JSONWriter {
  /// Writes the constraints on each request of the batch.
  fileprivate mutating func writeRequests(_ body: (inout JSONWriter) -> Void) {
    writeProperties { writer in
      writer.key("requests")
      writer.object { writer in
        writer.key("items")
        writer.object(body)
      }
    }
  }
}
