/// Patterns in ECMA-262's dialect, as JSON Schema writes them; they are read with the flag `u`.
package enum ECMAScriptPattern {
  /// How much of a text a pattern must match.
  package enum Extent: Sendable { case whole, part }

  /// A pattern that matches exactly the same texts as a Java pattern; `nil` if none is known.
  package static func exact(java pattern: String, matching extent: Extent) -> String? {
    guard var writing = try? JavaInECMAScript(pattern, isWhole: extent == .whole) else { return nil }
    return try? writing.run()
  }

  /// A pattern of ECMA-262 that every engine accepts with the flag `u`; `nil` if that is not possible.
  ///
  /// Needless escapes are dropped, and `(?i)` is written out.
  package static func portable(_ pattern: String) -> String? {
    var writing = PortablePattern(pattern)
    return writing.run()
  }
}

/// Rewrites a pattern of ECMA-262.
private struct PortablePattern {
  private var rest: Substring.UnicodeScalarView
  private let isCaseless: Bool
  private var isInClass = false
  private var result = ""

  init(_ pattern: String) {
    isCaseless = pattern.hasPrefix("(?i)")
    rest = pattern.unicodeScalars.dropFirst(isCaseless ? 4 : 0)
  }

  mutating func run() -> String? {
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\\":
        guard appendEscape() else { return nil }
      case "[" where !isInClass:
        isInClass = true
        result += "["
      case "[": result += "\\["
      case "]" where isInClass:
        isInClass = false
        result += "]"
      case "]",
        "}" where !isInClass && !closesCount:
        result += "\\\(scalar)"
      case "(" where !isInClass:
        guard isGroup else { return nil }
        result += "("
        if rest.first == "?" { keepGroupKind() }
      default:
        guard append(scalar) else { return nil }
      }
    }
    return result
  }

  /// Whether the current brace ends a repetition count.
  private var closesCount: Bool {
    guard let open = result.lastIndex(of: "{") else { return false }
    let inside = result[result.index(after: open)...]
    return !inside.isEmpty && inside.allSatisfy { $0.isNumber || $0 == "," }
  }

  /// Whether the opening parenthesis begins a kind of group that all engines know.
  private var isGroup: Bool {
    guard rest.first == "?" else { return true }
    let kind = String(String.UnicodeScalarView(rest.dropFirst().prefix(2)))
    return kind.hasPrefix(":") || kind.hasPrefix("=") || kind.hasPrefix("!") || kind == "<=" || kind == "<!"
  }

  private mutating func keepGroupKind() {
    let count = rest.dropFirst().first == "<" ? 3 : 2
    result.unicodeScalars.append(contentsOf: rest.prefix(count))
    rest = rest.dropFirst(count)
  }

  private mutating func append(_ scalar: Unicode.Scalar) -> Bool {
    guard isCaseless, scalar.properties.isAlphabetic else {
      result.unicodeScalars.append(scalar)
      return true
    }
    // Only the cases of these letters are known here; two of the letters have a third case.
    guard let other = otherCase(scalar.value).flatMap({ Unicode.Scalar($0) }), !isInClass else {
      return false
    }
    let third = ["s": "\u{17F}", "k": "\u{212A}"][scalar.properties.lowercaseMapping] ?? ""
    result += "[\(scalar)\(other)\(third)]"
    return true
  }

  private mutating func appendEscape() -> Bool {
    guard let kind = rest.popFirst() else { return false }
    if "^$\\.*+?()[]{}|/".unicodeScalars.contains(kind) || (kind == "-" && isInClass) {
      result += "\\\(kind)"
      return true
    }
    if "dDwWsSnrtvf".unicodeScalars.contains(kind) || ("bB".unicodeScalars.contains(kind) && !isInClass) {
      // Under this flag, word characters and letters of either case are different sets.
      result += "\\\(kind)"
      return !isCaseless || !"wWbB".unicodeScalars.contains(kind)
    }
    if "xupP".unicodeScalars.contains(kind) {
      result += "\\\(kind)"
      return !isCaseless
    }
    guard kind.isASCII, !isASCIILetter(kind), !isDigit(kind) else { return false }
    result.unicodeScalars.append(kind)
    return true
  }
}
