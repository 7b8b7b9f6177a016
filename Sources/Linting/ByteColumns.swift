internal import Syntax

extension LineIndex {
  /// The column of a byte in its line.
  ///
  /// - Units: UTF-8 bytes from 1; a byte order mark counts, since programs that read lines do not remove it.
  func byteColumn(of offset: UInt32, in text: SourceText) -> Int {
    let line = line(of: offset)
    let start = line == 1 ? 0 : range(ofLine: line).lowerBound
    return min(Int(offset), text.bytes.count) - start + 1
  }
}

extension LocatedFix.Edit {
  init(_ edit: TextEdit, _ text: SourceText, _ lines: LineIndex) {
    self.init(
      start: lines.position(of: edit.span.start), end: lines.end(of: edit.span), text: edit.replacement,
      startByteColumn: lines.byteColumn(of: edit.span.start, in: text),
      endByteColumn: lines.byteColumn(of: edit.span.end, in: text))
  }
}

extension TextEdit {
  /// Merges several edits into one.
  ///
  /// - Shape: `nil` if more than a few lines, or secret text, lie between them.
  /// - Parameter edits: in file order.
  static func joining(_ edits: [TextEdit], in text: SourceText, sensitive: [ByteSpan]) -> TextEdit? {
    guard let first = edits.first else { return nil }
    guard edits.count > 1 else { return first }
    let span = ByteSpan(start: first.span.start, end: edits.map(\.span.end).max() ?? first.span.end)
    guard span.range.count <= 4096, !sensitive.contains(where: { $0.overlaps(span) }) else { return nil }
    let part = SourceText(Array(text.bytes[span.range]))
    let moved = edits.map { edit in
      TextEdit(
        ByteSpan(start: edit.span.start - span.start, end: edit.span.end - span.start), edit.replacement)
    }
    return TextEdit(span, String(decoding: part.applying(moved).bytes, as: UTF8.self))
  }
}
