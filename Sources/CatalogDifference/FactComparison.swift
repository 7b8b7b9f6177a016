internal import Syntax

/// Compares two models' facts about one subject, key by key.
struct FactComparison {
  let service: String?
  let old: Document
  let new: Document

  // MARK: Objects

  /// Compares all keys of two objects but some; a key without special treatment is still reported as changed.
  ///
  /// - Parameters:
  ///   - prefix: precedes the keys in reported changes.
  ///   - isRequired: whether the newer model requires the member that the objects describe.
  func plain(
    _ left: NodeID, _ right: NodeID, of subject: CatalogChange.Subject, besides known: Set<String>,
    prefix: String = "", isRequired: Bool = false
  ) -> [CatalogChange] {
    var found: [CatalogChange] = []
    for entry in old.entries(of: left) {
      let key = old.string(of: entry.key)
      guard !known.contains(key) else { continue }
      let other = new.value(of: key, in: right)
      let (before, after) = (oldJSON(entry.value), newJSON(other))
      guard before != after, !isSameNumber(entry.value, other) else { continue }
      found.append(
        CatalogChange(
          service, subject, key: prefix + key, other == nil ? .removed : .changed, old: before, new: after,
          isBreaking: prefix.isEmpty
            && isBreaking(key, entry.value, other, in: right, isRequired: isRequired)))
    }
    for entry in new.entries(of: right) {
      let key = new.string(of: entry.key)
      guard !known.contains(key), old.value(of: key, in: left) == nil else { continue }
      found.append(
        CatalogChange(
          service, subject, key: prefix + key, .added, new: newJSON(entry.value),
          isBreaking: prefix.isEmpty && isBreaking(key, nil, entry.value, in: right, isRequired: isRequired)))
    }
    return found
  }

  /// Whether two numbers are equal although they are written differently.
  private func isSameNumber(_ left: NodeID, _ right: NodeID?) -> Bool {
    guard let before = old.number(of: left), let after = right.flatMap({ new.number(of: $0) }) else {
      return false
    }
    // Text that looks like a number is not one.
    return before == after && old.scalarType(of: left) != .string
      && right.map { new.scalarType(of: $0) } != .string
  }

  /// Compares an object in which every key is a separate fact.
  func nested(
    _ key: String, _ left: NodeID?, _ right: NodeID?, of subject: CatalogChange.Subject
  ) -> [CatalogChange] {
    if let left, let right, old[left].kind == .mapping, new[right].kind == .mapping {
      return plain(left, right, of: subject, besides: [], prefix: "\(key).")
    }
    let (before, after) = (oldJSON(left), newJSON(right))
    guard before != after else { return [] }
    let kind: CatalogChange.Kind = left == nil ? .added : right == nil ? .removed : .changed
    return [CatalogChange(service, subject, key: key, kind, old: before, new: after)]
  }

  /// Whether a change may invalidate a request that was valid before.
  private func isBreaking(
    _ key: String, _ before: NodeID?, _ after: NodeID?, in shape: NodeID, isRequired: Bool
  ) -> Bool {
    let isSet = after.flatMap { new.boolean(of: $0) } ?? false
    switch key {
    case "min", "max":
      return isTighter(key, before, after, type: new.value(of: "type", in: shape).map { new.string(of: $0) })
    case "pattern": return after != nil
    case "union", "eventstream", "hostLabel": return isSet
    case "document", "jsonvalue": return !isSet
    // Clients fill in tokens, and nothing else.
    case "idempotencyToken": return !isSet && isRequired
    default: return false
    }
  }

  private func isTighter(_ key: String, _ before: NodeID?, _ after: NodeID?, type: String?) -> Bool {
    guard let bound = after.flatMap({ new.number(of: $0) }), type != "structure" else { return false }
    guard let former = before.flatMap({ old.number(of: $0) }) else {
      let isNumber = ["integer", "long", "float", "double"].contains(type)
      return key == "max" || isNumber || bound > ExactNumber(0)
    }
    return key == "max" ? bound < former : bound > former
  }

  // MARK: Lists

  /// Compares lists of the permitted values; without a list, all values are permitted.
  func valueList(
    _ key: String, _ left: NodeID, _ right: NodeID, of subject: CatalogChange.Subject
  ) -> [CatalogChange] {
    // An empty list forbids nothing.
    let from = old.value(of: key, in: left).flatMap { old.count(of: $0) > 0 ? $0 : nil }
    let to = new.value(of: key, in: right).flatMap { new.count(of: $0) > 0 ? $0 : nil }
    guard let from, let to else {
      guard from != nil || to != nil else { return [] }
      // Without a list, the regions are unknown.
      let isBreaking = to != nil && subject != .service
      return [
        CatalogChange(
          service, subject, key: key, to == nil ? .removed : .added, old: oldJSON(from), new: newJSON(to),
          isBreaking: isBreaking)
      ]
    }
    let before = old.items(of: from).map { old.string(of: $0) }
    let after = new.items(of: to).map { new.string(of: $0) }
    var found: [CatalogChange] = []
    let (gone, come) = (Set(before).subtracting(after), Set(after).subtracting(before))
    if !gone.isEmpty {
      found.append(
        CatalogChange(
          service, subject, key: key, .valuesRemoved, old: Self.json(before.filter { gone.contains($0) }),
          isBreaking: true))
    }
    if !come.isEmpty {
      found.append(
        CatalogChange(
          service, subject, key: key, .valuesAdded, new: Self.json(after.filter { come.contains($0) })))
    }
    return found + order(key, before, after, of: subject)
  }

  /// Reports if the common values of two lists are in a different order, or repeated.
  func order(
    _ key: String, _ before: [String], _ after: [String], of subject: CatalogChange.Subject
  ) -> [CatalogChange] {
    let common = Set(before).intersection(after)
    guard before.filter(common.contains) != after.filter(common.contains) else { return [] }
    return [CatalogChange(service, subject, key: key, .reordered)]
  }

  // MARK: JSON

  func oldJSON(_ node: NodeID?) -> String? { node.map { Self.json($0, of: old) } }
  func newJSON(_ node: NodeID?) -> String? { node.map { Self.json($0, of: new) } }

  static func quoted(_ text: String) -> String {
    var writer = JSONWriter(.compact)
    writer.value(text)
    return writer.text
  }

  private static func json(_ node: NodeID, of document: Document) -> String {
    var writer = JSONWriter(.compact)
    writer.copy(node, of: document)
    return writer.text
  }

  private static func json(_ texts: [String]) -> String {
    var writer = JSONWriter(.compact)
    writer.array { writer in texts.forEach { writer.value($0) } }
    return writer.text
  }
}
