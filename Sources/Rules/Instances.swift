internal import Syntax

/// Answers JSON Schema's questions about a value on the located tree.
extension Document {
  /// The JSON types of a value; a whole number is both integer and number.
  func jsonTypes(of id: NodeID) -> Schema.Types {
    switch self[id].kind {
    case .mapping: return .object
    case .sequence: return .array
    case .scalar, .alias: break
    }
    switch scalarType(of: id) {
    case .null: return .null
    case .boolean: return .boolean
    case .integer: return [.integer, .number]
    case .float: return number(of: id)?.isInteger == true ? [.integer, .number] : .number
    case .string, .timestamp, .binary, nil: return .string
    }
  }

  /// The name of a value's type, with its article.
  func noun(of id: NodeID) -> String { jsonTypes(of: id).noun }

  /// Whether two values are equal as JSON values: numbers by value, objects in any order.
  func isEqual(_ id: NodeID, to other: NodeID, in document: Document) -> Bool {
    let kind = self[id].kind
    guard kind == document[other].kind else { return false }
    switch kind {
    case .mapping:
      let entries = Array(entries(of: id))
      let others = Array(document.entries(of: other))
      guard entries.count == others.count else { return false }
      let values = Dictionary(others.map { (document.text(of: $0.key), $0.value) }) { $1 }
      return entries.allSatisfy { entry in
        values[text(of: entry.key)].map { isEqual(entry.value, to: $0, in: document) } ?? false
      }
    case .sequence:
      return items(of: id).elementsEqual(document.items(of: other)) { isEqual($0, to: $1, in: document) }
    case .scalar, .alias: break
    }
    let type = scalarType(of: id)
    if type == .integer || type == .float, let number = number(of: id) {
      return document.number(of: other) == number
    }
    let otherType = document.scalarType(of: other)
    if type.isText { return otherType.isText && hasSameText(id, as: other, in: document) }
    guard type == otherType else { return false }
    switch type {
    case .null: return true
    case .boolean: return boolean(of: id) == document.boolean(of: other)
    default: return hasSameText(id, as: other, in: document)
    }
  }

  private func hasSameText(_ id: NodeID, as other: NodeID, in document: Document) -> Bool {
    guard textCount(of: id) == document.textCount(of: other) else { return false }
    return withText(of: id) { own in document.withText(of: other) { own.elementsEqual($0) } }
  }

  /// Whether all items of a sequence are different; linear except for values with equal hashes.
  func hasUniqueItems(_ id: NodeID) -> Bool {
    guard self[id].kind == .sequence else { return true }
    var seen: [Int: [NodeID]] = [:]
    for item in items(of: id) {
      let hash = valueHash(of: item)
      if seen[hash, default: []].contains(where: { isEqual($0, to: item, in: self) }) { return false }
      seen[hash, default: []].append(item)
    }
    return true
  }

  /// Equal for equal values.
  private func valueHash(of id: NodeID) -> Int {
    var hasher = Hasher()
    switch self[id].kind {
    case .mapping:
      var sum = 0
      for entry in entries(of: id) {
        var pair = Hasher()
        pair.combine(text(of: entry.key))
        pair.combine(valueHash(of: entry.value))
        sum &+= pair.finalize()
      }
      hasher.combine(sum)
    case .sequence: for item in items(of: id) { hasher.combine(valueHash(of: item)) }
    case .scalar, .alias:
      if let number = number(of: id) {
        hasher.combine(number)
      } else {
        hasher.combine(jsonTypes(of: id).rawValue)
        if scalarType(of: id).isText { hasher.combine(text(of: id)) }
      }
    }
    return hasher.finalize()
  }

  func fits(_ measure: Schema.Measure, _ limit: Int, at id: NodeID) -> Bool {
    let kind = self[id].kind
    switch measure {
    case .minLength, .maxLength:
      guard scalarType(of: id).isText else { return true }
      let length = scalarCount(of: id)
      return measure == .minLength ? length >= limit : length <= limit
    case .minItems: return kind != .sequence || count(of: id) >= limit
    case .maxItems: return kind != .sequence || count(of: id) <= limit
    case .minProperties, .maxProperties:
      guard kind == .mapping else { return true }
      let count = entries(of: id).reduce(0) { count, _ in count + 1 }
      return measure == .minProperties ? count >= limit : count <= limit
    }
  }
}

extension Schema.Types {
  /// The types in words.
  var noun: String {
    if contains(.null) { return "null" }
    if contains(.object) { return "an object" }
    if contains(.array) { return "a list" }
    if contains(.boolean) { return "a boolean" }
    if contains(.string) { return contains(.number) ? "a time" : "a string" }
    return "a number"
  }
}

extension ScalarType? {
  /// Whether the value is a string in JSON.
  var isText: Bool {
    switch self {
    case .string, .timestamp, .binary: true
    case .null, .boolean, .integer, .float, nil: false
    }
  }
}
