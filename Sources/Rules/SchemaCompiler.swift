internal import Patterns
package import Syntax

/// A fault of a rule or schema, with its location in the file.
package struct RuleFault: Error, Equatable, Sendable {
  package let message: String
  package let span: ByteSpan
}

/// Compiles a JSON Schema inside a document.
///
/// - Shape: every keyword is either known or a fault; `$ref` leads to a place inside the same schema.
/// - Source: JSON Schema 2020-12, Core and Validation.
struct SchemaCompiler {
  struct Options {
    /// Whether `format` is an assertion; JSON Schema permits it to be an annotation only.
    var assertsFormat = true
    /// Whether the `x-` keywords are recognised.
    var hasExtensions = true
    /// Whether to compile patterns immediately, which finds faulty ones; otherwise they are compiled on first use.
    var checksPatterns = true
  }

  let document: Document
  let root: NodeID
  let options: Options
  var faults: [RuleFault] = []
  private var bodies: [Schema.Body] = []
  private var tables = Schema.Tables()
  private var known: [NodeID: Schema.ID] = [:]
  private var depth = 0
  private var references: SchemaReferences

  init(document: Document, root: NodeID, options: Options = Options()) {
    self.document = document
    self.root = document.resolve(root)
    self.options = options
    references = SchemaReferences(document: document, root: self.root)
  }

  static func compile(
    _ document: Document, _ root: NodeID, options: Options = Options()
  ) -> (schema: Schema, faults: [RuleFault]) {
    var compiler = SchemaCompiler(document: document, root: root, options: options)
    let id = compiler.schema(at: compiler.root)
    if compiler.references.areEndless {
      compiler.fault("$ref comes back to itself without end", at: compiler.root)
    }
    let schema = Schema(document: document, root: id, bodies: compiler.bodies, tables: compiler.tables)
    return (schema, compiler.faults)
  }

  // MARK: One schema

  private mutating func schema(at node: NodeID) -> Schema.ID {
    let node = document.resolve(node)
    if let id = known[node] { return id }
    let id = Schema.ID(index: bodies.count)
    known[node] = id
    bodies.append(.always(true))
    guard depth < Limits.deepestNesting else {
      fault("schemas lead to one another deeper than \(depth) levels", at: node)
      return id
    }
    depth += 1
    defer { depth -= 1 }
    if let flag = document.boolean(of: node) {
      bodies[id.index] = .always(flag)
    } else if document[node].kind == .mapping {
      let keywords = keywords(of: node, id)
      let cost = keywords.reduce(into: Schema.Cost()) { $0.add($1) }
      bodies[id.index] = .keywords(tables.keywords.add(keywords), cost: cost)
    } else {
      fault("a schema must be a mapping, true or false", at: node)
    }
    return id
  }

  private mutating func inPlaceSchema(at node: NodeID, of parent: Schema.ID) -> Schema.ID {
    let id = schema(at: node)
    references.add(id, of: parent)
    return id
  }

  private mutating func keywords(of node: NodeID, _ id: Schema.ID) -> [Schema.Keyword] {
    var keywords: [Schema.Keyword] = []
    for entry in document.entries(of: node) {
      let name = document.string(of: entry.key)
      if let keyword = simpleKeyword(name, entry.value) ?? applicator(name, entry.value, in: node, id) {
        keywords.append(keyword)
      } else if !isHandledElsewhere(name, entry.value, in: node) {
        fault("keyword \(quote(name)) is not part of the rule language", at: entry.key)
      }
    }
    keywords += dependencies(of: node, id)
    if let members = memberKeyword(of: node) { keywords.append(members) }
    return keywords
  }

  /// Whether a keyword is only an annotation, or is read together with another one.
  private mutating func isHandledElsewhere(_ name: String, _ value: NodeID, in node: NodeID) -> Bool {
    switch name {
    case "$comment", "title", "description", "default", "examples": return true
    case "$schema":
      let dialect = "https://json-schema.org/draft/2020-12/schema"
      if !document.hasText(dialect, at: value) { fault("$schema must be \(dialect)", at: value) }
      return true
    case "$defs":
      guard document[value].kind == .mapping else {
        fault("$defs must be a mapping of schemas", at: value)
        return true
      }
      for entry in document.entries(of: value) { _ = schema(at: entry.value) }
      return true
    case "then", "else":
      // Without `if` these keywords judge nothing, but are still checked.
      if document.value(of: "if", in: node) == nil { _ = schema(at: value) }
      return true
    case "minContains", "maxContains":
      if document.value(of: "contains", in: node) == nil { _ = count(value) }
      return true
    case "properties", "patternProperties", "additionalProperties", "prefixItems": return true
    // Faulty values of known keywords have already been reported.
    case "format", "pattern", "enum", "type", "required", "dependentRequired", "dependentSchemas", "items",
      "contains",
      "allOf", "anyOf", "oneOf", "$ref", "uniqueItems", "minLength", "maxLength", "minItems", "maxItems",
      "minProperties",
      "maxProperties", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
      return true
    case "x-time", "x-version", "x-equal-to", "x-unique-by", "x-compare", "x-kept-values":
      return options.hasExtensions
    default: return false
    }
  }

  // MARK: Keywords without schemas inside

  private mutating func simpleKeyword(_ name: String, _ value: NodeID) -> Schema.Keyword? {
    switch name {
    case "type": return types(value).map { .type($0) }
    case "const": return .oneOf(values: tables.values.add([document.resolve(value)]))
    case "enum":
      guard document[value].kind == .sequence else { return fault("enum must be a list", at: value) }
      return .oneOf(values: tables.values.add(Array(document.items(of: value))))
    case "minimum": return bound(.minimum, value)
    case "maximum": return bound(.maximum, value)
    case "exclusiveMinimum": return bound(.exclusiveMinimum, value)
    case "exclusiveMaximum": return bound(.exclusiveMaximum, value)
    case "multipleOf": return bound(.multipleOf, value)
    case "minLength": return measure(.minLength, value)
    case "maxLength": return measure(.maxLength, value)
    case "minItems": return measure(.minItems, value)
    case "maxItems": return measure(.maxItems, value)
    case "minProperties": return measure(.minProperties, value)
    case "maxProperties": return measure(.maxProperties, value)
    case "pattern": return pattern(value).map { .pattern(tables.patterns.place($0)) }
    case "format": return format(value).flatMap { options.assertsFormat ? .format($0) : nil }
    case "required": return strings(value, "required").map { .required(tables.names.add($0)) }
    case "uniqueItems":
      guard let flag = document.boolean(of: value) else {
        return fault("uniqueItems must be true or false", at: value)
      }
      return flag ? .uniqueItems : nil
    case _ where !options.hasExtensions: return nil
    case "x-time": return timeConstraint(value).map { .time(tables.times.place($0)) }
    case "x-version": return versionConstraint(value).map { .version(tables.versions.place($0)) }
    case "x-equal-to": return pointer(value).map { .equalTo(tables.pointers.place($0)) }
    case "x-compare": return comparison(value).map { .compared(tables.comparisons.place($0)) }
    case "x-kept-values": return keptValues(value).map { .keptValues(tables.keptValues.place($0)) }
    case "x-unique-by": return pointer(value).map { .uniqueBy(tables.pointers.place($0)) }
    default: return nil
    }
  }

  private mutating func bound(_ bound: Schema.Bound, _ value: NodeID) -> Schema.Keyword? {
    number(bound, value).map { .number(bound, tables.numbers.place($0)) }
  }

  private mutating func measure(_ measure: Schema.Measure, _ value: NodeID) -> Schema.Keyword? {
    count(value).map { .count(measure, $0) }
  }

  // MARK: Keywords with schemas inside

  private mutating func applicator(
    _ name: String, _ value: NodeID, in node: NodeID, _ id: Schema.ID
  ) -> Schema.Keyword? {
    switch name {
    case "allOf": return combination(.all, value, id)
    case "anyOf": return combination(.any, value, id)
    case "oneOf": return combination(.one, value, id)
    case "not":
      let inner = inPlaceSchema(at: value, of: id)
      return .combine(.not, tables.schemas.add([inner]))
    case "if":
      let then = document.value(of: "then", in: node).map { inPlaceSchema(at: $0, of: id) }
      let otherwise = document.value(of: "else", in: node).map { inPlaceSchema(at: $0, of: id) }
      return .condition(when: inPlaceSchema(at: value, of: id), then: then, otherwise: otherwise)
    case "$ref": return reference(value, id)
    case "propertyNames": return .propertyNames(schema(at: value))
    case "items", "prefixItems":
      // `items` is read together with the `prefixItems` next to it.
      let hasItems = document.value(of: "items", in: node) != nil
      guard name == "items" || !hasItems else { return nil }
      let prefix = document.value(of: "prefixItems", in: node).map { schemas($0, "prefixItems") } ?? []
      let rest = name == "items" ? schema(at: value) : nil
      return .items(prefix: tables.schemas.add(prefix), rest: rest)
    case "contains":
      let minimum = document.value(of: "minContains", in: node).flatMap { count($0) } ?? 1
      let maximum = document.value(of: "maxContains", in: node).flatMap { count($0) }
      return .contains(schema(at: value), minimum: minimum, maximum: maximum)
    case "x-yaml" where options.hasExtensions: return .yaml(schema(at: value))
    case "x-request" where options.hasExtensions:
      checkFacts(value)
      return .request(schema(at: value))
    default: return nil
    }
  }

  /// A misspelt fact would never exist, so its rule would never fire.
  private mutating func checkFacts(_ schema: NodeID) {
    let properties =
      document.value(of: "properties", in: schema).map { document.entries(of: $0).map(\.key) } ?? []
    let required = document.value(of: "required", in: schema).map { Array(document.items(of: $0)) } ?? []
    for name in properties + required where !RequestFacts.names.contains(document.string(of: name)) {
      fault(
        "a request has no \(quote(document.string(of: name))), only \(RequestFacts.names.joined(separator: ", "))",
        at: name)
    }
  }

  private mutating func combination(
    _ combination: Schema.Combination, _ value: NodeID, _ id: Schema.ID
  ) -> Schema.Keyword? {
    guard document[value].kind == .sequence, document.count(of: value) > 0 else {
      return fault("must be a list of schemas", at: value)
    }
    let schemas = document.items(of: value).map { inPlaceSchema(at: $0, of: id) }
    return .combine(combination, tables.schemas.add(schemas))
  }

  private mutating func schemas(_ value: NodeID, _ name: String) -> [Schema.ID] {
    guard document[value].kind == .sequence else {
      fault("\(name) must be a list of schemas", at: value)
      return []
    }
    return document.items(of: value).map { schema(at: $0) }
  }

  /// Compiles `dependentRequired` and `dependentSchemas` to one keyword per name.
  private mutating func dependencies(of node: NodeID, _ id: Schema.ID) -> [Schema.Keyword] {
    var keywords: [Schema.Keyword] = []
    for keyword in ["dependentRequired", "dependentSchemas"] {
      guard let table = document.value(of: keyword, in: node) else { continue }
      guard document[table].kind == .mapping else {
        fault("\(keyword) must be a mapping", at: table)
        continue
      }
      for entry in document.entries(of: table) {
        let name = tables.names.place(document.string(of: entry.key))
        if keyword == "dependentSchemas" {
          let schema = inPlaceSchema(at: entry.value, of: id)
          keywords.append(.dependentSchema(Schema.Property(name: name, schema: schema)))
        } else if let names = strings(entry.value, keyword) {
          keywords.append(.dependentRequired(name: name, required: tables.names.add(names)))
        }
      }
    }
    return keywords
  }

  /// Compiles `properties`, `patternProperties` and `additionalProperties`, which depend on each other.
  private mutating func memberKeyword(of node: NodeID) -> Schema.Keyword? {
    let properties = document.value(of: "properties", in: node)
    let patterns = document.value(of: "patternProperties", in: node)
    let additional = document.value(of: "additionalProperties", in: node)
    guard properties != nil || patterns != nil || additional != nil else { return nil }
    for table in [properties, patterns].compactMap({ $0 }) where document[table].kind != .mapping {
      return fault("must be a mapping of schemas", at: table)
    }
    var named: [Schema.Property] = []
    for entry in properties.map({ Array(document.entries(of: $0)) }) ?? [] {
      let schema = schema(at: entry.value)
      named.append(Schema.Property(name: tables.names.place(document.string(of: entry.key)), schema: schema))
    }
    var matched: [Schema.Property] = []
    for entry in patterns.map({ Array(document.entries(of: $0)) }) ?? [] {
      guard let pattern = pattern(entry.key) else { continue }
      let schema = schema(at: entry.value)
      matched.append(Schema.Property(name: tables.patterns.place(pattern), schema: schema))
    }
    let rest = additional.map { schema(at: $0) }
    guard rest != nil || !matched.isEmpty else { return .properties(tables.properties.add(named)) }
    return .members(
      properties: tables.properties.add(named), patterns: tables.matched.add(matched), additional: rest)
  }

  private mutating func reference(_ value: NodeID, _ id: Schema.ID) -> Schema.Keyword? {
    let text = document.string(of: value)
    guard let pointer = SchemaReferences.pointer(text) else {
      return fault("$ref must lead to a place in this schema, such as #/$defs/name", at: value)
    }
    guard let target = references.target(of: pointer) else {
      return fault("$ref \(quote(text)) leads nowhere", at: value)
    }
    return .reference(inPlaceSchema(at: target, of: id))
  }

  // MARK: Faults

  mutating func fault(_ message: String, at node: NodeID) {
    faults.append(RuleFault(message: message, span: document.sourceSpan(of: node)))
  }

  mutating func fault<Value>(_ message: String, at node: NodeID) -> Value? {
    fault(message, at: node) as Void
    return nil
  }
}

extension Array {
  /// Appends elements and returns their indices.
  fileprivate mutating func add(_ elements: [Element]) -> Range<Int> {
    append(contentsOf: elements)
    return (count - elements.count)..<count
  }

  /// Appends an element and returns its index.
  fileprivate mutating func place(_ element: Element) -> Int {
    append(element)
    return count - 1
  }
}
