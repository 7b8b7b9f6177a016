/// Edits of a text, no two of which touch the same bytes.
package struct EditSet: Sendable {
  /// In the order of the text.
  package private(set) var edits: [TextEdit] = []

  package init() {}

  /// Adds edits that belong together, all or none; answers whether they could be added.
  ///
  /// - Shape: the same edits again change nothing and count as added.
  package mutating func insert(_ group: [TextEdit]) -> Bool {
    if group.allSatisfy({ contains($0) }) { return true }
    guard group.allSatisfy({ isFree($0.span) }) else { return false }
    for edit in group { edits.insert(edit, at: place(of: edit.span)) }
    return true
  }

  private func contains(_ edit: TextEdit) -> Bool {
    let place = place(of: edit.span)
    return place < edits.count && edits[place] == edit
  }

  private func isFree(_ span: ByteSpan) -> Bool {
    let place = place(of: span)
    return edits[max(0, place - 1)..<min(edits.count, place + 1)].allSatisfy { !$0.span.overlaps(span) }
  }

  /// The first edit that does not lie before a span.
  private func place(of span: ByteSpan) -> Int {
    edits.partitioningIndex { ($0.span.start, $0.span.end) >= (span.start, span.end) }
  }
}
