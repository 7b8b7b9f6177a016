/// A half-open range of bytes in a source text.
///
/// - Units: UTF-8 bytes from the first byte of the file, including a byte order mark.
package struct ByteSpan: Hashable, Sendable {
  package let start: UInt32
  /// The first byte after the span.
  package let end: UInt32

  package init(start: UInt32, end: UInt32) {
    precondition(start <= end, "span \(start)..<\(end) runs backwards")
    self.start = start
    self.end = end
  }

  package init(_ start: Int, _ end: Int) {
    self.init(start: UInt32(start), end: UInt32(end))
  }

  /// The span as indices of an array of bytes.
  package var range: Range<Int> { Int(start)..<Int(end) }
  package var count: Int { Int(end - start) }
  package var isEmpty: Bool { start == end }

  /// Whether two spans share a byte, or one is empty and lies inside the other.
  package func overlaps(_ other: ByteSpan) -> Bool {
    start < other.end && other.start < end || isEmpty && other.contains(self)
      || other.isEmpty && contains(other)
  }

  /// Whether another span lies wholly inside.
  package func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }
}
