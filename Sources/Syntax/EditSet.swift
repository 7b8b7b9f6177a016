/// Edits of a text, no two of which touch the same bytes.
package struct EditSet: Sendable {
  /// In text order.
  package private(set) var edits: [TextEdit] = []

  package init() {}

  /// Adds a group of edits, all or none, and returns whether they were added.
  ///
  /// - Shape: repeating the same edits changes nothing and counts as added.
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

  /// The first edit that does not start before a span.
  private func place(of span: ByteSpan) -> Int {
    edits.partitioningIndex { ($0.span.start, $0.span.end) >= (span.start, span.end) }
  }
}
