internal import Syntax

extension EndpointRuleSet {
  /// Compiles a rule set.
  ///
  /// - Throws: if the text is not a rule set, or for unknown names and functions.
  init(json: SourceText) throws(EndpointRulesFault) {
    // Far above the depth of any service; bounds the recursion over rules and expressions.
    let document: Document
    switch readJSON(json, limits: Limits(nesting: 128)) {
    case .issue(let issue): throw .syntax(issue)
    case .document(let parsed): document = parsed
    }
    var compiler = EndpointRuleCompiler(document: document)
    parameters = try compiler.parameters()
    rules = try compiler.rules(at: compiler.member("rules", of: document.root))
    slotCount = compiler.slotCount
  }
}

/// Compiles the tree of a rule set to rules, and names to slots.
private struct EndpointRuleCompiler {
  typealias Expression = EndpointRuleSet.Expression
  typealias Fault = EndpointRulesFault

  let document: Document
  private(set) var slotCount = 0
  /// Names that have a value at the current place.
  private var scope: [String: Int] = [:]

  init(document: Document) { self.document = document }

  // MARK: Parameters

  mutating func parameters() throws(Fault) -> [EndpointRuleSet.Parameter] {
    var parameters: [EndpointRuleSet.Parameter] = []
    for entry in document.entries(of: try mapping(member("parameters", of: document.root))) {
      let name = document.string(of: entry.key)
      _ = try newSlot(name, at: entry.key)
      let type = try member("type", of: entry.value)
      guard let kind = EndpointRuleSet.Parameter.Kind(document.string(of: type)) else {
        throw malformed(type, "String, Boolean or StringArray")
      }
      let standard = document.value(of: "default", in: entry.value)
      let value = try standard.map { node throws(Fault) in try plainValue(node) }
      if let value, let standard, !kind.accepts(value) {
        throw malformed(standard, "a value of the parameter's type")
      }
      let isRequired = document.value(of: "required", in: entry.value).flatMap { document.boolean(of: $0) }
      parameters.append(
        EndpointRuleSet.Parameter(
          name: name, kind: kind,
          builtIn: document.value(of: "builtIn", in: entry.value).map { document.string(of: $0) },
          isRequired: isRequired ?? false, defaultValue: value))
    }
    return parameters
  }

  private func plainValue(_ node: NodeID) throws(Fault) -> RuleValue {
    guard document[node].kind == .sequence else { return try scalar(node) }
    var items: [RuleValue] = []
    for item in document.items(of: node) { items.append(try scalar(item)) }
    return .array(items)
  }

  private func scalar(_ node: NodeID) throws(Fault) -> RuleValue {
    switch document.scalarType(of: node) {
    case .string: return .string(document.string(of: node))
    case .boolean: return .boolean(document.boolean(of: node) ?? false)
    case .integer:
      guard let number = document.number(of: node)?.int64 else { break }
      return .integer(Int(number))
    default: break
    }
    throw malformed(node, "a text, a whole number, true or false")
  }

  // MARK: Rules

  mutating func rules(at node: NodeID) throws(Fault) -> [EndpointRuleSet.Rule] {
    var rules: [EndpointRuleSet.Rule] = []
    for rule in document.items(of: try sequence(node)) {
      let outside = scope
      rules.append(try self.rule(rule))
      scope = outside
    }
    return rules
  }

  private mutating func rule(_ node: NodeID) throws(Fault) -> EndpointRuleSet.Rule {
    var conditions: [EndpointRuleSet.Condition] = []
    for condition in document.items(of: try sequence(member("conditions", of: node))) {
      let test = try expression(condition)
      let name = document.value(of: "assign", in: condition)
      let slot = try name.map { name throws(Fault) in try newSlot(document.string(of: name), at: name) }
      conditions.append(EndpointRuleSet.Condition(test: test, slot: slot))
    }
    let type = try member("type", of: node)
    switch document.string(of: type) {
    case "endpoint":
      return .init(conditions: conditions, consequence: try endpoint(member("endpoint", of: node)))
    case "error":
      return .init(conditions: conditions, consequence: .error(try expression(member("error", of: node))))
    case "tree":
      return .init(conditions: conditions, consequence: .rules(try rules(at: member("rules", of: node))))
    default: throw malformed(type, "endpoint, error or tree")
    }
  }

  private func endpoint(_ node: NodeID) throws(Fault) -> EndpointRuleSet.Consequence {
    var headers: [(name: String, values: [Expression])] = []
    if let table = document.value(of: "headers", in: node) {
      for header in document.entries(of: try mapping(table)) {
        var values: [Expression] = []
        for value in document.items(of: try sequence(header.value)) { values.append(try expression(value)) }
        headers.append((document.string(of: header.key), values))
      }
    }
    let properties = try document.value(of: "properties", in: node).map { node throws(Fault) in
      try tree(mapping(node))
    }
    return .endpoint(
      url: try expression(member("url", of: node)), headers: headers, properties: properties ?? .object([:]))
  }

  /// A value of any shape that contains templates.
  private func tree(_ node: NodeID) throws(Fault) -> Expression {
    switch document[node].kind {
    case .mapping:
      var members: [String: Expression] = [:]
      for entry in document.entries(of: node) {
        members[document.string(of: entry.key)] = try tree(entry.value)
      }
      return .object(members)
    case .sequence:
      var items: [Expression] = []
      for item in document.items(of: node) { items.append(try tree(item)) }
      return .array(items)
    case .scalar, .alias: return try expression(node)
    }
  }

  // MARK: Expressions

  private func expression(_ node: NodeID) throws(Fault) -> Expression {
    if document.scalarType(of: node) == .string { return try template(node) }
    guard document[node].kind == .mapping else { return .literal(try plainValue(node)) }
    if let reference = document.value(of: "ref", in: node) {
      return try slot(document.string(of: reference), at: reference)
    }
    let function = try member("fn", of: node)
    let arguments = Array(document.items(of: try sequence(member("argv", of: node))))
    let name = document.string(of: function)
    if name == "getAttr" {
      guard arguments.count == 2 else { throw wrongCount(node, name, arguments.count) }
      guard let path = Self.path(document.string(of: arguments[1])) else {
        throw malformed(arguments[1], "a path")
      }
      return .attribute(try expression(arguments[0]), path: path)
    }
    guard let known = RuleFunction(rawValue: name) else {
      throw .unknownFunction(pointer: pointer(function), name: name)
    }
    guard arguments.count == known.argumentCount else { throw wrongCount(node, name, arguments.count) }
    var values: [Expression] = []
    for argument in arguments { values.append(try expression(argument)) }
    return .call(known, values)
  }

  /// A text in which `{NAME}` and `{NAME#PATH}` are placeholders for values, and doubled braces are literal ones.
  private func template(_ node: NodeID) throws(Fault) -> Expression {
    var parts: [Expression] = []
    var text = ""
    var rest = document.string(of: node).unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "{" where rest.first == "{", "}" where rest.first == "}":
        text.unicodeScalars.append(rest.removeFirst())
      case "{":
        guard let end = rest.firstIndex(of: "}") else { throw malformed(node, "a brace that closes") }
        if !text.isEmpty { parts.append(.literal(.string(text))) }
        text = ""
        parts.append(try placeholder(String(rest[..<end]), at: node))
        rest = rest[rest.index(after: end)...]
      case "}": throw malformed(node, "a brace that opens")
      default: text.unicodeScalars.append(scalar)
      }
    }
    guard !parts.isEmpty else { return .literal(.string(text)) }
    return .template(text.isEmpty ? parts : parts + [.literal(.string(text))])
  }

  private func placeholder(_ text: String, at node: NodeID) throws(Fault) -> Expression {
    let halves = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let value = try slot(String(halves[0]), at: node)
    guard halves.count == 2 else { return value }
    guard let path = Self.path(String(halves[1])) else { throw malformed(node, "a path after #") }
    return .attribute(value, path: path)
  }

  /// Parses `a.b[1]`; `nil` if the text is not a path.
  private static func path(_ text: String) -> [EndpointRuleSet.PathStep]? {
    var steps: [EndpointRuleSet.PathStep] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      if let name = pieces.first, !name.isEmpty { steps.append(.member(String(name))) }
      if part.isEmpty { return nil }
      for piece in pieces.dropFirst() {
        guard piece.last == "]", let index = Int(piece.dropLast()), index >= 0 else { return nil }
        steps.append(.item(index))
      }
    }
    return steps
  }

  // MARK: Names

  private mutating func newSlot(_ name: String, at node: NodeID) throws(Fault) -> Int {
    guard scope[name] == nil else { throw .repeatedName(pointer: pointer(node), name: name) }
    scope[name] = slotCount
    slotCount += 1
    return slotCount - 1
  }

  private func slot(_ name: String, at node: NodeID) throws(Fault) -> Expression {
    guard let slot = scope[name] else { throw .unknownName(pointer: pointer(node), name: name) }
    return .slot(slot, name: name)
  }

  // MARK: The tree

  func member(_ key: String, of node: NodeID) throws(Fault) -> NodeID {
    guard let value = document.value(of: key, in: node) else {
      throw malformed(node, "an object with \(key)")
    }
    return value
  }

  private func sequence(_ node: NodeID) throws(Fault) -> NodeID {
    guard document[node].kind == .sequence else { throw malformed(node, "a list") }
    return node
  }

  private func mapping(_ node: NodeID) throws(Fault) -> NodeID {
    guard document[node].kind == .mapping else { throw malformed(node, "an object") }
    return node
  }

  private func pointer(_ node: NodeID) -> String { document.pointer(document.path(to: node)).description }

  private func malformed(_ node: NodeID, _ expected: String) -> Fault {
    .malformed(pointer: pointer(node), expected: expected)
  }

  private func wrongCount(_ node: NodeID, _ function: String, _ count: Int) -> Fault {
    .wrongArgumentCount(pointer: pointer(node), function: function, count: count)
  }
}

extension EndpointRuleSet.Parameter.Kind {
  fileprivate init?(_ name: String) {
    // Models write the types with and without a capital.
    switch name {
    case "String", "string": self = .string
    case "Boolean", "boolean": self = .boolean
    case "StringArray", "stringArray": self = .stringArray
    default: return nil
    }
  }

  /// Whether a value is of the type.
  func accepts(_ value: RuleValue) -> Bool {
    switch (self, value) {
    case (.string, .string), (.boolean, .boolean): true
    case (.stringArray, .array(let items)):
      items.allSatisfy { item in
        if case .string = item { true } else { false }
      }
    default: false
    }
  }
}
