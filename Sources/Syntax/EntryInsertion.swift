/// A scalar to write into a file.
package struct NewScalar: Hashable, Sendable {
  package let text: String
  /// Whether the text is a string rather than a number or a boolean.
  package let isString: Bool

  package init(_ text: String, isString: Bool) {
    self.text = text
    self.isString = isString
  }
}

extension Document {
  /// The edit that adds an entry to a mapping after another one, in the same style; `nil` if there is no room for it.
  ///
  /// - Parameter key: of the entry before, as the mapping has it; `nil` for the last one.
  package func insertion(
    _ name: String, _ value: NewScalar, after key: NodeID?, in mapping: NodeID
  ) -> [TextEdit]? {
    let entries = writtenEntries(of: mapping)
    guard standsAlone(mapping), self.value(of: name, in: mapping) == nil, self[mapping].kind == .mapping,
      let place = key.map({ key in entries.firstIndex { $0.key == key } }) ?? entries.indices.last,
      let written = spelling(name, value, like: entries[place])
    else { return nil }
    return self[mapping].style == .flow
      ? flowInsertion(written, after: place, of: entries, in: mapping)
      : blockInsertion(written, after: entries[place])
  }

  /// Key and value with the quotes and spacing of another entry.
  private func spelling(_ name: String, _ value: NewScalar, like entry: Entry) -> String? {
    let style = self[entry.key].style
    guard self[entry.key].kind == .scalar, let key = Self.spelling(of: name, as: style, notation) else {
      return nil
    }
    let written = value.isString ? Self.spelling(of: value.text, as: style, notation) : value.text
    guard let written, value.isString || PlainText.isLiteral(value.text) else { return nil }
    let (end, start) = (Int(self[entry.key].span.end), Int(self[entry.value].span.start))
    let between = end < start ? source.bytes[end..<start] : []
    // A plain key needs a blank after the colon to end.
    let isTight = between.elementsEqual(":".utf8) && style != .plain
    return "\(key):\(isTight ? "" : " ")\(written)"
  }

  private func blockInsertion(_ written: String, after entry: Entry) -> [TextEdit]? {
    let text = EditedText(source)
    let span = span(of: entry)
    guard !keepsBlankLines(before: range(of: entry.value).upperBound) else { return nil }
    let start = Int(span.start)
    let marks = source.bytes[text.startOfLine(start)..<start]
    guard marks.allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }) else { return nil }
    let end = text.endOfLine(Int(span.end))
    guard text.isSpaces(Int(span.end)..<end) || text.hasComment(Int(span.end)..<end) else { return nil }
    let isLast = end == source.bytes.count
    let lineBreak = isLast ? text.usualLineBreak : text.lineBreak(end)
    let indentation = String(repeating: " ", count: marks.count)
    return [TextEdit(ByteSpan(end, end), lineBreak + indentation + written)]
  }

  private func flowInsertion(
    _ written: String, after place: Int, of entries: [Entry], in mapping: NodeID
  ) -> [TextEdit]? {
    let text = EditedText(source)
    let span = span(of: entries[place])
    let (start, end) = (Int(span.start), Int(span.end))
    let isLast = place + 1 == entries.count
    let next = isLast ? Int(self[mapping].span.end) - 1 : Int(self[entries[place + 1].key].span.start)
    guard let separator = text.separator(end..<next) else { return nil }
    let lineBreak = text.beginsLine(start) ? text.usualLineBreak + text.line(before: start) : nil
    guard isLast else {
      let blanks =
        text.beginsLine(next)
        ? text.usualLineBreak + text.line(before: next)
        : String(repeating: " ", count: next - text.startOfSpaces(next))
      return [TextEdit(ByteSpan(next, next), "\(written),\(blanks)")]
    }
    guard let lineBreak else {
      let blank = written.contains(": ") ? " " : ""
      let place = separator.comma.map { $0 + 1 } ?? end
      return [TextEdit(ByteSpan(place, place), (separator.comma == nil ? "," : "") + blank + written)]
    }
    // After the comment on the previous entry.
    let lineEnd = min(text.endOfLine(end), next)
    guard let comma = separator.comma else {
      let edits = [
        TextEdit(ByteSpan(end, end), ","), TextEdit(ByteSpan(lineEnd, lineEnd), lineBreak + written),
      ]
      return lineEnd == end || text.isSpaces(end..<lineEnd)
        ? [TextEdit(ByteSpan(end, end), "," + lineBreak + written)] : edits
    }
    guard comma < lineEnd else { return nil }
    return [TextEdit(ByteSpan(lineEnd, lineEnd), lineBreak + written + ",")]
  }
}
