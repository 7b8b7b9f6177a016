internal import Patterns
internal import Rules
internal import Syntax
internal import Verdicts

/// A rule about one request, as a schema that every JSON Schema 2020-12 validator understands.
///
/// - Source: JSON Schema 2020-12, Core and Validation.
struct RuleSchema {
  let rule: RuleSource
  /// The location of the rule's schema in the file.
  let place: String

  private var document: Document { rule.document }

  /// The reason that the rule cannot be expressed this way; `nil` if it can.
  var obstacle: String? {
    [rule.when, rule.assert].lazy.compactMap { $0 }.compactMap { problem(at: $0) }.first
  }

  // MARK: Looking

  private func problem(at node: NodeID) -> String? {
    let node = document.resolve(node)
    for entry in document.entries(of: node) {
      let key = document.string(of: entry.key)
      if let problem = problem(key, entry.value) { return problem }
    }
    return nil
  }

  private func problem(_ key: String, _ value: NodeID) -> String? {
    if key.hasPrefix("x-") { return "\(key) is no keyword of JSON Schema" }
    if key == "format" { return "readers of JSON Schema need not look at format" }
    if key == "pattern", ECMAScriptPattern.portable(document.string(of: value)) == nil {
      return "its pattern is more than ECMA-262 has"
    }
    switch Self.content(of: key) {
    case .value: return nil
    case .schema: return problem(at: value)
    case .schemas: return document.items(of: value).lazy.compactMap { problem(at: $0) }.first
    case .table:
      for entry in document.entries(of: value) {
        if key == "patternProperties",
          ECMAScriptPattern.portable(document.string(of: entry.key)) == nil
        {
          return "its pattern is more than ECMA-262 has"
        }
        if let problem = problem(at: entry.value) { return problem }
      }
      return nil
    }
  }

  private enum Content { case value, schema, schemas, table }

  private static func content(of keyword: String) -> Content {
    switch keyword {
    case "not", "if", "then", "else", "items", "contains", "propertyNames", "additionalProperties": .schema
    case "allOf", "anyOf", "oneOf", "prefixItems": .schemas
    case "properties", "patternProperties", "$defs", "dependentSchemas": .table
    default: .value
    }
  }

  // MARK: Writing

  func write(to writer: inout JSONWriter) {
    let description = rule.description
    writer.object { writer in
      writer.member("title", description.title)
      // A template is not meant to be read.
      if let hint = description.hint, !hint.contains("{") { writer.member("description", hint) }
      writer.member("$comment", description.id)
      writer.member("x-reqlint-rule", description.id)
      writer.member("x-reqlint-severity", description.severity.rawValue)
      guard let when = rule.when else {
        writer.key("allOf")
        writer.array { writeSchema(rule.assert, place + "/allOf/0", to: &$0) }
        return
      }
      writer.key("if")
      writeSchema(when, place + "/if", to: &writer)
      writer.key("then")
      writeSchema(rule.assert, place + "/then", to: &writer)
    }
  }

  /// - Parameter root: the location of the schema that references start from.
  private func writeSchema(_ node: NodeID, _ root: String, to writer: inout JSONWriter) {
    let node = document.resolve(node)
    guard document[node].kind == .mapping else { return writer.scalar(node, of: document) }
    writer.object { writer in
      for entry in document.entries(of: node) {
        let key = document.string(of: entry.key)
        guard key != "$schema" else { continue }
        writer.key(key)
        writeKeyword(key, entry.value, root, to: &writer)
      }
    }
  }

  private func writeKeyword(_ key: String, _ value: NodeID, _ root: String, to writer: inout JSONWriter) {
    switch key {
    case "pattern": return writer.value(portable(value))
    case "$ref": return writer.value("#\(root)\(document.string(of: value).dropFirst())")
    default: break
    }
    switch Self.content(of: key) {
    case .value: writer.copy(value, of: document)
    case .schema: writeSchema(value, root, to: &writer)
    case .schemas:
      writer.array { writer in
        for item in document.items(of: value) { writeSchema(item, root, to: &writer) }
      }
    case .table:
      writer.object { writer in
        for entry in document.entries(of: value) {
          writer.key(key == "patternProperties" ? portable(entry.key) : document.string(of: entry.key))
          writeSchema(entry.value, root, to: &writer)
        }
      }
    }
  }

  private func portable(_ node: NodeID) -> String {
    let pattern = document.string(of: node)
    return ECMAScriptPattern.portable(pattern) ?? pattern
  }
}
