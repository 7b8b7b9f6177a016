/// A place that YAML readers interpret differently, whatever its value is for.
package struct NotationOddity: Sendable {
  /// What is odd about a place.
  package enum Kind: Equatable, Sendable {
    /// U+0085, U+2028 or U+2029, which end a line in YAML 1.1 only.
    case lineBreak(Unicode.Scalar)
    /// A tab between a value and its comment, which PyYAML and ruamel.yaml refuse.
    case tabBeforeComment
    /// A byte order mark inside the stream, which only libyaml skips.
    case byteOrderMark
  }

  package let kind: Kind
  /// The odd bytes.
  package let span: ByteSpan
  /// The scalar that contains them, or that they follow on its line; `nil` if neither.
  package let scalar: NodeID?
}

extension Document {
  /// Every place of the document that YAML readers interpret differently, in order.
  ///
  /// - Shape: empty for JSON; only the first of several in one scalar.
  package func notationOddities() -> [NotationOddity] {
    guard notation == .yaml else { return [] }
    var places = source.bytes.withUnsafeBufferPointer { bytes in
      oddTabs(in: bytes) + (source.isASCII ? [] : oddCharacters(in: bytes))
    }
    guard !places.isEmpty else { return [] }
    places.sort { $0.span.start < $1.span.start }
    var walk = ScalarWalk(self)
    return places.compactMap { walk.oddity($0.kind, $0.span) }
  }

  typealias OddPlace = (kind: NotationOddity.Kind, span: ByteSpan)

  /// Blanks that include a tab, up to the start of a comment.
  private func oddTabs(in bytes: UnsafeBufferPointer<UInt8>) -> [OddPlace] {
    var places: [OddPlace] = []
    var index = Int(span.start)
    let text = UnsafeBufferPointer(rebasing: bytes[..<Int(span.end)])
    while let tab = text.firstIndex(of: 0x09, from: index) {
      index = tab + 1
      while index < text.count, text[index] == 0x09 || text[index] == 0x20 { index += 1 }
      guard index < text.count, text[index] == UInt8(ascii: "#") else { continue }
      var start = tab
      while start > 0, text[start - 1] == 0x20 { start -= 1 }
      places.append((.tabBeforeComment, ByteSpan(start, index)))
    }
    return places
  }

  private func oddCharacters(in bytes: UnsafeBufferPointer<UInt8>) -> [OddPlace] {
    let text = UnsafeBufferPointer(rebasing: bytes[..<Int(span.end)])
    let characters: [(bytes: [UInt8], kind: NotationOddity.Kind)] = [
      ([0xC2, 0x85], .lineBreak("\u{85}")), ([0xE2, 0x80, 0xA8], .lineBreak("\u{2028}")),
      ([0xE2, 0x80, 0xA9], .lineBreak("\u{2029}")), ([0xEF, 0xBB, 0xBF], .byteOrderMark),
    ]
    var places: [OddPlace] = []
    for character in characters {
      var index = Int(span.start)
      while let found = text.firstIndex(of: character.bytes, from: index) {
        index = found + character.bytes.count
        // At the beginning of the stream a byte order mark is correct.
        if found > 0 || character.kind != .byteOrderMark {
          places.append((character.kind, ByteSpan(found, index)))
        }
      }
    }
    return places
  }
}

/// Walks the scalars of a document in step with an ordered list of places.
private struct ScalarWalk {
  private let document: Document
  /// The first scalar that ends after the place queried last.
  private var next = 0
  private var last: NodeID?
  private var reported: NodeID?
  /// The end of the comment found last.
  private var commentEnd = 0

  init(_ document: Document) { self.document = document }

  /// `nil` for a character that is not odd here, such as a tab inside a comment.
  mutating func oddity(_ kind: NotationOddity.Kind, _ span: ByteSpan) -> NotationOddity? {
    advance(to: span.start)
    if let holder = holder(of: span.start) {
      guard case .lineBreak = kind, reported != holder else { return nil }
      reported = holder
      return NotationOddity(kind: kind, span: span, scalar: holder)
    }
    let start = Int(last.map { document[$0].span.end } ?? document.span.start)
    if isInComment(Int(span.start), from: start) {
      guard case .lineBreak = kind else { return nil }
      return NotationOddity(kind: kind, span: span, scalar: nil)
    }
    let between = document.source.bytes[min(start, Int(span.start))..<Int(span.start)]
    let follows = between.allSatisfy { $0 == 0x20 || $0 == 0x09 } && kind != .byteOrderMark
    return NotationOddity(kind: kind, span: span, scalar: follows ? last : nil)
  }

  private mutating func advance(to offset: UInt32) {
    while next < document.nodeCount {
      let node = document[NodeID(next)]
      if node.kind == .scalar, !node.span.isEmpty {
        guard node.span.end <= offset else { return }
        last = NodeID(next)
      }
      next += 1
    }
  }

  private func holder(of offset: UInt32) -> NodeID? {
    guard next < document.nodeCount, document[NodeID(next)].span.start <= offset else { return nil }
    return NodeID(next)
  }

  /// Whether a comment begins before an offset on the same line.
  private mutating func isInComment(_ offset: Int, from start: Int) -> Bool {
    if offset < commentEnd { return true }
    let bytes = document.source.bytes
    var index = offset
    while index > start, !isLineEnd(bytes[index - 1]) {
      index -= 1
      let isSign = bytes[index] == UInt8(ascii: "#") && (index == start || isYAMLBlank(bytes[index - 1]))
      guard isSign else { continue }
      commentEnd = bytes[offset...].firstIndex(where: isLineEnd) ?? bytes.count
      return true
    }
    return false
  }
}
