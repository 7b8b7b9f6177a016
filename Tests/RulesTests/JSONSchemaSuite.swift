import Syntax
import TestSupport
import Testing

@testable import Rules

/// One group of the official JSON Schema test suite.
struct SchemaGroup {
  let file: String
  let document: Document
  let node: NodeID

  static func all(under folder: String) throws -> [SchemaGroup] {
    try Suites.files(under: folder).filter { $0.hasSuffix(".json") }.flatMap { try all(in: $0) }
  }

  static func all(in file: String) throws -> [SchemaGroup] {
    let parsed = try parse(Suites.bytes(file))
    return parsed.items(of: parsed.root).map { SchemaGroup(file: file, document: parsed, node: $0) }
  }

  private static func parse(_ bytes: [UInt8]) throws -> Document { try RulesTests.document(bytes, as: .json) }

  var name: String { "\(file): \(text("description", in: node))" }

  var tests: [NodeID] { Array(document.items(of: value("tests", in: node))) }

  func text(_ key: String, in node: NodeID) -> String { document.string(of: value(key, in: node)) }

  func value(_ key: String, in node: NodeID) -> NodeID {
    guard let value = document.value(of: key, in: node) else { preconditionFailure("\(file): no \(key)") }
    return value
  }
}

/// What became of the tests of some files.
struct SchemaTally {
  var agreeing = 0
  var refused = 0
  /// Tests that come out otherwise, and groups refused without need.
  var wrong: [String] = []
  var unjustified: [String] = []

  init(_ groups: [SchemaGroup], assertsFormat: Bool = false) {
    for group in groups {
      let root = group.value("schema", in: group.node)
      let options = SchemaCompiler.Options(assertsFormat: assertsFormat, hasExtensions: false)
      let compiled = SchemaCompiler.compile(group.document, root, options: options)
      guard compiled.faults.isEmpty else {
        refused += group.tests.count
        if !SchemaWalk(group.document, root).isOutside {
          unjustified.append("\(group.name): \(compiled.faults[0].message)")
        }
        continue
      }
      if SchemaWalk(group.document, root).isOutside { unjustified.append("\(group.name): taken") }
      for test in group.tests { judge(test, of: group, compiled.schema) }
    }
  }

  private mutating func judge(_ test: NodeID, of group: SchemaGroup, _ schema: Schema) {
    let data = group.value("data", in: test)
    var evaluator = SchemaEvaluator(EvaluationContext(group.document, root: data))
    let isValid = evaluator.holds(schema)
    let isExpected = isValid == group.document.boolean(of: group.value("valid", in: test))
    let finds = evaluator.failures(of: schema).isEmpty == isValid
    if isExpected, finds, evaluator.unknown == nil {
      agreeing += 1
    } else {
      wrong.append(
        "\(group.name): \(group.text("description", in: test)) \(isValid) \(finds) \(evaluator.unknown?.reason ?? "")"
      )
    }
  }
}

/// Looks, apart from the compiler, whether a schema uses what the rule language leaves out.
struct SchemaWalk {
  private static let values = [
    "type", "enum", "const", "required", "dependentRequired", "minProperties", "maxProperties", "minContains",
    "maxContains",
    "minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "minimum", "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum", "multipleOf", "$comment", "title", "description", "default", "examples",
  ]
  private static let schemas = [
    "additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else",
  ]
  private static let lists = ["prefixItems", "allOf", "anyOf", "oneOf"]
  private static let tables = ["dependentSchemas", "properties", "patternProperties", "$defs"]
  private static let formats = ["date-time", "uri", "ipv4", "ipv6"]

  let document: Document
  private(set) var isOutside = false

  init(_ document: Document, _ root: NodeID) {
    self.document = document
    walk(root)
  }

  private mutating func walk(_ node: NodeID) {
    for entry in document.entries(of: node) {
      let keyword = document.string(of: entry.key)
      let text = document.string(of: entry.value)
      if Self.schemas.contains(keyword) {
        walk(entry.value)
      } else if Self.lists.contains(keyword) {
        for item in document.items(of: entry.value) { walk(item) }
      } else if Self.tables.contains(keyword) {
        for item in document.entries(of: entry.value) { walk(item.value) }
      } else if keyword == "$ref" {
        if text != "#", !text.hasPrefix("#/") { isOutside = true }
      } else if keyword == "$schema" {
        if text != "https://json-schema.org/draft/2020-12/schema" { isOutside = true }
      } else if keyword == "format" {
        if !Self.formats.contains(text) { isOutside = true }
      } else if !Self.values.contains(keyword) {
        isOutside = true
      }
    }
  }
}
