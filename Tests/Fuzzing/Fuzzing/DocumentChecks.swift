@testable package import Syntax

extension SyntaxIssue {
  /// What must hold of every issue of a text.
  package func check(in source: SourceText) {
    require(Int(span.end) <= source.bytes.count, "issue at \(span) of \(source.bytes.count) bytes")
    require(!message.isEmpty && !message.utf8.contains { $0 < 0x20 }, "message \(message.debugDescription)")
  }
}

extension Document {
  /// What must hold of every document, whatever its text.
  package func check() {
    checkPlaces()
    checkTexts()
    checkPaths()
    checkWriting()
  }

  /// Places lie in the source, in order, and each in the collection that it belongs to.
  private func checkPlaces() {
    require(nodeCount > 0, "a document without a node")
    var open: [(end: Int, span: ByteSpan)] = []
    var previous: UInt32 = 0
    for index in 0..<nodeCount {
      let node = self[NodeID(index)]
      require(Int(node.span.end) <= source.bytes.count, "node \(index) at \(node.span)")
      require(node.span.start >= previous, "node \(index) at \(node.span) stands before \(previous)")
      previous = node.span.start
      while let last = open.last, last.end <= index { open.removeLast() }
      if let outer = open.last {
        require(outer.span.contains(node.span), "node \(index) at \(node.span) of \(outer.span)")
      }
      let range = range(of: NodeID(index))
      require(range.upperBound > index && range.upperBound <= open.last?.end ?? nodeCount, "range \(range)")
      switch node.kind {
      case .sequence, .mapping: open.append((range.upperBound, node.span))
      case .alias:
        let target = resolve(NodeID(index))
        require(target.index < index && self[target].kind != .alias, "alias \(index) of \(target)")
      case .scalar: break
      }
    }
  }

  private func checkTexts() {
    for id in (0..<nodeCount).lazy.map({ NodeID($0) }) where self[id].kind == .scalar {
      require(String(validating: text(of: id), as: UTF8.self) != nil, "text \(show(text(of: id)))")
      require(hasText(string(of: id), at: id), "text \(show(text(of: id)))")
      for schema in [ScalarSchema.core, .yaml11] {
        let type = scalarType(of: id, schema)
        let number = number(of: id, schema)
        if number != nil {
          require(type == .integer || type == .float, "number of \(String(describing: type))")
        }
      }
      if case .boolean? = scalarType(of: id) { require(boolean(of: id) != nil, "boolean \(string(of: id))") }
      _ = jsonScalar(of: id)
    }
    for duplicate in duplicateKeys() {
      require(hasText(string(of: duplicate.first), at: duplicate.again), "duplicate \(duplicate)")
    }
  }

  /// The path to a node leads to it, however it is found.
  private func checkPaths() {
    guard !hasAliases, nodeCount < 200, duplicateKeys().isEmpty else { return }
    let all = (0..<nodeCount).map { NodeID($0) }
    let keys = all.flatMap { id in writtenEntries(of: id).map(\.key) }
    guard keys.allSatisfy({ self[$0].kind == .scalar }) else { return }
    for (id, path) in zip(all, paths(to: all)) {
      require(path == self.path(to: id), "paths to \(id): \(path) and \(self.path(to: id))")
      let found = follow(pointer(path), from: root)
      let isThere = found.value == id || keys.contains(id) && found.path == path
      require(isThere, "\(pointer(path)) leads to \(String(describing: found.value)), not \(id)")
    }
  }

  /// What is written again reads the same.
  private func checkWriting() {
    let canonical = canonicalJSON(of: root)
    // Beyond what doubles hold one by one the shortest digits of a double are another number.
    let hasHugeNumber = (0..<nodeCount).contains { index in
      number(of: NodeID(index)).map { $0.double.magnitude > 0x1p53 } ?? false
    }
    guard !hasHugeNumber else { return }
    let again = parsed(json: canonical, "canonical JSON")
    require(
      again.canonicalJSON(of: again.root) == canonical, "canonical JSON \(show(canonical)) is not final")
    var writer = JSONWriter(.compact)
    writer.copy(root, of: self)
    let copy = parsed(json: writer.bytes, "copy")
    require(copy.canonicalJSON(of: copy.root) == canonical, "\(show(writer.bytes)) for \(show(canonical))")
  }
}
