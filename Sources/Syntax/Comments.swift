extension Document {
  /// The comments above the root value, in order, each from its `#` to the end of its line.
  ///
  /// - Shape: empty for JSON, which has none.
  package var leadingComments: [ByteSpan] {
    guard notation == .yaml else { return [] }
    let bytes = source.bytes
    var comments: [ByteSpan] = []
    var index = Int(span.start)
    let end = nodeCount > 0 && !self[root].span.isEmpty ? Int(self[root].span.start) : Int(span.end)
    while index < end {
      guard bytes[index] == UInt8(ascii: "#"),
        index == 0 || isYAMLBlank(bytes[index - 1]) || bytes[index - 1] == 0xBF
      else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
      comments.append(ByteSpan(start, index))
    }
    return comments
  }
}

/// A comment of a document.
package struct Comment: Sendable {
  /// From its `#` to the end of its line.
  package let span: ByteSpan
  /// Whether it has its line to itself.
  package let isAlone: Bool
}

extension Document {
  /// All comments, in order; a `#` inside a scalar starts no comment.
  ///
  /// - Shape: empty for JSON, which has none.
  package var comments: [Comment] {
    guard notation == .yaml else { return [] }
    var scan = CommentScan(bytes: source.bytes, index: Int(span.start))
    for index in 0..<nodeCount {
      let node = self[NodeID(index)]
      guard node.kind == .scalar, !node.span.isEmpty else { continue }
      scan.walk(to: Int(node.span.start))
      if node.style == .literal || node.style == .folded { scan.walkHeader(of: node.span) }
      scan.index = Int(node.span.end)
    }
    scan.walk(to: Int(span.end))
    return scan.comments
  }

  /// Spans of the scalars that cover several lines, in order.
  package var multilineScalars: [ByteSpan] {
    (0..<nodeCount).compactMap { index in
      let node = self[NodeID(index)]
      guard node.kind == .scalar, source.bytes[node.span.range].contains(where: isLineEnd) else { return nil }
      return node.span
    }
  }
}

private struct CommentScan {
  let bytes: [UInt8]
  var index: Int
  private(set) var comments: [Comment] = []

  init(bytes: [UInt8], index: Int) {
    self.bytes = bytes
    self.index = index
  }

  /// Collects every comment before an offset.
  mutating func walk(to end: Int) {
    while index < end {
      let isComment =
        bytes[index] == UInt8(ascii: "#")
        && (index == 0 || isYAMLBlank(bytes[index - 1]) || bytes[index - 1] == 0xBF)
      guard isComment else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, !isLineEnd(bytes[index]) { index += 1 }
      comments.append(Comment(span: ByteSpan(start, index), isAlone: isAlone(start)))
    }
  }

  /// Collects the comment after a block scalar's indicator; the lines below it are text.
  mutating func walkHeader(of span: ByteSpan) {
    walk(to: bytes[span.range].firstIndex(where: isLineEnd) ?? Int(span.end))
  }

  private func isAlone(_ start: Int) -> Bool {
    let before = bytes[..<start].reversed().prefix { !isLineEnd($0) }
    return before.allSatisfy { $0 == 0x20 || $0 == 0x09 || [0xEF, 0xBB, 0xBF].contains($0) }
  }
}

/// Whether a byte ends a line, LF or CR.
@inlinable
package func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
