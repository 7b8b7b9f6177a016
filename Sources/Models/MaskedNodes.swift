package import Syntax

/// Nodes of a document that must not be shown, wherever aliases lead to them.
package struct MaskedNodes: Sendable {
  /// In order, none inside another.
  private let ranges: [Range<Int>]

  package init() { ranges = [] }

  /// - Parameter ranges: runs of the document's table; any two are either disjoint or nested.
  package init(_ ranges: [Range<Int>]) {
    let sorted = ranges.sorted { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    self.ranges = sorted.reduce(into: []) { outermost, range in
      if range.lowerBound >= outermost.last?.upperBound ?? 0 { outermost.append(range) }
    }
  }

  package var isEmpty: Bool { ranges.isEmpty }

  package func contains(_ id: NodeID) -> Bool {
    guard !ranges.isEmpty else { return false }
    let place = ranges.partitioningIndex { $0.lowerBound > id.index } - 1
    return place >= 0 && ranges[place].contains(id.index)
  }
}

extension Document {
  /// Runs of the table that contain values, and the targets of aliases in them.
  package func rangesBehindAliases(of values: [NodeID]) -> [Range<Int>] {
    var ranges = values.map { range(of: $0) }
    guard hasAliases else { return ranges }
    var seen: Set<NodeID> = []
    var open = ranges
    while let inner = open.popLast() {
      for index in inner {
        let node = resolve(NodeID(index))
        guard node.index != index, seen.insert(node).inserted else { continue }
        ranges.append(range(of: node))
        open.append(range(of: node))
      }
    }
    return ranges
  }
}
