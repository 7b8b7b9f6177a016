/// Writes a pattern of another dialect in ICU's, keeping its meaning.
///
/// - Source: `\d`, `\w` and `\s` are ASCII in Java and ECMA-262 (but for ECMA's spaces), Unicode in ICU; ECMA's `$`
///   matches only at the very end; inside a class, ECMA takes `[`, `&&` and `--` literally where ICU does not.
func translate(_ pattern: String, from dialect: Pattern.Dialect) -> String {
  var result = ""
  var isInClass = false
  var isClassStart = false
  var scalars = pattern.unicodeScalars[...]
  while let scalar = scalars.popFirst() {
    let opensClass = isClassStart
    isClassStart = false
    switch scalar {
    case "\\":
      guard let next = scalars.popFirst() else {
        result += "\\"
        continue
      }
      if dialect == .ecmaScript, next == "u", scalars.first == "{" {
        result += "\\x"
      } else {
        result += classEscape(next, dialect, isInClass: isInClass) ?? "\\" + String(next)
      }
    case "[" where !isInClass:
      isInClass = true
      isClassStart = true
      result += "["
    case "[" where dialect == .ecmaScript: result += "\\["
    case "^" where opensClass:
      isClassStart = true
      result += "^"
    case "]" where isInClass && dialect == .ecmaScript && opensClass:
      // `[]` matches nothing, `[^]` anything.
      let isNegated = result.hasSuffix("^")
      result.removeLast(isNegated ? 2 : 1)
      result += isNegated ? "[\\x{0}-\\x{10FFFF}]" : "(?!)"
      isInClass = false
    case "]" where isInClass:
      isInClass = false
      result += "]"
    case "&" where isInClass && dialect == .ecmaScript: result += "\\&"
    case "-" where isInClass && dialect == .ecmaScript && scalars.first == "-": result += "\\-"
    case "$" where !isInClass && dialect == .ecmaScript: result += "\\z"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// The ICU set for `\d` and its like; `nil` for every other escape.
private func classEscape(_ kind: Unicode.Scalar, _ dialect: Pattern.Dialect, isInClass: Bool) -> String? {
  let ecmaSpaces = "\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF"
  let set: String
  switch kind {
  case "d", "D": set = "0-9"
  case "w", "W": set = "A-Za-z0-9_"
  case "s", "S": set = "\\t\\n\\x0B\\f\\r\\x20" + (dialect == .ecmaScript ? ecmaSpaces : "")
  default: return nil
  }
  if kind.properties.isUppercase { return "[^\(set)]" }
  return isInClass ? set : "[\(set)]"
}
