extension Document {
  /// The edits that remove an entry from its mapping; `nil` if they would touch anything else.
  ///
  /// - Shape: comments stay, one after the entry on a line of its own; the only entry of a block mapping also stays.
  /// - Parameter key: as the mapping has it.
  package func removal(of key: NodeID, from mapping: NodeID) -> [TextEdit]? {
    let entries = writtenEntries(of: mapping)
    guard standsAlone(mapping), let place = entries.firstIndex(where: { $0.key == key }),
      standAlone(key.index..<range(of: entries[place].value).upperBound), self[key].kind == .scalar
    else { return nil }
    let span = span(of: entries[place])
    guard !hasComment(in: span, nodes: key.index..<range(of: entries[place].value).upperBound) else {
      return nil
    }
    return self[mapping].style == .flow
      ? flowRemoval(place, of: entries, in: mapping) : blockRemoval(place, of: entries)
  }

  /// From the beginning of the key to the end of the value.
  func span(of entry: Entry) -> ByteSpan {
    ByteSpan(
      start: self[entry.key].span.start, end: max(self[entry.key].span.end, self[entry.value].span.end))
  }

  /// Whether the bytes of some nodes contain a comment.
  private func hasComment(in span: ByteSpan, nodes range: Range<Int>) -> Bool {
    let text = EditedText(source)
    var index = Int(span.start)
    for node in nodes[range] where node.kind == .scalar || node.kind == .alias {
      if text.hasComment(index..<max(index, Int(node.span.start))) { return true }
      index = max(index, Int(node.span.end))
      if node.style == .literal || node.style == .folded {
        // The indicator's line may end with one.
        let start = Int(node.span.start)
        if text.hasComment(start..<min(text.endOfLine(start), Int(node.span.end))) { return true }
      }
    }
    return text.hasComment(index..<max(index, Int(span.end)))
  }

  /// Whether a scalar that ends before a node keeps the blank lines after it.
  func keepsBlankLines(before index: Int) -> Bool {
    guard index > 0 else { return false }
    let node = nodes[index - 1]
    guard node.kind == .scalar, node.style == .literal || node.style == .folded else { return false }
    return source.bytes[node.span.range].prefix(3).contains(UInt8(ascii: "+"))
  }

  private func blockRemoval(_ place: Int, of entries: [Entry]) -> [TextEdit]? {
    let text = EditedText(source)
    let span = span(of: entries[place])
    let (start, end) = (Int(span.start), Int(span.end))
    guard entries.count > 1, !keepsBlankLines(before: entries[place].key.index) else { return nil }
    let lineStart = text.startOfLine(start)
    let rest = text.skipSpaces(end)
    guard text.isSpaces(lineStart..<start) else {
      // After the dash of an item, the next entry moves up.
      let marks = source.bytes[lineStart..<start]
      guard place + 1 < entries.count, marks.allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }) else {
        return nil
      }
      let next = Int(self[entries[place + 1].key].span.start)
      return text.isBlank(end..<next) ? [TextEdit(ByteSpan(start, next), "")] : nil
    }
    if text.isEndOfLine(rest) { return [TextEdit(ByteSpan(lineStart, text.nextLine(rest)), "")] }
    guard rest > end, source.bytes[rest] == UInt8(ascii: "#") else { return nil }
    return [TextEdit(ByteSpan(start, rest), "")]
  }

  private func flowRemoval(_ place: Int, of entries: [Entry], in mapping: NodeID) -> [TextEdit]? {
    let text = EditedText(source)
    let span = span(of: entries[place])
    let (start, end) = (Int(span.start), Int(span.end))
    let previousEnd =
      place > 0 ? Int(self.span(of: entries[place - 1]).end) : Int(self[mapping].span.start) + 1
    let nextStart =
      place + 1 < entries.count
      ? Int(self[entries[place + 1].key].span.start) : Int(self[mapping].span.end) - 1
    guard let before = text.separator(previousEnd..<start), let after = text.separator(end..<nextStart),
      (before.comma == nil) == (place == 0)
    else { return nil }
    if let comma = after.comma {
      let isBeside = text.isSpaces(end..<comma)
      guard isBeside else { return [TextEdit(span, ""), TextEdit(ByteSpan(comma, comma + 1), "")] }
      return [TextEdit(text.wholeLine(start, comma + 1) ?? text.part(start, comma + 1), "")]
    }
    guard let comma = before.comma else {
      return [TextEdit(text.wholeLine(start, end) ?? ByteSpan(text.startOfSpaces(start), end), "")]
    }
    let rest = text.skipSpaces(end)
    let isFollowed = source.bytes[rest] == UInt8(ascii: "#") && text.beginsLine(start)
    guard before.hasComment || isFollowed else { return [TextEdit(ByteSpan(comma, end), "")] }
    let own = isFollowed ? ByteSpan(start, rest) : text.wholeLine(start, end) ?? span
    return [TextEdit(ByteSpan(comma, comma + 1), ""), TextEdit(own, "")]
  }
}

/// The bytes around an edit, as lines and blanks.
struct EditedText {
  /// The text between two entries of a flow mapping.
  struct Separator {
    var comma: Int?
    var hasComment = false
  }

  let bytes: [UInt8]
  private let first: Int

  init(_ source: SourceText) {
    bytes = source.bytes
    first = source.byteOrderMarkLength
  }

  // MARK: Lines

  func startOfLine(_ index: Int) -> Int {
    var start = index
    while start > first, !isLineBreak(start - 1) { start -= 1 }
    return start
  }

  /// The index of the line's break, or the end of the text.
  func endOfLine(_ index: Int) -> Int {
    var end = index
    while end < bytes.count, !isLineBreak(end) { end += 1 }
    return end
  }

  /// The start of the next line, given the end of one.
  func nextLine(_ end: Int) -> Int { end + lineBreak(end).utf8.count }

  /// The line break at the end of a line; empty at the end of the text.
  func lineBreak(_ end: Int) -> String {
    guard end < bytes.count else { return "" }
    guard bytes[end] == UInt8(ascii: "\r") else { return "\n" }
    return end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "\n") ? "\r\n" : "\r"
  }

  /// The first line break of the text.
  var usualLineBreak: String {
    let end = endOfLine(first)
    return end < bytes.count ? lineBreak(end) : "\n"
  }

  func isEndOfLine(_ index: Int) -> Bool { index == bytes.count || isLineBreak(index) }

  /// Whether only spaces precede an index on its line.
  func beginsLine(_ index: Int) -> Bool { isSpaces(startOfLine(index)..<index) }

  /// The text before an index on its line.
  func line(before index: Int) -> String {
    String(decoding: bytes[startOfLine(index)..<index], as: UTF8.self)
  }

  private func isLineBreak(_ index: Int) -> Bool { bytes[index] == 0x0A || bytes[index] == 0x0D }

  // MARK: Blanks

  func isSpaces(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 } }

  func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy(isYAMLBlank) }

  func skipSpaces(_ index: Int) -> Int {
    var end = index
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    return end
  }

  /// The start of the run of spaces before an index.
  func startOfSpaces(_ index: Int) -> Int {
    var start = index
    while start > first, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    return start
  }

  // MARK: Flow mappings

  /// `nil` if the range contains more than blanks, comments and one comma.
  func separator(_ range: Range<Int>) -> Separator? {
    guard range.lowerBound <= range.upperBound else { return nil }
    var separator = Separator()
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == UInt8(ascii: ","), separator.comma == nil {
        separator.comma = index
      } else if beginsComment(index) {
        separator.hasComment = true
        index = endOfLine(index)
        continue
      } else if !isYAMLBlank(bytes[index]) {
        return nil
      }
      index += 1
    }
    return separator
  }

  func hasComment(_ range: Range<Int>) -> Bool { range.contains { beginsComment($0) } }

  private func beginsComment(_ index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "#")
      && (index == 0 || isYAMLBlank(bytes[index - 1]) || bytes[index - 1] == UInt8(ascii: ","))
  }

  /// The lines that a part of the text fills alone, or up to the comment after it; `nil` if it shares them.
  func wholeLine(_ start: Int, _ end: Int) -> ByteSpan? {
    let rest = skipSpaces(end)
    guard beginsLine(start) else { return nil }
    if isEndOfLine(rest) { return ByteSpan(startOfLine(start), nextLine(rest)) }
    return bytes[rest] == UInt8(ascii: "#") ? ByteSpan(start, rest) : nil
  }

  /// A part of a line with the blanks on one side of it.
  func part(_ start: Int, _ end: Int) -> ByteSpan {
    let rest = skipSpaces(end)
    return isEndOfLine(rest) ? ByteSpan(startOfSpaces(start), end) : ByteSpan(start, rest)
  }
}
