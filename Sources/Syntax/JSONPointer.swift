/// A path to a value inside a document.
///
/// - Source: RFC 6901.
package struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
  package var tokens: [String]

  package init(_ tokens: [String] = []) { self.tokens = tokens }

  /// Parses the string form; `nil` if it does not begin with `/` or has a stray `~`.
  package init?(parsing text: String) {
    guard !text.isEmpty else {
      tokens = []
      return
    }
    // By scalars: as a character, the slash would swallow a combining mark after it.
    guard text.unicodeScalars.first == "/" else { return nil }
    tokens = []
    for token in text.unicodeScalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let plain = Self.unescape(token) else { return nil }
      tokens.append(plain)
    }
  }

  package var description: String {
    tokens.reduce(into: "") { text, token in
      text += "/"
      guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
        text += token
        return
      }
      for character in token.unicodeScalars {
        switch character {
        case "~": text += "~0"
        case "/": text += "~1"
        default: text.unicodeScalars.append(character)
        }
      }
    }
  }

  private static func unescape(_ token: Substring.UnicodeScalarView) -> String? {
    guard token.contains("~") else { return String(token) }
    var plain = ""
    var scalars = token.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "~" else {
        plain.unicodeScalars.append(scalar)
        continue
      }
      switch scalars.next() {
      case "0": plain += "~"
      case "1": plain += "/"
      default: return nil
      }
    }
    return plain
  }
}

extension Document {
  /// One step from a value to a value inside it.
  package enum Step: Hashable, Sendable {
    case member(NodeID)
    case item(Int)
  }

  /// The pointer for a path through the document.
  package func pointer(_ path: some Sequence<Step>) -> JSONPointer {
    JSONPointer(
      path.map { step in
        switch step {
        case .member(let key): string(of: key)
        case .item(let index): String(index)
        }
      })
  }

  /// The pointers for several paths through the document; a key that occurs in many of them is stored once.
  package func pointers(_ paths: [[Step]]) -> [JSONPointer] {
    var texts: [NodeID: String] = [:]
    return paths.map { path in
      JSONPointer(
        path.map { step in
          switch step {
          case .item(let index): return String(index)
          case .member(let key):
            if let known = texts[key] { return known }
            let text = string(of: key)
            texts[key] = text
            return text
          }
        })
    }
  }

  /// The value at a pointer; `nil` if there is none.
  package func value(at pointer: JSONPointer, from start: NodeID) -> NodeID? {
    var value = resolve(start)
    for token in pointer.tokens {
      guard let (_, inner) = step(by: token, from: value) else { return nil }
      value = inner
    }
    return value
  }

  /// One step of a pointer, and the value that it leads to.
  private func step(by token: String, from value: NodeID) -> (step: Step, value: NodeID)? {
    switch self[value].kind {
    case .mapping: return entry(of: token, in: value).map { (.member($0.key), $0.value) }
    case .sequence:
      guard let index = Int(token), index >= 0, String(index) == token, index < count(of: value) else {
        return nil
      }
      return items(of: value).enumerated().first { $0.offset == index }.map { (.item(index), $0.element) }
    case .scalar, .alias: return nil
    }
  }

  /// The value at a pointer, and the part of the path that exists.
  package func follow(_ pointer: JSONPointer, from start: NodeID) -> (value: NodeID?, path: [Step]) {
    var value = resolve(start)
    var path: [Step] = []
    for token in pointer.tokens {
      guard let (step, inner) = step(by: token, from: value) else { return (nil, path) }
      path.append(step)
      value = inner
    }
    return (value, path)
  }
}

extension Document {
  /// The path from the root to a node through its enclosing collections; does not follow merge keys and aliases.
  package func path(to target: NodeID) -> [Step] {
    var path: [Step] = []
    var current = root
    while current < target {
      guard let step = step(from: current, towards: target) else { break }
      path.append(step.step)
      current = step.child
    }
    return path
  }

  /// The paths from the root to several nodes, found in one walk; does not follow merge keys and aliases.
  ///
  /// - Parameter targets: in the order of the document.
  package func paths(to targets: [NodeID]) -> [[Step]] {
    var paths: [[Step]] = []
    var open: [OpenCollection] = []
    var index = 0
    for target in targets {
      while index <= target.index {
        while let last = open.last, last.end <= index { open.removeLast() }
        if !open.isEmpty {
          open[open.count - 1].step(to: NodeID(index), isHidden: self[NodeID(index)].isHidden)
        }
        let node = self[NodeID(index)]
        if node.kind == .mapping || node.kind == .sequence {
          open.append(OpenCollection(isMapping: node.kind == .mapping, end: Int(node.first)))
        }
        index += 1
      }
      let isCollection = self[target].kind == .mapping || self[target].kind == .sequence
      paths.append((isCollection ? open.dropLast() : open[...]).map(\.current))
    }
    return paths
  }

  /// A collection that encloses the current place of a walk.
  private struct OpenCollection {
    let isMapping: Bool
    let end: Int
    private var count = -1
    private var key = NodeID(0)

    init(isMapping: Bool, end: Int) {
      self.isMapping = isMapping
      self.end = end
    }

    var current: Step { isMapping ? .member(key) : .item(count) }

    mutating func step(to child: NodeID, isHidden: Bool) {
      // Hidden items have no index.
      if !isMapping, isHidden { return }
      count += 1
      if isMapping, count % 2 == 0 { key = child }
    }
  }

  /// Whether a node is another one or lies inside it.
  package func isNode(_ id: NodeID, within ancestor: NodeID) -> Bool {
    let node = self[ancestor]
    let end = node.kind == .mapping || node.kind == .sequence ? Int(node.first) : ancestor.index + 1
    return ancestor.index <= id.index && id.index < end
  }

  private func step(from id: NodeID, towards target: NodeID) -> (step: Step, child: NodeID)? {
    let node = self[id]
    guard node.kind == .mapping || node.kind == .sequence else { return nil }
    var child = id.index + 1
    var count = 0
    var key = child
    while child < Int(node.first) {
      let isKey = node.kind == .mapping && count % 2 == 0
      if isKey { key = child }
      if isNode(target, within: NodeID(child)) {
        return (node.kind == .mapping ? .member(NodeID(key)) : .item(count), NodeID(child))
      }
      let next = self[NodeID(child)]
      child = next.kind == .mapping || next.kind == .sequence ? Int(next.first) : child + 1
      if node.kind == .mapping || !next.isHidden { count += 1 }
    }
    return nil
  }
}
