/// Assertions and the dot of Java patterns, as ICU has them.
extension JavaTranslation {
  private var lineBreaks: String { flags.contains(.unixLines) ? "\\n" : "\\n\\r\\x{85}\\x{2028}\\x{2029}" }

  var dot: String { flags.contains(.dotAll) ? "[\\x{0}-\\x{10FFFF}]" : "[^\(lineBreaks)]" }

  var lineStart: String {
    guard flags.contains(.multiline) else { return "^" }
    // No line starts at the very end, nor inside a pair of carriage return and line feed.
    return flags.contains(.unixLines)
      ? "(?:(?!\\z)(?:\\A|(?<=\\n)))" : "(?:(?!\\z)(?:\\A|(?<=[\(lineBreaks)])(?!(?<=\\r)\\n)))"
  }

  var lineEnd: String {
    switch (flags.contains(.multiline), flags.contains(.unixLines)) {
    case (true, true): "(?=\\n|\\z)"
    case (true, false): "(?=[\\r\\x{85}\\x{2028}\\x{2029}]|(?<!\\r)\\n|\\z)"
    case (false, true): "(?=\\n?\\z)"
    // ICU also takes these two for line breaks.
    case (false, false): "(?:$(?![\\x{B}\\x{C}]))"
    }
  }

  /// A letter, a digit, an underscore or a mark on one of the first two stands on just one side.
  private func wordBoundary(_ isNegated: Bool) -> String {
    let before = "(?<=[_\\p{L}\\p{Nd}]|[\\p{L}\\p{Nd}]\\p{Mn}{1,8})"
    let after = "(?:(?=[_\\p{L}\\p{Nd}])|(?=\\p{Mn})(?<=[\\p{L}\\p{Nd}]\\p{Mn}{0,8}))"
    return isNegated
      ? "(?:\(before)\(after)|(?!\(before))(?!\(after)))" : "(?:\(before)(?!\(after))|(?!\(before))\(after))"
  }

  /// The assertion that an escape stands for, the backslash and its letter read.
  func assertion(_ kind: Unicode.Scalar) throws(Problem) -> String {
    switch kind {
    case "b" where next == "{": throw .unsupported("it uses \\b{}")
    case "b", "B": return wordBoundary(kind == "B")
    case "Z": return flags.contains(.unixLines) ? "(?=\\n?\\z)" : "(?:$(?![\\x{B}\\x{C}]))"
    case "R": return "(?:\\r\\n|[\\n\\x{B}\\x{C}\\r\\x{85}\\x{2028}\\x{2029}])"
    case "X": return "(?:\\X)"
    default: return "(?:\\\(kind))"
    }
  }
}
