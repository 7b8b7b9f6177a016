internal import Linting
internal import Rules
internal import Syntax
internal import Verdicts

/// The JSON Schema of a configuration, by which editors complete and check it.
///
/// - Shape: UTF-8, with a line end.
/// - Source: JSON Schema 2020-12.
func configurationSchema() -> [UInt8] {
  var writer = JSONWriter()
  writer.object { writer in
    writer.member("$schema", "https://json-schema.org/draft/2020-12/schema")
    writer.describe(
      "Configuration of reqlint",
      "Holds for the files below its folder, up to the next \(Configuration.fileName).")
    // A file of comments alone asks for nothing.
    writer.strings("type", ["object", "null"])
    writer.member("additionalProperties", false)
    writer.key("properties")
    writer.object { writer in
      for key in ConfigurationKey.allCases {
        writer.key(key.rawValue)
        writer.object { writeSchema(of: key, to: &$0) }
      }
    }
    writer.key("$defs")
    writer.object { writer in
      writer.key("glob")
      writer.object { $0.describeGlob() }
      writer.key("rule")
      writer.object { $0.describeRule() }
    }
  }
  writer.endLine()
  return writer.bytes
}

private func writeSchema(of key: ConfigurationKey, to writer: inout JSONWriter) {
  switch key {
  case .rules:
    writer.describe(
      "Rule packs", "Folders of rules beside the built-in ones, from the configuration's folder.")
    writer.list { $0.nonBlankText() }
  case .severity:
    writer.describe("Severities", "What a rule is to be in place of its own severity; off switches it off.")
    writer.member("type", "object")
    writer.key("propertyNames")
    writer.object { $0.reference("rule") }
    writer.key("additionalProperties")
    writer.object { $0.strings("enum", Severity.names + ["off"]) }
  case .failLevel:
    writer.describe("Fail level", "Severity from which the exit status is 1; --fail-level goes before it.")
    writer.strings("enum", Severity.names)
  case .bindings:
    writer.describe(
      "Bindings", "The operation of files that do not name one themselves; the first that fits counts.")
    writer.list { writer in
      writer.closedObject(required: ["files", "operation"]) { writer in
        writer.property("files") { $0.reference("glob") }
        writer.property("operation") { writer in
          writer.describe("Operation", "SERVICE.OPERATION, in any of its spellings.")
          writer.member("type", "string")
          writer.member("pattern", "^[^.]+\\.[^.]+$")
        }
      }
    }
  case .exclude:
    writer.describe("Exclusions", "Files and folders that are never looked at.")
    writer.list { $0.reference("glob") }
  case .region:
    writer.describe("Region", "Of requests that declare none; --region goes before it.")
    writer.member("type", "string")
    writer.member("pattern", "^[a-z0-9-]{1,63}$")
  case .account: describeAccount(to: &writer)
  case .suppress: describeSuppressions(to: &writer)
  case .requireReason:
    writer.describe("Reasons", "Whether a suppression has to say why.")
    writer.member("type", "boolean")
    writer.member("default", true)
  case .limits: describeLimits(to: &writer)
  }
}

private func describeLimits(to writer: inout JSONWriter) {
  writer.describe("Limits", "How much of a file is read, and how much work is done for it.")
  writer.member("type", "object")
  writer.member("additionalProperties", false)
  writer.key("properties")
  writer.object { writer in
    for name in Limits.Name.allCases {
      writer.property(name.rawValue) { writer in
        writer.describe(name.title, name.summary.prefix(1).uppercased() + name.summary.dropFirst() + ".")
        writer.member("type", "integer")
        writer.member("minimum", name.range.lowerBound)
        writer.member("maximum", name.range.upperBound)
        writer.member("default", Limits()[name])
      }
    }
  }
}

extension Limits.Name {
  /// The name as a heading.
  fileprivate var title: String {
    rawValue.prefix(1).uppercased() + rawValue.dropFirst().map { $0 == "-" ? " " : String($0) }.joined()
  }
}

private func describeAccount(to writer: inout JSONWriter) {
  writer.describe("Account", "Twelve digits, of requests that declare none; --account goes before it.")
  writer.key("anyOf")
  writer.array { writer in
    writer.object { writer in
      writer.member("type", "string")
      writer.member("pattern", "^[0-9]{12}$")
    }
    writer.object { writer in
      writer.member("type", "integer")
      writer.member("minimum", 100_000_000_000)
      writer.member("maximum", 999_999_999_999)
    }
  }
}

private func describeSuppressions(to writer: inout JSONWriter) {
  writer.describe(
    "Suppressions", "Findings that are not held against their files; reports show them as suppressed.")
  writer.list { writer in
    writer.closedObject(required: ["rule", "files"]) { writer in
      writer.property("rule") { $0.reference("rule") }
      writer.property("files") { $0.reference("glob") }
      writer.property("pointer") { writer in
        writer.describe("Place", "JSON pointer that the finding's place begins with.")
        writer.member("type", "string")
        writer.member("pattern", "^(/([^~]|~[01])*)?$")
      }
      writer.property("reason") { writer in
        writer.describe("Reason", "Why this is right here.")
        writer.member("type", "string")
      }
      writer.property("until") { writer in
        writer.describe("Last day", "The last day, in UTC, on which it holds.")
        writer.member("type", "string")
        writer.member("format", "date")
        writer.member("pattern", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
      }
    }
  }
}

extension Severity {
  fileprivate static var names: [String] { allCases.reversed().map(\.rawValue) }
}

extension JSONWriter {
  fileprivate mutating func describe(_ title: String, _ description: String) {
    member("title", title)
    member("description", description)
  }

  fileprivate mutating func strings(_ key: String, _ texts: [String]) {
    self.key(key)
    array { writer in texts.forEach { writer.value($0) } }
  }

  fileprivate mutating func list(_ item: (inout JSONWriter) -> Void) {
    member("type", "array")
    key("items")
    object(item)
  }

  fileprivate mutating func closedObject(required: [String], _ properties: (inout JSONWriter) -> Void) {
    member("type", "object")
    member("additionalProperties", false)
    strings("required", required)
    key("properties")
    object(properties)
  }

  fileprivate mutating func property(_ name: String, _ body: (inout JSONWriter) -> Void) {
    key(name)
    object(body)
  }

  fileprivate mutating func reference(_ name: String) { member("$ref", "#/$defs/\(name)") }

  fileprivate mutating func nonBlankText() {
    member("type", "string")
    member("pattern", "\\S")
  }

  fileprivate mutating func describeGlob() {
    describe(
      "Glob",
      "As in .gitignore: * ? [a-z] {a,b} **; without a slash it fits a name at any depth, and a folder covers what is in it."
    )
    member("type", "string")
    member("minLength", 1)
    member("maxLength", Glob.longest)
    // No !, and no part . or .. but ./ at the start.
    member("pattern", "^(?!!)(?!(.*/)?\\.\\.(/|$))(?!.+/\\.(/|$))(?!\\.$)(?=.*[^/\\s])")
  }

  /// Those of rule packs are not known here, so that the built-in ones are only offered.
  fileprivate mutating func describeRule() {
    describe("Rule", "The id of a rule or check: reqlint rules list.")
    key("anyOf")
    array { writer in
      let rules = RuleBook.builtInFiles.filter { $0.kind != .operation }.map(\.id)
      writer.object { $0.strings("enum", BuiltInCheck.all.map(\.id) + rules) }
      writer.object { $0.nonBlankText() }
    }
  }
}
