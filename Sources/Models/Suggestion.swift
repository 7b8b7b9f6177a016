/// The candidate that a misspelt name most likely means.
///
/// - Shape: casing first, then separators, then few edits, then one name inside the other; `nil` where nothing is near.
public func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = foldedName(name)
  guard !wanted.isEmpty else { return nil }
  var same: String?
  var best: (candidate: String, distance: Int)?
  var containing: String?
  for candidate in candidates where candidate != name {
    let other = foldedName(candidate)
    if other == wanted {
      if candidate.lowercased() == name.lowercased() { return candidate }
      same = same ?? candidate
      continue
    }
    // At least one letter must be common.
    let bound = min(max(1, wanted.count / 3), wanted.count - 1)
    let distance = editDistance(wanted, other, atMost: bound)
    if let distance, best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    if containing == nil, min(wanted.count, other.count) >= 4,
      isPart(wanted, of: other) || isPart(other, of: wanted)
    {
      containing = candidate
    }
  }
  return same ?? best?.candidate ?? containing
}

/// A name without case and separators.
public func foldedName(_ name: String) -> [UInt32] {
  name.unicodeScalars.prefix(200).compactMap { scalar in
    switch scalar {
    case "-", "_", " ": nil
    case "A"..."Z": scalar.value | 0x20
    default: scalar.value
    }
  }
}

private func isPart(_ part: [UInt32], of whole: [UInt32]) -> Bool {
  whole.starts(with: part) || whole.suffix(part.count) == part[...]
}

/// Insertions, deletions, substitutions and swaps of neighbours; `nil` beyond the bound.
///
/// - Source: optimal string alignment distance.
func editDistance(_ left: [UInt32], _ right: [UInt32], atMost bound: Int) -> Int? {
  guard abs(left.count - right.count) <= bound else { return nil }
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for (row, letter) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      var cost = min(
        previous[column] + (letter == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        cost = min(cost, beforePrevious[column - 1] + 1)
      }
      current.append(cost)
    }
    guard (current.min() ?? 0) <= bound else { return nil }
    beforePrevious = previous
    previous = current
  }
  return previous[right.count] <= bound ? previous[right.count] : nil
}
