/// Translates a pattern of ECMA-262 to ICU's dialect without changing its meaning.
///
/// - Source: `\d`, `\w` and `\b` are ASCII in ECMA-262 but Unicode in ICU, and `\s` differs; ICU's `.` stops at more
///   line terminators; ECMA's `$` matches only at the very end; inside a class, ECMA reads `[`, `&&` and `--`
///   literally, but ICU does not.
struct ECMAScriptTranslation {
  /// Whether a flag inside the pattern makes `.` match everything.
  private let hasDotAll: Bool
  private var rest: Substring.UnicodeScalarView
  private var result = ""
  private var isInClass = false
  /// Right after the `[` or `[^` of a class.
  private var isClassStart = false
  /// Number of open quantifiers.
  private var braces = 0

  init(_ pattern: String) {
    hasDotAll = pattern.split(separator: "(?", omittingEmptySubsequences: false).dropFirst().contains {
      group in
      group.prefix { $0.isLetter && $0.isASCII }.contains("s")
    }
    rest = pattern.unicodeScalars[...]
  }

  mutating func run() -> String {
    while let scalar = rest.popFirst() {
      let opensClass = isClassStart
      isClassStart = false
      if scalar == "\\" {
        appendEscape()
      } else if isInClass {
        appendClassMember(scalar, isFirst: opensClass)
      } else {
        append(scalar)
      }
    }
    // ICU refuses an empty pattern.
    return result.isEmpty ? "(?:)" : result
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "[":
      isInClass = true
      isClassStart = true
      result += "["
    case "$": result += "\\z"
    case "}" where braces == 0: result += "\\}"
    case "{", "}":
      braces += scalar == "{" ? 1 : -1
      result.unicodeScalars.append(scalar)
    case "." where !hasDotAll: result += "[^\\n\\r\\u2028\\u2029]"
    default: result.unicodeScalars.append(scalar)
    }
  }

  private mutating func appendClassMember(_ scalar: Unicode.Scalar, isFirst: Bool) {
    switch scalar {
    case "[", "&": result += "\\\(scalar)"
    case "^" where isFirst:
      isClassStart = true
      result += "^"
    case "]" where isFirst:
      // `[]` matches nothing, `[^]` anything.
      let isNegated = result.hasSuffix("^")
      result.removeLast(isNegated ? 2 : 1)
      result += isNegated ? "[\\x{0}-\\x{10FFFF}]" : "(?!)"
      isInClass = false
    case "]":
      isInClass = false
      result += "]"
    case ":" where isFirst, "{", "}": result += "\\\(scalar)"
    case "-" where rest.first == "-" || isBeforeSet: result += "\\-"
    default: result.unicodeScalars.append(scalar)
    }
  }

  /// Whether `\d` or a similar escape comes next, which cannot end a range.
  private var isBeforeSet: Bool {
    rest.first == "\\" && rest.dropFirst().first.map { "dDwWsS".unicodeScalars.contains($0) } ?? false
  }

  // MARK: Escapes

  private mutating func appendEscape() {
    guard let kind = rest.popFirst() else {
      result += "\\"
      return
    }
    if let set = set(kind) {
      result += set
      // A hyphen after a set begins no range.
      if isInClass, rest.first == "-", rest.dropFirst().first != "]" {
        rest.removeFirst()
        result += "\\-"
      }
    } else {
      result += escape(kind)
      if rest.first == "{", "pPuxkN".unicodeScalars.contains(kind) { appendName() }
    }
  }

  /// Appends the text in braces after an escape, such as a property's name.
  private mutating func appendName() {
    while let scalar = rest.popFirst() {
      result.unicodeScalars.append(scalar)
      if scalar == "}" { return }
    }
  }

  private func escape(_ kind: Unicode.Scalar) -> String {
    let word = "[A-Za-z0-9_]"
    switch kind {
    case "u" where rest.first == "{": return "\\x"
    case "v": return "\\x0B"
    case "0" where !(rest.first?.properties.numericType == .decimal): return "\\x{0}"
    case "b" where isInClass: return "\\x08"
    case "b": return "(?:(?<=\(word))(?!\(word))|(?<!\(word))(?=\(word)))"
    case "B": return "(?:(?<=\(word))(?=\(word))|(?<!\(word))(?!\(word)))"
    default: return "\\\(kind)"
    }
  }

  /// The ICU set for `\d` and similar escapes; `nil` for other escapes.
  private func set(_ kind: Unicode.Scalar) -> String? {
    let set: String
    switch kind {
    case "d", "D": set = "0-9"
    case "w", "W": set = "A-Za-z0-9_"
    case "s", "S":
      set =
        "\\t\\n\\x0B\\f\\r\\x20\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF"
    default: return nil
    }
    if kind.properties.isUppercase { return "[^\(set)]" }
    return isInClass ? set : "[\(set)]"
  }
}
