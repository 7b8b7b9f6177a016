internal import Models
internal import Syntax
internal import Verdicts

/// The operations of an envelope schema, with the names that requests may use for them.
struct EnvelopeSubjects {
  let all: [SchemaSubject]
  private let services: [String]
  /// Regions in which any of the services has an endpoint; `nil` if any region is possible.
  private let regions: [String]?
  /// The regions of services that have fewer than others.
  private let narrowRegions: [String: [String]]

  init(_ subjects: [SchemaSubject], severity: Severity) {
    all = subjects
    services = Set(subjects.map(\.operation.service)).sorted()
    let own = subjects.compactMap { subject in subject.regions.map { (subject.operation.service, $0) } }
    guard severity < .error, own.count == subjects.count else {
      regions = nil
      narrowRegions = [:]
      return
    }
    let allRegions = Set(own.flatMap(\.1))
    regions = allRegions.sorted()
    narrowRegions = Dictionary(own) { first, _ in first }.filter { $0.value.count < allRegions.count }
  }

  /// The only operation, if there is one, so that nothing has to name it.
  var single: SchemaSubject? { all.count == 1 ? all[0] : nil }

  /// Writes the regions of services that have fewer than others, as entries of an open `$defs`.
  func writeRegions(to writer: inout JSONWriter) {
    for (service, regions) in narrowRegions.sorted(by: { $0.key < $1.key }) {
      writer.key("regions.\(service)")
      writer.object { writer in
        writer.key("enum")
        writer.writeStrings(regions)
      }
    }
  }

  /// Writes the names that envelopes and defaults share.
  func writeNames(to writer: inout JSONWriter) {
    writer.key("service")
    writer.object { writer in
      writer.member("title", "service")
      writer.key("enum")
      writer.writeStrings(services.flatMap { [$0] + CommandLineNames.names(of: $0) })
    }
    writer.key("operation")
    writer.object { writer in
      writer.member("title", "operation")
      writer.key("enum")
      var known: Set<String> = []
      let names = all.flatMap { $0.operation.spellings + $0.operation.commands }
      writer.writeStrings(names.filter { known.insert($0).inserted })
    }
    writer.key("region")
    writer.object { writer in
      writer.member("title", "region")
      writer.member("type", "string")
      guard let regions else { return }
      writer.key("enum")
      writer.writeStrings(regions)
    }
    writer.key("account")
    writer.object { writer in
      writer.member("title", "account")
      writer.member("description", "twelve digits")
      writer.key("type")
      writer.writeStrings(["string", "integer"])
      writer.member("pattern", "^[0-9]{12}$")
      // Without quotes, leading zeros are lost.
      writer.member("minimum", 0)
      writer.member("maximum", 999_999_999_999)
    }
  }

  /// Requires a service for an operation, unless the operation is a whole AWS CLI command.
  func writeNeedOfService(to writer: inout JSONWriter) {
    writer.writeCondition { writer in
      writer.writeRequired(["operation"])
      writer.writeProperties { writer in
        writer.key("operation")
        writer.object { writer in
          writer.key("not")
          writer.object { $0.member("pattern", "^aws ") }
        }
      }
    }
    writer.key("then")
    writer.object { $0.writeRequired(["service"]) }
  }

  /// Writes a service, by any of its names.
  func writeService(_ service: String, to writer: inout JSONWriter) {
    let others = CommandLineNames.names(of: service)
    if others.isEmpty {
      writer.writeConstant("service", service)
    } else {
      writer.writeEnum("service", [service] + others)
    }
  }

  /// Writes which operations belong to which service.
  func writePairs(to writer: inout JSONWriter) {
    guard services.count > 1 else { return }
    for service in services {
      writer.object { writer in
        writer.writeCondition { writer in
          writer.writeRequired(["service", "operation"])
          writer.writeProperties { writeService(service, to: &$0) }
        }
        writer.key("then")
        writer.object { writer in
          writer.writeProperties { writer in
            writer.writeEnum(
              "operation",
              all.filter { $0.operation.service == service }
                .flatMap { $0.operation.spellings + $0.operation.commands })
          }
        }
      }
    }
  }

  /// Constrains the parameters of a request by its own names: service, operation, or both.
  func writeDispatch(
    _ subject: SchemaSubject, service: Bool, operation: Bool, to writer: inout JSONWriter
  ) {
    writer.writeCondition { writer in
      let names = [service ? "service" : nil, operation ? "operation" : nil].compactMap { $0 }
      if !names.isEmpty {
        writer.writeRequired(names)
        writer.writeProperties { writer in
          if service { writeService(subject.operation.service, to: &writer) }
          if operation { writer.writeEnum("operation", subject.operation.spellings) }
        }
      }
      let absent = [service ? nil : "service", operation ? nil : "operation"].compactMap { $0 }
      guard !absent.isEmpty else { return }
      writer.key("not")
      writer.object { writer in
        writer.key("anyOf")
        writer.array { writer in
          for name in absent { writer.object { $0.writeRequired([name]) } }
        }
      }
    }
    writeParameters(of: subject, to: &writer)
  }

  /// Writes the constraints on a request of an operation.
  func writeParameters(of subject: SchemaSubject, to writer: inout JSONWriter) {
    writer.key("then")
    writer.object { writer in
      if subject.needsParameters { writer.writeRequired(["parameters"]) }
      writer.writeProperties { writer in
        writer.key("parameters")
        writer.object { $0.member("$ref", "#/$defs/\(subject.operation.id)") }
        guard narrowRegions[subject.operation.service] != nil else { return }
        writer.key("region")
        writer.object { $0.member("$ref", "#/$defs/regions.\(subject.operation.service)") }
      }
    }
  }
}

extension Operation {
  /// The names by which a file may refer to the operation.
  var spellings: [String] {
    let dashed = OperationSpelling.split(name, by: "-")
    let lined = OperationSpelling.split(name, by: "_")
    return [name, dashed] + (lined == dashed ? [] : [lined]) + CommandLineNames.names(of: id)
  }

  /// The operation as a whole AWS CLI command.
  var commands: [String] {
    ([OperationSpelling.split(name, by: "-")] + CommandLineNames.names(of: id))
      .map { "aws \(CommandLineNames.command(for: service)) \($0)" }
  }
}
