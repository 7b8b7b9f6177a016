extension Document {
  /// Whether a node is used only where it is written, so that an edit there changes nothing else.
  ///
  /// - Shape: false for nodes that an alias or a merge key brings to another place, and inside the text of a scalar.
  package func standsAlone(_ id: NodeID) -> Bool { standAlone(id.index..<(id.index + 1)) }

  func standAlone(_ nodes: Range<Int>) -> Bool {
    guard map == nil, origins == nil else { return false }
    let next = sharedNodes.partitioningIndex { $0.upperBound > nodes.lowerBound }
    return next == sharedNodes.count || sharedNodes[next].lowerBound >= nodes.upperBound
  }

  private func isEditableScalar(_ id: NodeID) -> Bool {
    self[id].kind == .scalar && self[id].tag == .none && !self[id].span.isEmpty && standsAlone(id)
  }

  /// Puts a plain scalar into quotes and keeps its spelling; `nil` if that is not safe.
  package func quoting(_ id: NodeID) -> TextEdit? {
    let node = self[id]
    guard isEditableScalar(id), node.style == .plain, !node.isDecoded, text(of: id).allSatisfy(isQuotable)
    else { return nil }
    return TextEdit(node.span, "\"\(string(of: id))\"")
  }

  /// Removes the quotes from a number or boolean; `nil` if readers would disagree about the result.
  package func unquoting(_ id: NodeID) -> TextEdit? {
    let node = self[id]
    guard isEditableScalar(id), node.style == .singleQuoted || node.style == .doubleQuoted, !node.isDecoded
    else { return nil }
    return literal(string(of: id), at: id)
  }

  /// Replaces a scalar with a number or boolean; `nil` for one that readers interpret differently.
  package func literal(_ literal: String, at id: NodeID) -> TextEdit? {
    guard isEditableScalar(id), PlainText.isLiteral(literal) else { return nil }
    return TextEdit(self[id].span, literal)
  }

  /// Replaces the text of a key or value and keeps its quoting as far as the text allows.
  package func respelling(_ id: NodeID, as text: String) -> TextEdit? {
    guard isEditableScalar(id), let spelling = Self.spelling(of: text, as: self[id].style, notation) else {
      return nil
    }
    return TextEdit(self[id].span, spelling)
  }

  /// A text as a scalar of a style; in double quotes if it would not be a string in that style.
  static func spelling(of text: String, as style: Node.Style, _ notation: Notation) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.allSatisfy(isQuotable) else { return nil }
    switch style {
    case .plain where notation == .yaml && PlainText.isWord(text): return text
    case .plain, .doubleQuoted: return "\"\(text)\""
    case .singleQuoted: return bytes.contains(UInt8(ascii: "'")) ? "\"\(text)\"" : "'\(text)'"
    case .literal, .folded, .block, .flow: return nil
    }
  }
}

/// Whether a byte is the same inside and outside double quotes, in YAML and JSON.
private func isQuotable(_ byte: UInt8) -> Bool {
  (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
}

extension PlainText {
  /// Whether a text without quotes is one number or boolean to readers of YAML 1.1, YAML 1.2 and JSON.
  package static func isLiteral(_ text: String) -> Bool {
    guard case .document(let document) = readJSON(SourceText(text), limits: Limits()) else { return false }
    let root = document.root
    let type = document.scalarType(of: root)
    guard type == .boolean || type == .integer || type == .float,
      type == document.scalarType(of: root, .yaml11), document[root].span.count == text.utf8.count
    else { return false }
    return type == .boolean || document.number(of: root) == document.number(of: root, .yaml11)
  }

  /// Whether a text without quotes is a string to every YAML reader, and not syntax.
  static func isWord(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      guard let first = bytes.first, isAlphanumeric(first) else { return false }
      return bytes.allSatisfy { isAlphanumeric($0) || "-_./".utf8.contains($0) }
        && PlainScalar.coreType(bytes[...]) == .string && PlainScalar.yaml11Type(bytes[...]) == .string
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }
}
