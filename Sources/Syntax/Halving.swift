extension RandomAccessCollection where Index == Int {
  /// The first index from which all elements satisfy a condition that no earlier one does; a binary search.
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
