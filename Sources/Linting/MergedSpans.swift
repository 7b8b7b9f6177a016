internal import Syntax

/// Spans of a text merged into a sorted list, so that overlap checks need not visit each.
struct MergedSpans {
  private var spans: [ByteSpan] = []

  init(_ spans: some Sequence<ByteSpan>) {
    for span in spans.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      if let last = self.spans.last, span.start <= last.end {
        self.spans[self.spans.count - 1] = ByteSpan(start: last.start, end: max(last.end, span.end))
      } else {
        self.spans.append(span)
      }
    }
  }

  var isEmpty: Bool { spans.isEmpty }

  /// Whether a span shares a byte with one of them, or an empty one lies in or at the end of another.
  func touch(_ span: ByteSpan) -> Bool {
    let place = spans.partitioningIndex { $0.end >= span.start }
    return spans[place...].prefix { $0.start <= span.end }.contains { $0.overlaps(span) }
  }
}
