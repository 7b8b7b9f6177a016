extension Document {
  /// Where a finding about a whole value points if no key leads to that value.
  ///
  /// - Shape: a scalar itself; the opening sign of a flow collection; the first key of a block mapping; the dash of a
  ///   block sequence's first item.
  package func anchorSpan(of id: NodeID) -> ByteSpan {
    let node = self[id]
    switch (node.kind, node.style) {
    case (.mapping, .block):
      guard let first = entries(of: id).first(where: { _ in true }) else { return sourceSpan(of: id) }
      return sourceSpan(of: first.key)
    case (.mapping, _), (.sequence, _):
      return sourceSpan(ByteSpan(start: node.span.start, end: min(node.span.start + 1, node.span.end)))
    default: return sourceSpan(of: id)
    }
  }

  /// Everything written for an entry's value, including its anchor and tag.
  ///
  /// If nothing is written, this is the rest of the line, which may have become a comment by mistake.
  package func writtenSpan(of entry: Entry) -> ByteSpan {
    let key = sourceSpan(of: entry.key)
    let value = sourceSpan(of: entry.value)
    let bytes = source.bytes
    guard map == nil, key.end <= value.start else { return value }
    var start = Int(key.end)
    while start < Int(value.start), bytes[start] != UInt8(ascii: ":") { start += 1 }
    start += 1
    while start < Int(value.start), bytes[start] == 0x20 || (0x09...0x0D).contains(bytes[start]) {
      start += 1
    }
    var end = Int(value.end)
    if value.start == value.end || start < Int(value.start) {
      end = bytes[end...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    }
    return ByteSpan(min(start, Int(value.start)), end)
  }
}
