internal import Syntax

/// Reads `x-batch` and `x-snapshot`.
extension RuleLoader {
  // MARK: x-batch

  mutating func batchConstraint(_ node: NodeID) -> BatchConstraint? {
    let keys = ["same", "differ", "more-than", "first", "order", "existing"]
    guard checkKeys(of: node, keys, in: "x-batch") else { return nil }
    var limit = 1
    if let value = document.value(of: "more-than", in: node) {
      guard let number = document.number(of: value)?.int64, number >= 0 else {
        return fault("more-than must be a whole number", at: value)
      }
      limit = Int(number)
    }
    let same = document.value(of: "same", in: node).map { Array(document.items(of: $0)) } ?? []
    let differ = document.value(of: "differ", in: node).map { Array(document.items(of: $0)) } ?? []
    return BatchConstraint(
      same: same.compactMap { term($0) }, differ: differ.compactMap { pointer($0) }, limit: limit,
      first: document.value(of: "first", in: node).map { compile($0) },
      order: document.value(of: "order", in: node).flatMap { order($0) },
      existing: document.value(of: "existing", in: node).flatMap { existing($0) })
  }

  private mutating func term(_ node: NodeID) -> BatchConstraint.Term? {
    if document.hasText("token", at: node) { return .token }
    guard document[node].kind == .mapping else { return pointer(node).map { .member($0) } }
    guard let hour = document.value(of: "hour-of", in: node), document.count(of: node) == 1 else {
      return fault("must be a JSON pointer, token, or hour-of with a JSON pointer", at: node)
    }
    return pointer(hour).map { .hour($0) }
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

  private mutating func existing(_ node: NodeID) -> (kind: SnapshotKind, counted: Schema)? {
    guard checkKeys(of: node, ["of", "assert"], in: "existing"), let kind = kind(in: node),
      let schema = document.value(of: "assert", in: node)
    else { return fault("existing needs of and assert", at: node) }
    return (kind, compile(schema))
  }

  // MARK: x-snapshot

  mutating func snapshotConstraint(_ node: NodeID, _ message: MessageTemplate) -> SnapshotConstraint? {
    let keys = ["of", "where", "reads", "assert", "below", "statement"]
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
    return SnapshotConstraint(
      kind: kind, identity: identity(document.value(of: "where", in: node)),
      readings: readings(document.value(of: "reads", in: node)), assert: compile(assert), below: below,
      statement: document.value(of: "statement", in: node).flatMap { template(at: $0) },
      message: message.inside("parameters"))
  }

  private mutating func kind(in node: NodeID) -> SnapshotKind? {
    guard let value = document.value(of: "of", in: node) else { return fault("needs of", at: node) }
    guard let kind = SnapshotKind(rawValue: document.string(of: value)) else {
      let known = SnapshotKind.allCases.map(\.rawValue).joined(separator: ", ")
      return fault("of must be one of \(known)", at: value)
    }
    return kind
  }

  private mutating func identity(_ node: NodeID?) -> [SnapshotConstraint.Identity] {
    guard let node else { return [] }
    return document.entries(of: node).compactMap { entry in
      if document.hasText("path", at: entry.key) {
        return pointer(entry.value).map {
          SnapshotConstraint.Identity(field: JSONPointer(), origin: .path($0))
        }
      }
      guard let field = pointer(entry.key) else { return nil }
      if document[entry.value].kind == .scalar {
        return pointer(entry.value).map { SnapshotConstraint.Identity(field: field, origin: .parameter($0)) }
      }
      let fields = Array(document.items(of: entry.value)).compactMap { snapshotField($0) }
      if fields.isEmpty {
        return fault("must be a JSON pointer or a list of snapshots' fields", at: entry.value)
      }
      return SnapshotConstraint.Identity(field: field, origin: .snapshots(fields))
    }
  }

  /// A field of another snapshot: `of`, `where`, `field`.
  mutating func snapshotField(_ node: NodeID) -> SnapshotField? {
    guard checkKeys(of: node, ["of", "where", "field"], in: "a snapshot's field"), let kind = kind(in: node),
      let field = document.value(of: "field", in: node).flatMap({ pointer($0) })
    else { return fault("needs of, where and field", at: node) }
    return SnapshotField(kind: kind, identity: identity(document.value(of: "where", in: node)), field: field)
  }

  private mutating func readings(_ node: NodeID?) -> [SnapshotConstraint.Reading] {
    guard let node else { return [] }
    return document.entries(of: node).compactMap { entry in
      let types: Schema.Types
      switch document.string(of: entry.value) {
      case "boolean": types = .boolean
      case "string": types = .string
      case "number": types = .number
      case "time": types = [.number, .string]
      case "object": types = .object
      case "list": types = .array
      default: return fault("must be boolean, string, number, time, object or list", at: entry.value)
      }
      return pointer(entry.key).map { SnapshotConstraint.Reading(field: $0, types: types) }
    }
  }

  // MARK: Parts

  mutating func pointer(_ node: NodeID) -> JSONPointer? {
    guard document[node].kind == .scalar, let pointer = JSONPointer(parsing: document.string(of: node)) else {
      return fault("must be a JSON pointer such as /Name", at: node)
    }
    return pointer
  }

  mutating func checkKeys(of node: NodeID, _ known: [String], in place: String) -> Bool {
    guard document[node].kind == .mapping else {
      fault("\(place) must be a mapping of \(known.joined(separator: ", "))", at: node)
      return false
    }
    var isClean = true
    for entry in document.entries(of: node) where !known.contains(document.string(of: entry.key)) {
      fault(
        "\(place) has no key \(quote(document.string(of: entry.key))), only \(known.joined(separator: ", "))",
        at: entry.key)
      isClean = false
    }
    return isClean
  }

  mutating func fault<Value>(_ message: String, at node: NodeID) -> Value? {
    fault(message, at: node) as Void
    return nil
  }
}
