/// Translates assertions and the dot of Java patterns to ICU.
extension JavaTranslation {
  private var lineBreaks: String { flags.contains(.unixLines) ? "\\n" : "\\n\\r\\x{85}\\x{2028}\\x{2029}" }

  var dot: String { flags.contains(.dotAll) ? "[\\x{0}-\\x{10FFFF}]" : "[^\(lineBreaks)]" }

  var lineStart: String {
    guard flags.contains(.multiline) else { return "^" }
    // A line starts neither at the very end nor inside a pair of carriage return and line feed.
    return flags.contains(.unixLines)
      ? "(?:(?!\\z)(?:\\A|(?<=\\n)))" : "(?:(?!\\z)(?:\\A|(?<=[\(lineBreaks)])(?!(?<=\\r)\\n)))"
  }

  var lineEnd: String {
    switch (flags.contains(.multiline), flags.contains(.unixLines)) {
    case (true, true): "(?=\\n|\\z)"
    case (true, false): "(?=[\\r\\x{85}\\x{2028}\\x{2029}]|(?<!\\r)\\n|\\z)"
    case (false, true): "(?=\\n?\\z)"
    // ICU also counts these two as line breaks.
    case (false, false): "(?:$(?![\\x{B}\\x{C}]))"
    }
  }

  /// A position with a letter, a digit, an underscore, or a mark on a letter or digit, on just one side.
  private func wordBoundary(_ isNegated: Bool) -> String {
    let before = "(?<=[_\\p{L}\\p{Nd}]|[\\p{L}\\p{Nd}]\\p{Mn}{1,8})"
    let after = "(?:(?=[_\\p{L}\\p{Nd}])|(?=\\p{Mn})(?<=[\\p{L}\\p{Nd}]\\p{Mn}{0,8}))"
    return isNegated
      ? "(?:\(before)\(after)|(?!\(before))(?!\(after)))" : "(?:\(before)(?!\(after))|(?!\(before))\(after))"
  }

  /// The assertion for an escape whose backslash and letter have been read.
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
