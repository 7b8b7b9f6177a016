package import Models
package import Rules
internal import Syntax
package import Verdicts

/// The inputs for the schema of one operation.
package struct SchemaSubject: Sendable {
  package let operation: Operation
  package let rules: [RuleSource]
  /// Whether built-in rules cover the operation: its patterns are then known to match whole strings.
  package let hasOwnRules: Bool
  /// Regions in which the service has an endpoint; `nil` if any region is possible.
  package let regions: [String]?
  /// The user's severities for checks.
  package let levels: RuleLevels

  package init(
    operation: Operation, rules: [RuleSource], hasOwnRules: Bool, regions: [String]?,
    levels: RuleLevels = RuleLevels()
  ) {
    self.operation = operation
    self.rules = rules
    self.hasOwnRules = hasOwnRules
    self.regions = regions
    self.levels = levels
  }

  /// Whether a request must have parameters at all.
  var needsParameters: Bool {
    let members = operation.input.map { operation[$0].members } ?? []
    return members.contains { operation.mustBeGiven($0) } || rules.contains(where: \.refusesNothing)
  }
}

/// The origin of a schema, and how strict it is.
package struct SchemaSettings: Sendable {
  package let toolVersion: String
  package let catalogSource: String
  /// Findings below this severity are not expressed in the schema.
  package let severity: Severity

  package init(toolVersion: String, catalogSource: String, severity: Severity) {
    self.toolVersion = toolVersion
    self.catalogSource = catalogSource
    self.severity = severity
  }
}

/// The parameters of one operation as JSON Schema.
struct OperationSchema {
  let subject: SchemaSubject
  /// The location of the schema in its file.
  private let place: String
  private var model: ModelSchema
  private var ruleOmissions: [Omission] = []

  /// - Parameters:
  ///   - place: JSON pointer to the schema in its file.
  ///   - prefix: prepended to the names of all its entries in the file's `$defs`.
  init(_ subject: SchemaSubject, severity: Severity, place: String, prefix: String) {
    self.subject = subject
    self.place = place
    model = ModelSchema(
      subject.operation, severity: severity, levels: subject.levels, hasOwnRules: subject.hasOwnRules,
      prefix: prefix)
  }

  var omissions: [Omission] { model.omissions + ruleOmissions }
  var hasDefinitions: Bool { !model.sharedShapes.isEmpty }

  /// Writes the keys of an object that is already open.
  mutating func write(to writer: inout JSONWriter) {
    model.writeInput(to: &writer)
    var rules: [RuleSource] = []
    for rule in subject.rules {
      if let obstacle = RuleSchema(rule: rule, place: place).obstacle {
        ruleOmissions.append(Omission(rule: rule.description.id, reason: obstacle))
      } else {
        rules.append(rule)
      }
    }
    let operation = subject.operation
    let aliases = operation.input.map { operation[$0].members.count { operation.alias(of: $0) != nil } } ?? 0
    guard aliases + rules.count > 0 else { return }
    writer.key("allOf")
    writer.array { writer in
      model.writeAliases(to: &writer)
      for (index, rule) in rules.enumerated() {
        RuleSchema(rule: rule, place: "\(place)/allOf/\(aliases + index)").write(to: &writer)
      }
    }
  }

  /// Writes the shapes that are used more than once, as entries of an open `$defs`.
  mutating func writeDefinitions(to writer: inout JSONWriter) {
    for id in model.sharedShapes { model.writeDefinition(id, to: &writer) }
  }
}

/// JSON Schema 2020-12 of an operation's bare parameters.
package func parameterSchema(of subject: SchemaSubject, _ settings: SchemaSettings) -> [UInt8] {
  var schema = OperationSchema(subject, severity: settings.severity, place: "", prefix: "")
  var writer = JSONWriter(.indented)
  writer.object { writer in
    writer.writeHead(subject.operation.id.description, settings)
    schema.write(to: &writer)
    if schema.hasDefinitions {
      writer.key("$defs")
      writer.object { schema.writeDefinitions(to: &$0) }
    }
    writer.write(schema.omissions)
  }
  writer.endLine()
  return writer.bytes
}

extension JSONWriter {
  /// Writes the beginning of every schema.
  mutating func writeHead(_ title: String, _ settings: SchemaSettings) {
    member("$schema", "https://json-schema.org/draft/2020-12/schema")
    member("title", title)
    member("$comment", "reqlint \(settings.toolVersion), \(settings.catalogSource)")
  }

  /// Lists the findings of lint that the schema does not express.
  mutating func write(_ omissions: [Omission]) {
    guard !omissions.isEmpty else { return }
    key("x-reqlint-not-expressed")
    array { writer in
      for omission in omissions {
        writer.lineObject { writer in
          writer.member("rule", omission.rule)
          writer.member("reason", omission.reason)
        }
      }
    }
  }
}
