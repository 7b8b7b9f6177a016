extension Document {
  /// The same document with some parts marked as hidden or dynamic.
  ///
  /// Hidden parts belong to a frame; dynamic parts are known only at run time. Copies the node table.
  ///
  /// - Parameters:
  ///   - hidden: keys of entries, and items, by their ids in `writtenEntries`. No other accessor returns them or their contents.
  ///   - dynamic: scalars whose texts are placeholders for values, and collections that may have more children. Marking
  ///     a key also marks its mapping as such a collection.
  package func marking(hidden: some Sequence<NodeID> = [], dynamic: some Sequence<NodeID> = []) -> Document {
    let (hidden, dynamic) = (Set(hidden), Set(dynamic))
    guard !(hidden.isEmpty && dynamic.isEmpty) else { return self }
    var nodes = nodes
    for id in dynamic { nodes[id.index].markDynamic() }
    for index in nodes.indices where nodes[index].kind == .mapping || nodes[index].kind == .sequence {
      let isMapping = nodes[index].kind == .mapping
      var child = index + 1
      while child < Int(nodes[index].first) {
        if hidden.contains(NodeID(child)), !nodes[child].isHidden {
          nodes[child].flags.insert(.hidden)
          nodes[index].flags.insert(.hiddenChildren)
          nodes[index].second -= 1
        } else if isMapping, nodes[nodes.resolved(child).index].isDynamic {
          nodes[index].flags.insert(.dynamic)
        }
        child = nodes.indexAfter(child)
        if isMapping { child = nodes.indexAfter(child) }
      }
    }
    return with(nodes, hasDynamic: hasDynamic || !dynamic.isEmpty)
  }

  /// The entries of a mapping as written, aliases resolved, without hidden ones.
  func visibleEntries(of id: NodeID) -> [Entry] {
    var entries: [Entry] = []
    for entry in writtenEntries(of: id) where !nodes[entry.key.index].isHidden {
      entries.append(Entry(key: resolve(entry.key), value: resolve(entry.value)))
    }
    return entries
  }

  /// The items of a sequence, aliases resolved, without hidden ones.
  func visibleItems(of id: NodeID) -> [NodeID] {
    var items: [NodeID] = []
    var index = id.index + 1
    while index < Int(nodes[id.index].first) {
      if !nodes[index].isHidden { items.append(nodes.resolved(index)) }
      index = nodes.indexAfter(index)
    }
    return items
  }

  /// The hidden entries and items inside a value.
  ///
  /// - Shape: in text order, aliases resolved.
  package func hiddenParts(of id: NodeID) -> (entries: [Entry], items: [NodeID]) {
    var found: (entries: [Entry], items: [NodeID]) = ([], [])
    for index in range(of: id) where nodes[index].flags.contains(.hiddenChildren) {
      let isMapping = nodes[index].kind == .mapping
      var child = index + 1
      while child < Int(nodes[index].first) {
        let value = isMapping ? nodes.indexAfter(child) : child
        if nodes[child].isHidden {
          if isMapping {
            found.entries.append(Entry(key: nodes.resolved(child), value: nodes.resolved(value)))
          } else {
            found.items.append(nodes.resolved(value))
          }
        }
        child = nodes.indexAfter(value)
      }
    }
    return found
  }

  // MARK: Dynamic values

  /// Whether a scalar is a placeholder for a value that is known only at run time.
  package func isUnknown(_ id: NodeID) -> Bool {
    hasDynamic && self[id].isDynamic && self[id].kind == .scalar
  }

  /// Whether a value, or anything inside it, is known only at run time.
  package func holdsDynamic(_ id: NodeID) -> Bool {
    guard hasDynamic else { return false }
    if self[id].isDynamic { return true }
    switch self[id].kind {
    case .scalar, .alias: return false
    case .sequence: return items(of: id).contains { holdsDynamic($0) }
    case .mapping: return entries(of: id).contains { self[$0.key].isDynamic || holdsDynamic($0.value) }
    }
  }

  /// A value or key that is known only at run time.
  package struct DynamicPlace: Sendable {
    /// From the value that was searched; the last step of a key is the key itself.
    package let path: [Step]
    package let isKey: Bool
  }

  /// Every dynamic key, scalar and collection inside a value, in document order.
  package func dynamicPlaces(below id: NodeID) -> [DynamicPlace] {
    guard hasDynamic else { return [] }
    var found: [DynamicPlace] = []
    var path: [Step] = []
    func walk(_ id: NodeID) {
      if self[id].isDynamic { found.append(DynamicPlace(path: path, isKey: false)) }
      for (index, item) in items(of: id).enumerated() {
        path.append(.item(index))
        walk(item)
        path.removeLast()
      }
      for entry in entries(of: id) {
        path.append(.member(entry.key))
        if self[entry.key].isDynamic { found.append(DynamicPlace(path: path, isKey: true)) }
        walk(entry.value)
        path.removeLast()
      }
    }
    walk(resolve(id))
    return found
  }

  /// The same document with the values marked dynamic that are dynamic in a value of another document.
  ///
  /// - Parameter pointer: to the counterpart of that value in this document.
  package func markingDynamic(
    like id: NodeID, of other: Document, at pointer: JSONPointer = JSONPointer()
  ) -> Document {
    let places = other.dynamicPlaces(below: id).compactMap { place -> NodeID? in
      let tokens = pointer.tokens + other.pointer(place.path).tokens
      guard place.isKey, let name = tokens.last else { return value(at: JSONPointer(tokens), from: root) }
      let owner = value(at: JSONPointer(Array(tokens.dropLast())), from: root)
      return owner.flatMap { entry(of: name, in: $0)?.key }
    }
    return marking(dynamic: places)
  }
}

extension Node {
  /// A scalar keeps its text and becomes a string, so that no check judges its spelling.
  fileprivate mutating func markDynamic() {
    flags.insert(.dynamic)
    if kind == .scalar { tag = .string }
  }
}
