extension Document {
  /// A key that is repeated in its mapping.
  package struct DuplicateKey: Sendable {
    package let first: NodeID
    package let again: NodeID
  }

  /// Every key that is repeated in a mapping; linear in the size of the document.
  ///
  /// - Shape: in document order; merge keys and keys that are not scalars are left out, hidden keys are not.
  package func duplicateKeys() -> [DuplicateKey] {
    var duplicates: [DuplicateKey] = []
    for index in nodes.indices where nodes[index].kind == .mapping {
      guard nodes[index].second > 1 || nodes[index].flags.contains(.hiddenChildren) else { continue }
      collectDuplicates(in: NodeID(index), into: &duplicates)
    }
    return duplicates.sorted { $0.again < $1.again }
  }

  private func collectDuplicates(in mapping: NodeID, into duplicates: inout [DuplicateKey]) {
    guard count(of: mapping) > 12 || nodes[mapping.index].flags.contains(.hiddenChildren) else {
      return compareAll(in: mapping, into: &duplicates)
    }
    let keys = writtenKeys(of: mapping)
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

  /// Compares every key with those before it, which costs less than a table if there are only a few.
  private func compareAll(in mapping: NodeID, into duplicates: inout [DuplicateKey]) {
    nodes.withUnsafeBufferPointer { nodes in
      let end = Int(nodes[mapping.index].first)
      var place = mapping.index + 1
      while place < end {
        let again = nodes.resolved(place)
        var earlier = mapping.index + 1
        while earlier < place {
          let first = nodes.resolved(earlier)
          if hasSameText(first, again, nodes), !isMergeKey(first), !isMergeKey(again) {
            duplicates.append(DuplicateKey(first: first, again: again))
            break
          }
          earlier = nodes.indexAfter(nodes.indexAfter(earlier))
        }
        place = nodes.indexAfter(nodes.indexAfter(place))
      }
    }
  }

  private func writtenKeys(of mapping: NodeID) -> [NodeID] {
    writtenEntries(of: mapping).compactMap {
      let key = resolve($0.key)
      return self[key].kind == .scalar && !isMergeKey(key) ? key : nil
    }
  }

  private func hasSameText(_ left: NodeID, _ right: NodeID, _ nodes: UnsafeBufferPointer<Node>) -> Bool {
    let (one, other) = (nodes[left.index], nodes[right.index])
    return one.kind == .scalar && other.kind == .scalar
      && one.second - one.first == other.second - other.first
      && text(of: left) == text(of: right)
  }
}
