extension Document {
  /// The comments above the root value, in order, each from its `#` to the end of its line.
  ///
  /// - Shape: empty for JSON, which has none.
  public var leadingComments: [ByteSpan] {
    guard notation == .yaml else { return [] }
    let bytes = source.bytes
    var comments: [ByteSpan] = []
    var index = Int(span.start)
    let end = nodeCount > 0 && !self[root].span.isEmpty ? Int(self[root].span.start) : Int(span.end)
    while index < end {
      guard bytes[index] == UInt8(ascii: "#"),
        index == 0 || isYAMLBlank(bytes[index - 1]) || bytes[index - 1] == 0xBF
      else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
      comments.append(ByteSpan(start, index))
    }
    return comments
  }
}
