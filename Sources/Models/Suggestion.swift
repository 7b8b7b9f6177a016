/// Among more names no near one is searched for; no AWS structure or enumeration has as many.
package let mostNames = 4_096

/// A name that another may stand for, prepared for many searches.
struct Candidate: Sendable {
  let name: String
  let folded: [UInt32]
  fileprivate let letters: UInt64

  init(_ name: String) {
    self.name = name
    folded = foldedName(name)
    letters = Models.letters(of: folded)
  }
}

/// The candidate that a misspelt name most likely means.
///
/// - Shape: tries case, then separators, then few edits, then one name inside the other; `nil` if nothing is near.
package func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
  suggestion(for: name, among: candidates.lazy.map { Candidate($0) })
}

func suggestion(for name: String, among candidates: some Sequence<Candidate>) -> String? {
  let wanted = Candidate(name)
  guard !wanted.folded.isEmpty else { return nil }
  var same: String?
  var best: (name: String, distance: Int)?
  var containing: String?
  for candidate in candidates where candidate.name != name {
    if candidate.folded == wanted.folded {
      if candidate.name.lowercased() == name.lowercased() { return candidate.name }
      same = same ?? candidate.name
      continue
    }
    let bound = editBound(wanted.folded)
    // Only a nearer name is of interest, which mostly shows early.
    if let distance = editDistance(wanted, candidate, atMost: best.map { $0.distance - 1 } ?? bound) {
      best = (candidate.name, distance)
    }
    if containing == nil, isEnd(wanted.folded, candidate.folded) { containing = candidate.name }
  }
  return same ?? best?.name ?? containing
}

/// Whether a folded name may be a misspelling of another.
func isMisspelt(_ wanted: [UInt32], _ other: [UInt32]) -> Bool {
  wanted == other || isEnd(wanted, other) || editDistance(wanted, other, atMost: editBound(wanted)) != nil
}

/// The distance up to which a name is near; at least one letter must be common.
private func editBound(_ wanted: [UInt32]) -> Int { min(max(1, wanted.count / 3), wanted.count - 1) }

/// Whether one of two names begins or ends with the other.
private func isEnd(_ one: [UInt32], _ other: [UInt32]) -> Bool {
  min(one.count, other.count) >= 4 && (isPart(one, of: other) || isPart(other, of: one))
}

/// A name without case and separators.
package func foldedName(_ name: String) -> [UInt32] {
  name.unicodeScalars.prefix(200).compactMap { scalar in
    switch scalar {
    case "-", "_", " ": nil
    case "A"..."Z": scalar.value | 0x20
    default: scalar.value
    }
  }
}

/// Whether two names differ only in case and separators.
package func isRespelling(_ name: String, of other: String) -> Bool {
  func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: " ")
  }
  func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
  var (rest, otherRest) = (name.utf8.makeIterator(), other.utf8.makeIterator())
  while true {
    var (byte, otherByte) = (rest.next(), otherRest.next())
    while let found = byte, isSeparator(found) { byte = rest.next() }
    while let found = otherByte, isSeparator(found) { otherByte = otherRest.next() }
    guard byte.map(lowercased) == otherByte.map(lowercased) else { return false }
    if byte == nil { return true }
  }
}

private func isPart(_ part: [UInt32], of whole: [UInt32]) -> Bool {
  whole.starts(with: part) || whole.suffix(part.count) == part[...]
}

/// A bit for each letter; some letters share one.
private func letters(of name: [UInt32]) -> UInt64 { name.reduce(0) { $0 | 1 << UInt64($1 & 63) } }

/// Counts insertions, deletions, substitutions and swaps of neighbours; `nil` beyond the bound.
///
/// - Source: optimal string alignment distance; only the band within the bound is computed.
func editDistance(_ left: [UInt32], _ right: [UInt32], atMost bound: Int) -> Int? {
  guard bound >= 0, abs(left.count - right.count) <= bound else { return nil }
  guard mayBeNear(letters(of: left), letters(of: right), bound) else { return nil }
  return alignmentDistance(left, right, atMost: bound)
}

/// Likewise for prepared names.
func editDistance(_ left: Candidate, _ right: Candidate, atMost bound: Int) -> Int? {
  guard bound >= 0, abs(left.folded.count - right.folded.count) <= bound else { return nil }
  guard mayBeNear(left.letters, right.letters, bound) else { return nil }
  return alignmentDistance(left.folded, right.folded, atMost: bound)
}

/// Each letter that only one of two names has takes an edit.
private func mayBeNear(_ ours: UInt64, _ theirs: UInt64, _ bound: Int) -> Bool {
  (ours & ~theirs).nonzeroBitCount <= bound && (theirs & ~ours).nonzeroBitCount <= bound
}

private func alignmentDistance(_ left: [UInt32], _ right: [UInt32], atMost bound: Int) -> Int? {
  let beyond = bound + 1
  // Indexed by how much of the right name has been matched.
  var beforePrevious = [Int](repeating: beyond, count: right.count + 1)
  var current = beforePrevious
  var previous = (0...right.count).map { min($0, beyond) }
  for (row, letter) in left.enumerated() {
    let start = max(1, row + 1 - bound)
    current[start - 1] = start == 1 ? min(row + 1, beyond) : beyond
    var least = current[start - 1]
    for column in stride(from: start, through: min(right.count, row + 1 + bound), by: 1) {
      let other = right[column - 1]
      var cost = min(
        previous[column - 1] + (letter == other ? 0 : 1), previous[column] + 1, current[column - 1] + 1)
      if row > 0, column > 1, letter == right[column - 2], left[row - 1] == other {
        cost = min(cost, beforePrevious[column - 2] + 1)
      }
      current[column] = min(cost, beyond)
      least = min(least, cost)
    }
    guard least <= bound else { return nil }
    (beforePrevious, previous, current) = (previous, current, beforePrevious)
  }
  return previous[right.count] <= bound ? previous[right.count] : nil
}
