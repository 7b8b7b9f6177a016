/// A replacement for a part of a text.
///
/// - Units: bytes of the original text.
package struct TextEdit: Hashable, Sendable {
  /// Empty for an insertion.
  package let span: ByteSpan
  package let replacement: String

  package init(_ span: ByteSpan, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

extension SourceText {
  /// The text with some parts replaced.
  ///
  /// - Parameter edits: in any order; no two touch the same bytes.
  package func applying(_ edits: some Sequence<TextEdit>) -> SourceText {
    var result: [UInt8] = []
    var index = 0
    for edit in edits.sorted(by: { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }) {
      precondition(Int(edit.span.start) >= index, "edits overlap at byte \(edit.span.start)")
      result += bytes[index..<Int(edit.span.start)]
      result += edit.replacement.utf8
      index = Int(edit.span.end)
    }
    return SourceText(result + bytes[index...])
  }
}
