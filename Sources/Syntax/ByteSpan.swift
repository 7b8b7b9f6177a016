/// A half-open range of bytes in a source text.
///
/// - Units: UTF-8 bytes from the first byte of the file, a byte order mark included.
public struct ByteSpan: Hashable, Sendable {
  public let start: UInt32
  /// The first byte that no longer belongs to the span.
  public let end: UInt32

  public init(start: UInt32, end: UInt32) {
    precondition(start <= end, "span \(start)..<\(end) runs backwards")
    self.start = start
    self.end = end
  }

  public init(_ start: Int, _ end: Int) {
    self.init(start: UInt32(start), end: UInt32(end))
  }

  /// The span as indices of an array of bytes.
  public var range: Range<Int> { Int(start)..<Int(end) }
  public var count: Int { Int(end - start) }
  public var isEmpty: Bool { start == end }

  /// Whether two spans share a byte, or an empty one lies inside the other.
  public func overlaps(_ other: ByteSpan) -> Bool {
    start < other.end && other.start < end || isEmpty && other.contains(self)
      || other.isEmpty && contains(other)
  }

  /// Whether another span lies wholly inside.
  public func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }
}
