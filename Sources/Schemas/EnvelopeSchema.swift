internal import Models
internal import Rules
internal import Syntax

/// JSON Schema 2020-12 of files that hold envelopes or batches of some operations.
///
/// - Parameter subjects: at least one, each operation once.
public func envelopeSchema(of subjects: [SchemaSubject], _ settings: SchemaSettings) -> [UInt8] {
  precondition(!subjects.isEmpty)
  return EnvelopeSchema(subjects: subjects, settings: settings).bytes
}

private struct EnvelopeSchema {
  private let subjects: [SchemaSubject]
  private let settings: SchemaSettings
  private let services: [String]
  /// Regions in which any of the services has an endpoint; `nil` where any may be meant.
  private let regions: [String]?
  /// Of services that have endpoints in fewer of them.
  private let narrowRegions: [String: [String]]

  init(subjects: [SchemaSubject], settings: SchemaSettings) {
    self.subjects = subjects
    self.settings = settings
    services = Set(subjects.map(\.operation.service)).sorted()
    let own = subjects.compactMap { subject in subject.regions.map { (subject.operation.service, $0) } }
    guard settings.severity < .error, own.count == subjects.count else {
      regions = nil
      narrowRegions = [:]
      return
    }
    let all = Set(own.flatMap(\.1))
    regions = all.sorted()
    narrowRegions = Dictionary(own) { first, _ in first }.filter { $0.value.count < all.count }
  }

  /// The only operation, so that nothing has to name it.
  private var single: SchemaSubject? { subjects.count == 1 ? subjects[0] : nil }

  var bytes: [UInt8] {
    let title =
      single.map { "requests for \($0.operation.id)" } ?? "requests for \(subjects.count) operations"
    var writer = JSONWriter(.indented)
    writer.object { writer in
      writer.writeHead(title, settings)
      writer.member("type", "object")
      writeCondition({ required(["requests"], to: &$0) }, to: &writer)
      writer.key("then")
      writer.object { $0.member("$ref", "#/$defs/batch") }
      writer.key("else")
      writer.object { writer in
        writer.member("$ref", "#/$defs/request")
        writeDependent([("service", "operation")], to: &writer)
        writeNeedOfService(to: &writer)
      }
      var omissions: [Omission] = []
      writer.key("$defs")
      writer.object { writer in
        writer.key("request")
        writer.object { writeRequest(to: &$0) }
        writer.key("batch")
        writer.object { writeBatch(to: &$0) }
        writeRegions(to: &writer)
        omissions = writeOperations(to: &writer)
      }
      writer.write(omissions)
    }
    writer.endLine()
    return writer.bytes
  }

  private func writeRegions(to writer: inout JSONWriter) {
    for (service, regions) in narrowRegions.sorted(by: { $0.key < $1.key }) {
      writer.key("regions.\(service)")
      writer.object { writer in
        writer.key("enum")
        strings(regions, to: &writer)
      }
    }
  }

  private func writeOperations(to writer: inout JSONWriter) -> [Omission] {
    var omissions: [Omission] = []
    for subject in subjects {
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

  // MARK: One request

  private func writeRequest(to writer: inout JSONWriter) {
    writer.member("title", "request")
    writer.member("type", "object")
    writer.key("properties")
    writer.object { writer in
      text("id", "names the request in reports and plans", ["minLength": 1], to: &writer)
      text("description", "what the request is for", [:], to: &writer)
      writeNames(to: &writer)
      writer.key("parameters")
      writer.object { writer in
        writer.member("title", "parameters")
        if let single { writer.member("$ref", "#/$defs/\(single.operation.id)") }
      }
    }
    if let single {
      if single.needsParameters { required(["parameters"], to: &writer) }
    } else {
      writer.key("allOf")
      writer.array { writer in
        writePairs(to: &writer)
        for subject in subjects {
          writer.object { writeDispatch(subject, service: true, operation: true, to: &$0) }
          writer.object { writer in
            writeCondition(
              { writer in
                required(["operation"], to: &writer)
                properties(&writer) { oneOf("operation", subject.operation.commands, to: &$0) }
              }, to: &writer)
            writeParameters(of: subject, to: &writer)
          }
        }
      }
    }
    writer.member("additionalProperties", false)
  }

  private func writeDependent(_ pairs: [(String, String)], to writer: inout JSONWriter) {
    writer.key("dependentRequired")
    writer.object { writer in
      for (name, other) in pairs {
        writer.key(name)
        writer.array { $0.value(other) }
      }
    }
  }

  /// An operation needs a service, unless it is a whole command of the AWS CLI.
  private func writeNeedOfService(to writer: inout JSONWriter) {
    writeCondition(
      { writer in
        required(["operation"], to: &writer)
        properties(&writer) { writer in
          writer.key("operation")
          writer.object { writer in
            writer.key("not")
            writer.object { $0.member("pattern", "^aws ") }
          }
        }
      }, to: &writer)
    writer.key("then")
    writer.object { required(["service"], to: &$0) }
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

  /// What envelopes and defaults have in common.
  private func writeNames(to writer: inout JSONWriter) {
    writer.key("service")
    writer.object { writer in
      writer.member("title", "service")
      writer.key("enum")
      strings(services.flatMap { [$0] + CommandLineNames.names(of: $0) }, to: &writer)
    }
    writer.key("operation")
    writer.object { writer in
      writer.member("title", "operation")
      writer.key("enum")
      var known: Set<String> = []
      let names = subjects.flatMap { $0.operation.spellings + $0.operation.commands }
      strings(names.filter { known.insert($0).inserted }, to: &writer)
    }
    writer.key("region")
    writer.object { writer in
      writer.member("title", "region")
      writer.member("type", "string")
      guard let regions else { return }
      writer.key("enum")
      strings(regions, to: &writer)
    }
    writer.key("account")
    writer.object { writer in
      writer.member("title", "account")
      writer.member("description", "twelve digits")
      writer.key("type")
      strings(["string", "integer"], to: &writer)
      writer.member("pattern", "^[0-9]{12}$")
      // Without quotes leading zeros are lost.
      writer.member("minimum", 0)
      writer.member("maximum", 999_999_999_999)
    }
  }

  /// Which operations go with which service.
  private func writePairs(to writer: inout JSONWriter) {
    guard services.count > 1 else { return }
    for service in services {
      writer.object { writer in
        writeCondition(
          { writer in
            required(["service", "operation"], to: &writer)
            properties(&writer) { named(service, to: &$0) }
          }, to: &writer)
        writer.key("then")
        writer.object { writer in
          properties(&writer) { writer in
            oneOf(
              "operation",
              subjects.filter { $0.operation.service == service }
                .flatMap { $0.operation.spellings + $0.operation.commands }, to: &writer)
          }
        }
      }
    }
  }

  /// Holds the parameters against an operation, where the request itself names the service, the operation, or both.
  private func writeDispatch(
    _ subject: SchemaSubject, service: Bool, operation: Bool, to writer: inout JSONWriter
  ) {
    writeCondition(
      { writer in
        let names = [service ? "service" : nil, operation ? "operation" : nil].compactMap { $0 }
        if !names.isEmpty {
          required(names, to: &writer)
          properties(&writer) { writer in
            if service { named(subject.operation.service, to: &writer) }
            if operation { oneOf("operation", subject.operation.spellings, to: &writer) }
          }
        }
        let absent = [service ? nil : "service", operation ? nil : "operation"].compactMap { $0 }
        guard !absent.isEmpty else { return }
        writer.key("not")
        writer.object { writer in
          writer.key("anyOf")
          writer.array { writer in
            for name in absent { writer.object { required([name], to: &$0) } }
          }
        }
      }, to: &writer)
    writeParameters(of: subject, to: &writer)
  }

  /// What a request of an operation has to be.
  private func writeParameters(of subject: SchemaSubject, to writer: inout JSONWriter) {
    writer.key("then")
    writer.object { writer in
      if subject.needsParameters { required(["parameters"], to: &writer) }
      properties(&writer) { writer in
        writer.key("parameters")
        writer.object { $0.member("$ref", "#/$defs/\(subject.operation.id)") }
        guard narrowRegions[subject.operation.service] != nil else { return }
        writer.key("region")
        writer.object { $0.member("$ref", "#/$defs/regions.\(subject.operation.service)") }
      }
    }
  }

  // MARK: Batches

  private func writeBatch(to writer: inout JSONWriter) {
    writer.member("title", "batch")
    writer.member("type", "object")
    writer.key("properties")
    writer.object { writer in
      writer.key("defaults")
      writer.object { writer in
        writer.member("title", "defaults")
        writer.member("description", "what the requests do not say themselves")
        writer.member("type", "object")
        writer.key("properties")
        writer.object { writeNames(to: &$0) }
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
    required(["requests"], to: &writer)
    writer.member("additionalProperties", false)
    writer.key("allOf")
    writer.array { writer in
      writeMissingNames(to: &writer)
      if single == nil { writeDefaults(to: &writer) }
    }
  }

  /// A request that has a service needs an operation, and the other way round, wherever each is named.
  private func writeMissingNames(to writer: inout JSONWriter) {
    for name in ["service", "operation"] {
      let other = name == "service" ? "operation" : "service"
      writer.object { writer in
        writeCondition({ defaults(having: [name], to: &$0) }, to: &writer)
        // Whatever else the request says, it has this name: so the other one is needed too.
        writer.key("then")
        writer.object { writer in
          writeCondition({ defaults(having: [other], to: &$0) }, to: &writer)
          writer.key("else")
          writer.object { items(&$0) { required([other], to: &$0) } }
        }
        writer.key("else")
        writer.object { writer in
          items(&writer) { writer in
            if other == "operation" {
              writeNeedOfService(to: &writer)
            } else {
              writeDependent([(other, name)], to: &writer)
            }
          }
        }
      }
    }
  }

  /// The parameters of requests that leave names to the defaults.
  private func writeDefaults(to writer: inout JSONWriter) {
    for subject in subjects {
      let service = subject.operation.service
      let spellings = subject.operation.spellings
      for (hasService, hasOperation) in [(false, true), (true, false), (false, false)] {
        writer.object { writer in
          writeCondition(
            { writer in
              required(["defaults"], to: &writer)
              properties(&writer) { writer in
                writer.key("defaults")
                writer.object { writer in
                  let names = [hasService ? nil : "service", hasOperation ? nil : "operation"]
                  required(names.compactMap { $0 }, to: &writer)
                  properties(&writer) { writer in
                    if !hasService { named(service, to: &writer) }
                    if !hasOperation { oneOf("operation", spellings, to: &writer) }
                  }
                }
              }
            }, to: &writer)
          writer.key("then")
          writer.object { writer in
            items(&writer) {
              writeDispatch(subject, service: hasService, operation: hasOperation, to: &$0)
            }
          }
        }
      }
    }
  }

  private func defaults(having names: [String], to writer: inout JSONWriter) {
    required(["defaults"], to: &writer)
    properties(&writer) { writer in
      writer.key("defaults")
      writer.object { required(names, to: &$0) }
    }
  }

  private func items(_ writer: inout JSONWriter, _ body: (inout JSONWriter) -> Void) {
    properties(&writer) { writer in
      writer.key("requests")
      writer.object { writer in
        writer.key("items")
        writer.object(body)
      }
    }
  }

  // MARK: Parts

  private func writeCondition(_ body: (inout JSONWriter) -> Void, to writer: inout JSONWriter) {
    writer.key("if")
    writer.object(body)
  }

  private func properties(_ writer: inout JSONWriter, _ body: (inout JSONWriter) -> Void) {
    writer.key("properties")
    writer.object(body)
  }

  private func required(_ names: [String], to writer: inout JSONWriter) {
    writer.key("required")
    strings(names, to: &writer)
  }

  private func constant(_ name: String, _ value: String, to writer: inout JSONWriter) {
    writer.key(name)
    writer.object { $0.member("const", value) }
  }

  /// The service, by any of its names.
  private func named(_ service: String, to writer: inout JSONWriter) {
    let others = CommandLineNames.names(of: service)
    if others.isEmpty {
      constant("service", service, to: &writer)
    } else {
      oneOf("service", [service] + others, to: &writer)
    }
  }

  private func oneOf(_ name: String, _ values: [String], to writer: inout JSONWriter) {
    writer.key(name)
    writer.object { writer in
      writer.key("enum")
      strings(values, to: &writer)
    }
  }

  private func strings(_ list: [String], to writer: inout JSONWriter) {
    writer.array { writer in list.forEach { writer.value($0) } }
  }
}

extension Operation {
  /// The names by which a file may call the operation.
  fileprivate var spellings: [String] {
    let dashed = OperationSpelling.split(name, by: "-")
    let lined = OperationSpelling.split(name, by: "_")
    return [name, dashed] + (lined == dashed ? [] : [lined]) + CommandLineNames.names(of: id)
  }

  /// The operation as a whole command of the AWS CLI.
  fileprivate var commands: [String] {
    ([OperationSpelling.split(name, by: "-")] + CommandLineNames.names(of: id))
      .map { "aws \(CommandLineNames.command(for: service)) \($0)" }
  }
}
