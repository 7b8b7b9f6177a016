package import Linting
package import Syntax

/// How one file would change, as `git apply` and `patch -p1` take it.
///
/// - Shape: three lines of context, fewer beside lines that must not be shown; hunks that touch are joined; empty where nothing changes.
/// - Source: POSIX `diff -u`; git's marker of a missing line break, and its quoting of paths.
package struct UnifiedDiff: Sendable {
  /// A text with the parts of it that must not be shown.
  package struct Side: Sendable {
    let text: SourceText
    let hidden: [ByteSpan]
    /// Words that hide the line they are in.
    let words: SecretWords

    package init(_ text: SourceText, hidden: HiddenText) {
      self.text = text
      self.hidden = hidden.spans
      words = hidden.words
    }

    /// Without words that may be written elsewhere.
    package init(_ text: SourceText, hidden: [ByteSpan]) {
      self.text = text
      self.hidden = hidden
      words = SecretWords()
    }
  }

  package private(set) var bytes: [UInt8] = []
  /// Whether lines are masked, so that the diff cannot be applied.
  package private(set) var isMasked = false

  private static let context = 3

  /// - Parameter path: as a person names the file; an absolute one stays as it is.
  package init(path: String, from old: Side, to new: Side) {
    let (before, after) = (DiffLines(old), DiffLines(new))
    let changes = Self.changes(from: before.lines, to: after.lines)
    guard !changes.isEmpty else { return }
    let (source, target) = path.hasPrefix("/") ? (path, path) : ("a/\(path)", "b/\(path)")
    bytes += "--- \(Self.quoted(source))\n+++ \(Self.quoted(target))\n".utf8
    var rest = changes[...]
    while let first = rest.first {
      var hunk = [first]
      rest = rest.dropFirst()
      while let next = rest.first,
        next.old.lowerBound - hunk[hunk.count - 1].old.upperBound <= 2 * Self.context,
        !before.isHidden[hunk[hunk.count - 1].old.upperBound..<next.old.lowerBound].contains(true)
      {
        hunk.append(next)
        rest = rest.dropFirst()
      }
      append(hunk, before, after)
    }
  }

  /// Lines that take the place of others.
  private struct Change {
    let old: Range<Int>
    let new: Range<Int>
  }

  // MARK: Comparing

  /// Goes through both texts together; where they part, looks for the nearest place at which they meet again.
  private static func changes(from old: [ArraySlice<UInt8>], to new: [ArraySlice<UInt8>]) -> [Change] {
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func numbered(_ lines: [ArraySlice<UInt8>]) -> [Int] {
      lines.map { line in
        if let known = numbers[line] { return known }
        numbers[line] = numbers.count
        return numbers.count - 1
      }
    }
    let (before, after) = (numbered(old), numbered(new))
    var changes: [Change] = []
    var (one, other) = (0, 0)
    while one < before.count || other < after.count {
      if one < before.count, other < after.count, before[one] == after[other] {
        (one, other) = (one + 1, other + 1)
        continue
      }
      let (left, right) = meeting(before[one...], after[other...])
      changes += parts(before[one..<(one + left)], after[other..<(other + right)])
      (one, other) = (one + left, other + right)
    }
    return changes
  }

  /// A change without the lines in it that stay the same.
  private static func parts(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [Change] {
    guard old.count == new.count else { return [Change(old: old.indices, new: new.indices)] }
    var parts: [Change] = []
    for (left, right) in zip(old.indices, new.indices) where old[left] != new[right] {
      if let last = parts.last, last.old.upperBound == left {
        parts[parts.count - 1] = Change(
          old: last.old.lowerBound..<(left + 1), new: last.new.lowerBound..<(right + 1))
      } else {
        parts.append(Change(old: left..<(left + 1), new: right..<(right + 1)))
      }
    }
    return parts
  }

  /// How many lines of each to pass over until both go on alike, the fewest in all.
  private static func meeting(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> (old: Int, new: Int) {
    let (start, other) = (old.startIndex, new.startIndex)
    func isAlike(_ left: Int, _ right: Int) -> Bool {
      // Two lines, since one alone, such as a bracket, is often alike by chance.
      (0..<2).allSatisfy { step in
        let (left, right) = (start + left + step, other + right + step)
        guard left < old.endIndex, right < new.endIndex else {
          return left >= old.endIndex && right >= new.endIndex
        }
        return old[left] == new[right]
      }
    }
    for sum in 1..<(old.count + new.count) {
      // As many of one as of the other first: most changes are inside a line.
      let pairs = (max(0, sum - new.count)...min(sum, old.count)).map { ($0, sum - $0) }
      if let found = pairs.first(where: { isAlike($0.0, $0.1) }) { return found }
    }
    return (old.count, new.count)
  }

  // MARK: Writing

  private mutating func append(_ hunk: [Change], _ old: DiffLines, _ new: DiffLines) {
    let first = hunk[0]
    let last = hunk[hunk.count - 1]
    // With a hidden line as context the diff could not be applied.
    let lead = old.isHidden[..<first.old.lowerBound].suffix(Self.context).reversed().prefix { !$0 }.count
    let trail = old.isHidden[last.old.upperBound...].prefix(Self.context).prefix { !$0 }.count
    let oldRange = (first.old.lowerBound - lead)..<(last.old.upperBound + trail)
    let newRange = (first.new.lowerBound - lead)..<(last.new.upperBound + trail)
    bytes += "@@ -\(Self.place(oldRange)) +\(Self.place(newRange)) @@\n".utf8
    var index = oldRange.lowerBound
    for change in hunk {
      for line in index..<change.old.lowerBound { append(" ", line, of: old) }
      // What takes the place of a hidden line may show its value too.
      let hidden = change.old.map { old.isHidden[$0] }
      let hides = change.new.count == hidden.count ? hidden : change.new.map { _ in hidden.contains(true) }
      for line in change.old { append("-", line, of: old) }
      for (line, hides) in zip(change.new, hides) { append("+", line, of: new, hides: hides) }
      index = change.old.upperBound
    }
    for line in index..<oldRange.upperBound { append(" ", line, of: old) }
  }

  private mutating func append(_ sign: String, _ index: Int, of side: DiffLines, hides: Bool = false) {
    bytes += sign.utf8
    let line = side.lines[index]
    if hides || side.isHidden[index] {
      isMasked = true
      bytes += "\(redacted)\n".utf8
      return
    }
    bytes += line
    if line.last != UInt8(ascii: "\n") { bytes += "\n\\ No newline at end of file\n".utf8 }
  }

  /// First line and number of lines; of none the line before them.
  private static func place(_ range: Range<Int>) -> String {
    let start = range.isEmpty ? range.lowerBound : range.lowerBound + 1
    return range.count == 1 ? "\(start)" : "\(start),\(range.count)"
  }

  /// A path as git writes it: in quotes where it holds signs of its own, a tab behind one with blanks.
  private static func quoted(_ path: String) -> String {
    let isSpecial = path.unicodeScalars.contains {
      $0.value < 0x20 || $0.value == 0x7F || "\"\\".unicodeScalars.contains($0)
    }
    guard isSpecial else { return path.contains(" ") ? "\(path)\t" : path }
    var text = "\""
    for scalar in path.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      default:
        let octal = String(scalar.value, radix: 8)
        let isControl = scalar.value < 0x20 || scalar.value == 0x7F
        text += isControl ? "\\" + String(repeating: "0", count: 3 - octal.count) + octal : String(scalar)
      }
    }
    return text + "\""
  }
}

/// The lines of a text with their breaks; only a line feed ends one, as in every diff.
private struct DiffLines {
  private(set) var lines: [ArraySlice<UInt8>] = []
  private(set) var isHidden: [Bool] = []

  init(_ side: UnifiedDiff.Side) {
    let bytes = side.text.bytes
    var hidden = side.hidden.sorted { $0.start < $1.start }[...]
    /// Where the spans end that began so far.
    var reach = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      while let next = hidden.first, Int(next.start) < end {
        reach = max(reach, Int(next.end))
        hidden = hidden.dropFirst()
      }
      isHidden.append(reach > start || (!side.words.isEmpty && side.words.occur(in: bytes[start..<end])))
      start = end
    }
  }
}
