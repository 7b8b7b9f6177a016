internal import Syntax

/// Reads `x-batch` and `x-snapshot`.
extension RuleLoader {
  // MARK: x-batch

  mutating func batchConstraint(_ node: NodeID) -> BatchConstraint? {
    let keys = ["same", "differ", "more-than", "first", "order", "existing"]
    guard checkKeys(of: node, keys, in: "x-batch") else { return nil }
    guard document.value(of: "same", in: node) != nil else {
      return fault("x-batch needs same; [] takes all requests of a region and account together", at: node)
    }
    var limit = 1
    if let value = document.value(of: "more-than", in: node) {
      guard let number = document.number(of: value)?.int64, number >= 0 else {
        return fault("more-than must be a whole number", at: value)
      }
      limit = Int(number)
    }
    return BatchConstraint(
      same: items("same", in: node).compactMap { term($0) },
      differ: items("differ", in: node).compactMap { pointer($0) }, limit: limit,
      first: document.value(of: "first", in: node).map { compile($0) },
      order: document.value(of: "order", in: node).flatMap { order($0) },
      existing: document.value(of: "existing", in: node).flatMap { existing($0) })
  }

  private mutating func term(_ node: NodeID) -> BatchConstraint.Term? {
    if document.hasText("token", at: node) { return .token }
    if document.hasText("operation", at: node) { return .operation }
    let expected = "must be a JSON pointer, token, operation, or hour-of with a JSON pointer"
    switch document[node].kind {
    case .mapping:
      guard let hour = document.value(of: "hour-of", in: node), document.count(of: node) == 1 else {
        return fault(expected, at: node)
      }
      return pointer(hour).map { .hour($0) }
    case .scalar:
      guard let pointer = JSONPointer(parsing: document.string(of: node)) else {
        return fault(expected, at: node)
      }
      return .member(pointer)
    case .sequence, .alias: return fault(expected, at: node)
    }
  }

  private mutating func order(_ node: NodeID) -> BatchConstraint.Order? {
    if document.hasText("as-written", at: node) { return .asWritten }
    var operations: [OperationPattern] = []
    for item in document.items(of: node) {
      guard let operation = OperationPattern(parsing: document.string(of: item)) else {
        return fault("must be SERVICE.OPERATION, SERVICE.* or *", at: item)
      }
      operations.append(operation)
    }
    guard operations.count > 1 else {
      return fault("order must be as-written, or a list of operations, the first ones first", at: node)
    }
    return .operations(operations)
  }

  private mutating func existing(_ node: NodeID) -> (kind: SnapshotKind, counted: SnapshotAssertion)? {
    guard checkKeys(of: node, ["of", "assert"], in: "existing"), let kind = kind(in: node) else { return nil }
    guard let schema = document.value(of: "assert", in: node) else {
      return fault("existing needs assert", at: node)
    }
    return (kind, assertion(schema))
  }

  // MARK: x-snapshot

  mutating func snapshotConstraint(_ node: NodeID, _ message: MessageTemplate) -> SnapshotConstraint? {
    let keys = ["of", "where", "reads", "whole", "assert", "below", "statement"]
    guard checkKeys(of: node, keys, in: "x-snapshot"), let kind = kind(in: node) else { return nil }
    guard let assert = document.value(of: "assert", in: node) else {
      return fault("x-snapshot needs assert", at: node)
    }
    var below: Int?
    if let value = document.value(of: "below", in: node) {
      guard let number = document.number(of: value)?.int64, number > 0 else {
        return fault("below must be a whole number above 0", at: value)
      }
      below = Int(number)
    }
    if document.value(of: "reads", in: node) == nil { fault("x-snapshot needs reads", at: node) }
    if (document.value(of: "where", in: node) == nil) == (below == nil) {
      fault("x-snapshot \(below == nil ? "needs where" : "takes no where beside below")", at: node)
    }
    return SnapshotConstraint(
      kind: kind, identity: identity(in: node), readings: readings(document.value(of: "reads", in: node)),
      assert: assertion(assert), below: below,
      needsWhole: document.value(of: "whole", in: node).flatMap { document.boolean(of: $0) } ?? false,
      statement: document.value(of: "statement", in: node).flatMap { template(at: $0) },
      message: message.inside("parameters"))
  }

  private mutating func assertion(_ node: NodeID) -> SnapshotAssertion {
    SnapshotAssertion(
      schema: compile(node),
      readsRequest: !document.looksOnly(at: "snapshot", node) || document.names("parameters", node))
  }

  private mutating func kind(in node: NodeID) -> SnapshotKind? {
    guard let value = document.value(of: "of", in: node) else { return fault("needs of", at: node) }
    guard let kind = SnapshotKind(rawValue: document.string(of: value)) else {
      let known = SnapshotKind.allCases.map(\.rawValue).joined(separator: ", ")
      return fault("of must be one of \(known)", at: value)
    }
    return kind
  }

  private mutating func identity(in node: NodeID) -> [SnapshotConstraint.Identity] {
    guard let node = document.value(of: "where", in: node) else { return [] }
    guard document[node].kind == .mapping, document.count(of: node) > 0 else {
      fault("where must be a mapping of a field to what it must be equal to", at: node)
      return []
    }
    return document.entries(of: node).compactMap { entry in
      if document.hasText("path", at: entry.key) { return pointer(entry.value).map { .path($0) } }
      guard let field = pointer(entry.key) else { return nil }
      let isList = document[entry.value].kind == .sequence
      let origins = (isList ? Array(document.items(of: entry.value)) : [entry.value]).compactMap {
        origin($0)
      }
      return .field(field, origins)
    }
  }

  private mutating func origin(_ node: NodeID) -> SnapshotConstraint.Origin? {
    if document[node].kind == .mapping { return snapshotField(node).map { .snapshot($0) } }
    return pointer(node).map { .parameter($0) }
  }

  /// Reads a field of another snapshot: `of`, `where`, `field`.
  mutating func snapshotField(_ node: NodeID) -> SnapshotField? {
    guard checkKeys(of: node, ["of", "where", "field"], in: "a snapshot's field"), let kind = kind(in: node)
    else {
      return nil
    }
    guard document.value(of: "where", in: node) != nil, let field = document.value(of: "field", in: node)
    else {
      return fault("a snapshot's field needs of, where and field", at: node)
    }
    let identity = identity(in: node)
    return pointer(field).map { SnapshotField(kind: kind, identity: identity, field: $0) }
  }

  private mutating func readings(_ node: NodeID?) -> [SnapshotConstraint.Reading] {
    guard let node else { return [] }
    guard document[node].kind == .mapping, document.count(of: node) > 0 else {
      fault("reads must be a mapping of fields to what they hold", at: node)
      return []
    }
    return document.entries(of: node).compactMap { entry in
      guard let field = pointer(entry.key), let expected = expected(entry.value) else { return nil }
      return SnapshotConstraint.Reading(field: field, expected: expected)
    }
  }

  private mutating func expected(_ node: NodeID) -> SnapshotConstraint.Reading.Expected? {
    if document[node].kind == .sequence {
      let isNull = document.items(of: node).map { document.scalarType(of: $0) == .null }
      let texts = zip(document.items(of: node), isNull).filter { !$0.1 }.map { document.string(of: $0.0) }
      guard !texts.isEmpty, !texts.contains("") else {
        return fault("must be a list of texts, null among them where the field may be absent", at: node)
      }
      return .oneOf(texts, isOptional: isNull.contains(true))
    }
    switch document.string(of: node) {
    case "boolean": return .types(.boolean)
    case "string": return .types(.string)
    case "number": return .types(.number)
    case "object": return .types(.object)
    case "list": return .types(.array)
    case "time": return .time
    default: return fault("must be boolean, string, number, time, object, list or a list of texts", at: node)
    }
  }

  // MARK: Parts

  /// The items of a list; empty if there is no list.
  private mutating func items(_ key: String, in node: NodeID) -> [NodeID] {
    guard let value = document.value(of: key, in: node) else { return [] }
    guard document[value].kind == .sequence else {
      fault("\(key) must be a list", at: value)
      return []
    }
    return Array(document.items(of: value))
  }

  mutating func pointer(_ node: NodeID) -> JSONPointer? {
    guard document[node].kind == .scalar, let pointer = JSONPointer(parsing: document.string(of: node)) else {
      return fault("must be a JSON pointer such as /Name", at: node)
    }
    return pointer
  }

  mutating func checkKeys(of node: NodeID, _ known: [String], in place: String) -> Bool {
    let problems = document.keyProblems(of: node, known, in: place)
    for problem in problems { fault(problem.message, at: problem.node) }
    return problems.isEmpty
  }

  mutating func fault<Value>(_ message: String, at node: NodeID) -> Value? {
    fault(message, at: node) as Void
    return nil
  }
}

extension Document {
  /// Why a node of a rule file is not a mapping with the known keys: it is no mapping, or has unknown keys.
  func keyProblems(
    of node: NodeID, _ known: [String], in place: String
  ) -> [(message: String, node: NodeID)] {
    let names = known.joined(separator: ", ")
    guard self[node].kind == .mapping else { return [("\(place) must be a mapping of \(names)", node)] }
    return entries(of: node).filter { !known.contains(string(of: $0.key)) }.map { entry in
      ("\(place) has no key \(quote(string(of: entry.key))), only \(names)", entry.key)
    }
  }
}

extension Document {
  /// Whether a schema reads only one property of its instance; `false` if in doubt.
  fileprivate func looksOnly(at property: String, _ schema: NodeID) -> Bool {
    entries(of: schema).allSatisfy { entry in
      switch string(of: entry.key) {
      case "type", "required", "x-time": true
      case "properties": entries(of: entry.value).allSatisfy { hasText(property, at: $0.key) }
      case "allOf", "anyOf", "oneOf": items(of: entry.value).allSatisfy { looksOnly(at: property, $0) }
      case "not", "if", "then", "else": looksOnly(at: property, entry.value)
      case "x-request": asksForPlace(entry.value)
      default: false
      }
    }
  }

  /// Whether an `x-request` reads only where a request goes.
  private func asksForPlace(_ facts: NodeID) -> Bool {
    entries(of: facts).allSatisfy { entry in
      hasText("properties", at: entry.key)
        && entries(of: entry.value).allSatisfy { fact in
          ["region", "account", "service", "operation"].contains { hasText($0, at: fact.key) }
        }
    }
  }

  /// Whether a schema contains a text with a word in it, or reads more of a request than where it goes.
  fileprivate func names(_ word: String, _ node: NodeID) -> Bool {
    switch self[node].kind {
    case .mapping:
      entries(of: node).contains { entry in
        names(word, entry.key) || names(word, entry.value)
          || hasText("x-request", at: entry.key) && !asksForPlace(entry.value)
      }
    case .sequence: items(of: node).contains { names(word, $0) }
    // An empty pointer refers to the whole instance.
    case .scalar, .alias: string(of: node).isEmpty || string(of: node).contains(word)
    }
  }
}
