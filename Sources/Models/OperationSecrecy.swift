package import Syntax

/// What an operation and its shapes mark as sensitive.
extension Operation {
  /// Whether any of its parameters must not be shown.
  package var hasSensitive: Bool { input.map { self[$0].holdsSensitive } ?? false }

  /// Whether a text replaces a structure, list or map, and so may assign values to sensitive members.
  package func masks(text id: NodeID, for shape: Shape, in document: Document) -> Bool {
    guard !shape.isScalar, document[id].kind == .scalar, hasSensitive else { return false }
    let text = document.text(of: id)
    let isAddress = text.starts(with: "file://".utf8) || text.starts(with: "fileb://".utf8)
    return !isAddress && text.contains { ":={".utf8.contains($0) }
  }

  /// Whether the value at a path of member names, or a value around it, must not be shown.
  package func masks(_ path: some Sequence<String>) -> Bool {
    guard hasSensitive else { return false }
    var walked: [String] = []
    for token in path {
      walked.append(token)
      guard let shape = shape(at: walked) else { return false }
      if shape.isMasked { return true }
    }
    return false
  }

  /// Likewise for a value of a document, which may have the wrong type.
  package func masks(_ pointer: JSONPointer, in document: Document, from root: NodeID) -> Bool {
    guard hasSensitive, let input else { return false }
    var place: (shape: Shape, node: NodeID?) = (self[input], root)
    for token in pointer.tokens {
      if let node = place.node, place.shape.masks(document[node].kind) { return true }
      guard let inner = inner(token, of: place.shape) else { return false }
      place.node = place.node.flatMap { document.value(at: JSONPointer([token]), from: $0) }
      place.shape = inner
      if inner.isMasked { return true }
    }
    return place.node.map { place.shape.masks(document[$0].kind) } ?? false
  }

  private func inner(_ token: String, of shape: Shape) -> Shape? {
    if shape.kind == .structure { return shape.member(token).map { self[$0.shape] } }
    return shape.element.map { self[$0] }
  }

  /// The pointer with the keys of sensitive maps masked.
  package func masking(_ pointer: JSONPointer) -> JSONPointer {
    guard hasSensitive, let input else { return pointer }
    var tokens = pointer.tokens
    var shape = self[input]
    for index in tokens.indices {
      guard let inner = inner(tokens[index], of: shape) else { break }
      if shape.kind == .map, shape.isMasked { tokens[index] = redacted }
      shape = inner
    }
    return JSONPointer(tokens)
  }
}

extension Shape {
  var isScalar: Bool { kind != .structure && kind != .list && kind != .map }

  /// Whether a node of this kind may be a value of this shape.
  func fits(_ node: Node.Kind) -> Bool {
    switch kind {
    case .structure, .map: node == .mapping
    case .list: node == .sequence
    default: isDocument || node == .scalar
    }
  }

  /// Whether a value is masked as a whole: it is sensitive, or it has the wrong type and may contain sensitive values.
  package func masks(_ node: Node.Kind) -> Bool {
    // Most shapes return here, so that valid values cost nothing.
    guard holdsSensitive else { return false }
    return isMasked || !fits(node)
  }
}

extension [ShapeFacts] {
  /// Marks the masked shapes, and those that contain them.
  mutating func markSensitive() {
    guard indices.contains(where: { self[$0].isSensitive }) else { return }
    for index in indices {
      let isKeyed = self[index].key.map { self[$0.index].isSensitive } ?? false
      self[index].isMasked = self[index].isSensitive || isKeyed
      self[index].holdsSensitive = self[index].isMasked
    }
    // Inner shapes mostly come later in the table; recursive shapes take another round.
    var isChanged = true
    while isChanged {
      isChanged = false
      for index in indices.reversed() where !self[index].holdsSensitive {
        let element = self[index].element.map { self[$0.index].holdsSensitive } ?? false
        let isHolding = element || self[index].members.contains { self[$0.shape.index].holdsSensitive }
        if isHolding {
          self[index].holdsSensitive = true
          isChanged = true
        }
      }
    }
  }
}
