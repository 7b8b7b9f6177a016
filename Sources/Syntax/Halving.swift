extension RandomAccessCollection where Index == Int {
  /// The first place from which on all elements satisfy a condition that none before it does; found by halving.
  @inlinable
  package func partitioningIndex(where isSecondHalf: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if isSecondHalf(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
