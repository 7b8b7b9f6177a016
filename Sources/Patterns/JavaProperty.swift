/// Translates properties of characters by Java's names to ICU's sets.
extension JavaTranslation {
  /// Reads what follows `\p` or `\P`.
  mutating func property(isNegated: Bool) throws(Problem) -> String {
    guard let first = next else { throw .invalid("\\p names no property") }
    position += 1
    var name = String(first)
    if first == "{" {
      name = ""
      while let scalar = next, scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard skip("}") else { throw .invalid("\\p{ is not closed") }
    }
    guard let set = propertySet(name) else {
      // Java has more of these than are supported here.
      throw name.hasPrefix("java")
        ? .unsupported("it uses the property \(name)") : .invalid("there is no property \(name)")
    }
    return isNegated ? "[^\(set)]" : set
  }

  private func propertySet(_ name: String) -> String? {
    let isCaseless = flags.contains(.caseInsensitive)
    // ICU checks the names of scripts and blocks itself.
    guard
      name.unicodeScalars.allSatisfy({
        isASCIILetter($0) || isDigit($0) || "_-= &".unicodeScalars.contains($0)
      })
    else { return nil }
    if let equals = name.firstIndex(of: "=") {
      let value = String(name[name.index(after: equals)...])
      guard !value.isEmpty else { return nil }
      switch name[..<equals].lowercased() {
      case "sc", "script": return "\\p{script=\(value)}"
      case "blk", "block": return "\\p{block=\(value)}"
      case "gc", "general_category": return categorySet(value, isCaseless: isCaseless)
      default: return nil
      }
    }
    if let set = categorySet(name, isCaseless: isCaseless) ?? posixSet(name, isCaseless: isCaseless) {
      return set
    }
    if name.hasPrefix("java") { return javaSet(String(name.dropFirst(4)), isCaseless: isCaseless) }
    let rest = String(name.dropFirst(2))
    guard !rest.isEmpty else { return nil }
    if name.hasPrefix("In") { return "\\p{block=\(rest)}" }
    guard name.hasPrefix("Is") else { return nil }
    return unicodeSet(rest.uppercased(), isCaseless: isCaseless) ?? categorySet(rest, isCaseless: isCaseless)
      ?? "\\p{script=\(rest)}"
  }
}

private let categories: Set<String> = [
  "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Co",
  "Cs",
  "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf", "L", "M", "N", "Z", "C", "P", "S", "LC",
]

private func categorySet(_ name: String, isCaseless: Bool) -> String? {
  switch name {
  case "Lu" where isCaseless, "Ll" where isCaseless, "Lt" where isCaseless: "\\p{LC}"
  case "LD": "\\p{L}\\p{Nd}"
  case "L1": "\\x{0}-\\x{FF}"
  case "all": "\\x{0}-\\x{10FFFF}"
  default: categories.contains(name) ? "\\p{\(name)}" : nil
  }
}

/// The POSIX classes, which contain only ASCII.
private func posixSet(_ name: String, isCaseless: Bool) -> String? {
  switch name {
  case "Lower" where isCaseless, "Upper" where isCaseless, "Alpha": "A-Za-z"
  case "Lower": "a-z"
  case "Upper": "A-Z"
  case "ASCII": "\\x{0}-\\x{7F}"
  case "Digit": "0-9"
  case "Alnum": "A-Za-z0-9"
  case "Punct": "\\x{21}-\\x{2F}\\x{3A}-\\x{40}\\x{5B}-\\x{60}\\x{7B}-\\x{7E}"
  case "Graph": "\\x{21}-\\x{7E}"
  case "Print": "\\x{20}-\\x{7E}"
  case "Blank": "\\t\\x{20}"
  case "Cntrl": "\\x{0}-\\x{1F}\\x{7F}"
  case "XDigit": "0-9A-Fa-f"
  case "Space": "\\t-\\r\\x{20}"
  default: nil
  }
}

private let anyCase = "\\p{Lowercase}\\p{Uppercase}\\p{Lt}"

/// The sets of methods of `java.lang.Character`, by their names without `is`.
private func javaSet(_ name: String, isCaseless: Bool) -> String? {
  switch name {
  case "LowerCase" where isCaseless, "UpperCase" where isCaseless, "TitleCase" where isCaseless: anyCase
  case "LowerCase": "\\p{Lowercase}"
  case "UpperCase": "\\p{Uppercase}"
  case "TitleCase": "\\p{Lt}"
  case "Alphabetic": "\\p{Alphabetic}"
  case "Ideographic": "\\p{Ideographic}"
  case "Digit": "\\p{Nd}"
  case "Defined": "\\P{Cn}"
  case "Letter": "\\p{L}"
  case "LetterOrDigit": "\\p{L}\\p{Nd}"
  case "SpaceChar": "\\p{Z}"
  case "Whitespace": "\\t-\\r\\x{1C}-\\x{1F}[\\p{Z}&&[^\\x{A0}\\x{2007}\\x{202F}]]"
  case "ISOControl": "\\x{0}-\\x{1F}\\x{7F}-\\x{9F}"
  case "Mirrored": "\\p{Bidi_Mirrored}"
  default: nil
  }
}

/// Binary Unicode properties, by their upper-case names.
private func unicodeSet(_ name: String, isCaseless: Bool) -> String? {
  switch name {
  case "LOWERCASE" where isCaseless, "UPPERCASE" where isCaseless, "TITLECASE" where isCaseless: anyCase
  case "LOWERCASE": "\\p{Lowercase}"
  case "UPPERCASE": "\\p{Uppercase}"
  case "TITLECASE": "\\p{Lt}"
  case "ALPHABETIC": "\\p{Alphabetic}"
  case "IDEOGRAPHIC": "\\p{Ideographic}"
  case "LETTER": "\\p{L}"
  case "DIGIT": "\\p{Nd}"
  case "ALNUM": "\\p{Alphabetic}\\p{Nd}"
  case "PUNCTUATION": "\\p{P}"
  case "CONTROL": "\\p{Cc}"
  case "WHITE_SPACE", "WHITESPACE": "\\p{White_Space}"
  case "BLANK": "\\p{Zs}\\t"
  case "GRAPH": "[^\\p{Z}\\p{Cc}\\p{Cs}\\p{Cn}]"
  case "PRINT": "[^\\p{Zl}\\p{Zp}\\p{Cc}\\p{Cs}\\p{Cn}]"
  case "HEX_DIGIT", "HEXDIGIT":
    "\\p{Nd}A-Fa-f\\x{FF21}-\\x{FF26}\\x{FF41}-\\x{FF46}"
  case "ASSIGNED": "\\P{Cn}"
  case "NONCHARACTER_CODE_POINT", "NONCHARACTERCODEPOINT": "\\p{Noncharacter_Code_Point}"
  case "WORD": "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{200C}\\x{200D}"
  case "JOIN_CONTROL", "JOINCONTROL": "\\x{200C}\\x{200D}"
  default: nil
  }
}
