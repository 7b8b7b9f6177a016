/// The result of the rules.
enum EndpointRuleOutcome: Equatable, Sendable {
  case endpoint(url: String, headers: [HTTPRequest.Header], properties: RuleValue)
  /// The rules' own reason that there is no endpoint.
  case error(String)
}

extension EndpointRuleSet {
  /// Evaluates the rules.
  ///
  /// - Returns: the result, and the parameters without a value that it depends on, in the rules' order.
  func outcome(
    for parameters: [String: RuleValue], in partitions: PartitionTable
  ) throws(EndpointRulesFault) -> (outcome: EndpointRuleOutcome, unset: [String]) {
    var slots = [RuleValue?](repeating: nil, count: slotCount)
    for (slot, parameter) in self.parameters.enumerated() {
      guard let value = parameters[parameter.name] ?? parameter.defaultValue else {
        if parameter.isRequired { throw .missingParameter(name: parameter.name) }
        continue
      }
      guard parameter.kind.accepts(value) else { throw .wrongParameter(name: parameter.name) }
      slots[slot] = value
    }
    var run = EndpointRuleRun(partitions: partitions, parameterCount: self.parameters.count, slots: slots)
    let outcome = try run.follow(rules)
    return (outcome, run.unset.sorted().map { self.parameters[$0].name })
  }
}

/// Evaluates one rule set once.
private struct EndpointRuleRun {
  typealias Expression = EndpointRuleSet.Expression
  typealias Fault = EndpointRulesFault

  /// The limit, in bytes, for a text that rules build.
  private static let textLimit = 1 << 16

  let partitions: PartitionTable
  let parameterCount: Int
  var slots: [RuleValue?]
  /// Slots of parameters that were read but have no value.
  var unset: Set<Int> = []

  mutating func follow(_ rules: [EndpointRuleSet.Rule]) throws(Fault) -> EndpointRuleOutcome {
    for rule in rules where try holds(rule.conditions) {
      switch rule.consequence {
      case .rules(let nested): return try follow(nested)
      case .error(let message): return .error(try text(message, "error", 0))
      case .endpoint(let url, let headers, let properties):
        var lines: [HTTPRequest.Header] = []
        for (name, values) in headers {
          for (index, value) in values.enumerated() {
            lines.append(HTTPRequest.Header(name, try text(value, name, index)))
          }
        }
        let tree = try value(of: properties) ?? .object([:])
        return .endpoint(url: try text(url, "url", 0), headers: lines, properties: tree)
      }
    }
    throw .noRuleMatches
  }

  private mutating func holds(_ conditions: [EndpointRuleSet.Condition]) throws(Fault) -> Bool {
    for condition in conditions {
      let value = try value(of: condition.test)
      guard let value, value != .boolean(false) else { return false }
      if let slot = condition.slot { slots[slot] = value }
    }
    return true
  }

  // MARK: Expressions

  private mutating func value(of expression: Expression) throws(Fault) -> RuleValue? {
    switch expression {
    case .literal(let value): return value
    case .slot(let slot, _):
      if slots[slot] == nil, slot < parameterCount { unset.insert(slot) }
      return slots[slot]
    case .template(let parts):
      var text = ""
      for (index, part) in parts.enumerated() {
        text += try self.text(part, "template", index)
        guard text.utf8.count <= Self.textLimit else { throw .textTooLong(limit: Self.textLimit) }
      }
      return .string(text)
    case .attribute(let base, let path): return try attribute(path, of: try value(of: base))
    case .call(let function, let arguments): return try call(function, arguments)
    case .array(let items):
      var values: [RuleValue] = []
      for item in items { if let value = try value(of: item) { values.append(value) } }
      return .array(values)
    case .object(let members):
      var values: [String: RuleValue] = [:]
      for (name, member) in members { values[name] = try value(of: member) }
      return .object(values)
    }
  }

  private func attribute(_ path: [EndpointRuleSet.PathStep], of base: RuleValue?) throws(Fault) -> RuleValue?
  {
    var value = base
    for step in path {
      switch (step, value) {
      case (_, nil): return nil
      case (.member(let name), .object(let members)): value = members[name]
      case (.item(let index), .array(let items)): value = index < items.count ? items[index] : nil
      default: throw .wrongArgument(function: "getAttr", argument: 0)
      }
    }
    return value
  }

  private mutating func call(_ function: RuleFunction, _ arguments: [Expression]) throws(Fault) -> RuleValue?
  {
    func text(_ index: Int) throws(Fault) -> String {
      try self.text(arguments[index], function.rawValue, index)
    }
    func flag(_ index: Int) throws(Fault) -> Bool {
      guard case .boolean(let flag) = try value(of: arguments[index]) else {
        throw .wrongArgument(function: function.rawValue, argument: index)
      }
      return flag
    }
    func number(_ index: Int) throws(Fault) -> Int {
      guard case .integer(let number) = try value(of: arguments[index]) else {
        throw .wrongArgument(function: function.rawValue, argument: index)
      }
      return number
    }
    switch function {
    case .isSet: return .boolean(try value(of: arguments[0]) != nil)
    case .not: return .boolean(!(try flag(0)))
    case .booleanEquals: return .boolean(try flag(0) == flag(1))
    case .stringEquals: return .boolean(try text(0).utf8.elementsEqual(text(1).utf8))
    case .substring:
      return try RuleFunction.substring(of: text(0), from: number(1), to: number(2), fromEnd: flag(3)).map {
        .string($0)
      }
    case .isValidHostLabel: return .boolean(try RuleFunction.isHostLabel(text(0), orSubdomains: flag(1)))
    case .parseURL: return try EndpointURL(parsing: text(0))?.parts
    case .uriEncode: return .string(try RuleFunction.percentEncoded(text(0)))
    case .partition: return try partitions.outputs(for: text(0)).map { .object($0) }
    case .parseARN: return try RuleFunction.arnParts(text(0))
    case .isVirtualHostableBucket:
      return .boolean(try RuleFunction.isVirtualHostableBucket(text(0), orSubdomains: flag(1)))
    }
  }

  private mutating func text(_ expression: Expression, _ function: String, _ index: Int) throws(Fault)
    -> String
  {
    guard case .string(let text) = try value(of: expression) else {
      throw .wrongArgument(function: function, argument: index)
    }
    return text
  }
}
