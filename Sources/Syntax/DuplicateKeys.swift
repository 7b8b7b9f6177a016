extension Document {
  /// A key that stands in its mapping again.
  public struct DuplicateKey: Sendable {
    public let first: NodeID
    public let again: NodeID
  }

  /// Every key that is given more than once in one mapping; linear in the size of the document.
  ///
  /// - Shape: in document order; merge keys and keys that are no scalars are left out.
  public func duplicateKeys() -> [DuplicateKey] {
    var duplicates: [DuplicateKey] = []
    for index in nodes.indices where nodes[index].kind == .mapping && nodes[index].second > 1 {
      collectDuplicates(in: NodeID(index), into: &duplicates)
    }
    return duplicates.sorted { $0.again < $1.again }
  }

  private func collectDuplicates(in mapping: NodeID, into duplicates: inout [DuplicateKey]) {
    let keys = writtenKeys(of: mapping)
    guard keys.count > 12 else {
      for (place, key) in keys.enumerated() {
        if let first = keys[..<place].first(where: { hasSameText($0, key) }) {
          duplicates.append(DuplicateKey(first: first, again: key))
        }
      }
      return
    }
    var known: [ArraySlice<UInt8>: NodeID] = [:]
    known.reserveCapacity(keys.count)
    for key in keys {
      if let first = known[text(of: key)] {
        duplicates.append(DuplicateKey(first: first, again: key))
      } else {
        known[text(of: key)] = key
      }
    }
  }

  private func writtenKeys(of mapping: NodeID) -> [NodeID] {
    let node = self[mapping]
    return Entries(nodes: nodes, index: mapping.index + 1, end: Int(node.first), merged: nil)
      .compactMap { self[$0.key].kind == .scalar && !isMergeKey($0.key) ? $0.key : nil }
  }

  private func hasSameText(_ left: NodeID, _ right: NodeID) -> Bool {
    nodes[left.index].second - nodes[left.index].first == nodes[right.index].second - nodes[right.index].first
      && text(of: left) == text(of: right)
  }
}
