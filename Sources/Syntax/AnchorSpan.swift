extension Document {
  /// What a finding about a whole value points at, where no key leads to it.
  ///
  /// - Shape: a scalar itself; of a flow collection its opening sign; of a block mapping its first key; of a block
  ///   sequence the dash of its first item.
  public func anchorSpan(of id: NodeID) -> ByteSpan {
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
}
