/// Patterns in the dialect of ECMA-262, as JSON Schema writes them, to be read with its flag `u`.
package enum ECMAScriptPattern {
  /// How much of a text a pattern must match.
  package enum Extent: Sendable { case whole, part }

  /// A Java pattern that matches the very same texts; `nil` where none is known that is exact.
  package static func exact(java pattern: String, matching extent: Extent) -> String? {
    guard var writing = try? JavaInECMAScript(pattern, isWhole: extent == .whole) else { return nil }
    return try? writing.run()
  }

  /// A pattern of ECMA-262 that every engine with the flag `u` takes: without needless escapes, and without `(?i)`,
  /// which is written out; `nil` where that is not possible.
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

  /// Whether the brace at hand ends a count of repetitions.
  private var closesCount: Bool {
    guard let open = result.lastIndex(of: "{") else { return false }
    let inside = result[result.index(after: open)...]
    return !inside.isEmpty && inside.allSatisfy { $0.isNumber || $0 == "," }
  }

  /// Whether what follows an opening parenthesis is a kind of group that all engines know.
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
    // Only the cases of these letters are known here, two of which have a third one.
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
      // Words and letters of either case are other ones under a flag.
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
