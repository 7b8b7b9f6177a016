/// Translates a Java pattern to ECMA-262's dialect if an exact translation exists.
///
/// - Source: `java.util.regex.Pattern` of Java 17; ECMA-262, patterns with the flag `u`.
struct JavaInECMAScript {
  /// The pattern uses something that ECMA-262 lacks or reads differently.
  struct Inexact: Error {}

  private static let deepestNesting = 40

  private var reader: JavaTranslation
  private let isWhole: Bool
  private var isCaseless = false
  private var matchesLineBreaks = false
  private var depth = 0
  private var hasAlternatives = false
  /// Whether the last thing written is a plain end-of-text assertion.
  private var endsPlainly = false

  init(_ pattern: String, isWhole: Bool) throws(Inexact) {
    do throws(JavaTranslation.Problem) {
      reader = try JavaTranslation(pattern, isCareful: false)
    } catch {
      throw Inexact()
    }
    self.isWhole = isWhole
  }

  mutating func run() throws(Inexact) -> String {
    let body = try alternatives()
    guard reader.isAtEnd else { throw Inexact() }
    guard isWhole else { return body }
    let isAnchored = !hasAlternatives && body.hasPrefix("^") && endsPlainly
    return isAnchored ? body : "^(?:\(body))$"
  }

  // MARK: Sequences

  private mutating func alternatives() throws(Inexact) -> String {
    guard depth <= Self.deepestNesting else { throw Inexact() }
    depth += 1
    defer { depth -= 1 }
    var result = try sequence()
    while reader.skip("|") {
      if depth == 1 { hasAlternatives = true }
      result += "|"
      result += try sequence()
    }
    return result
  }

  private mutating func sequence() throws(Inexact) -> String {
    var result = ""
    while let scalar = reader.next, scalar != "|", scalar != ")" {
      endsPlainly = false
      guard let piece = try piece(scalar) else { continue }
      result += piece
      result += try quantifier(behind: piece)
    }
    return result
  }

  private mutating func piece(_ scalar: Unicode.Scalar) throws(Inexact) -> String? {
    switch scalar {
    case "*", "+", "?", "{": throw Inexact()
    case "(":
      reader.position += 1
      return try group()
    case "[":
      reader.position += 1
      return try characterClass().text
    case "\\":
      reader.position += 1
      return try escaped()
    default: reader.position += 1
    }
    switch scalar {
    case "^": return "^"
    case "$": return end
    case ".": return matchesLineBreaks ? "[\\s\\S]" : "[^\\n\\r\\u0085\\u2028\\u2029]"
    default: return try literal(scalar.value)
    }
  }

  /// The end of the text; in Java also the position before a final line break.
  private var end: String {
    mutating get {
      let rest = reader.scalars[reader.position...]
      // After it, a match of the whole text leaves no room for that line break.
      if isWhole, rest.allSatisfy({ $0 == ")" }) || (depth == 1 && rest.first == "|") {
        endsPlainly = rest.isEmpty
        return "$"
      }
      return "(?:$|(?=(?:\\r\\n|[\\r\\u0085\\u2028\\u2029])$)|(?<!\\r)(?=\\n$))"
    }
  }

  private func literal(_ codePoint: UInt32) throws(Inexact) -> String {
    guard let scalar = Unicode.Scalar(codePoint) else { throw Inexact() }
    if isCaseless, let other = otherCase(codePoint).flatMap({ Unicode.Scalar($0) }) {
      return "[\(scalar)\(other)]"
    }
    return Self.written(scalar, isInClass: false)
  }

  // MARK: Groups

  private mutating func group() throws(Inexact) -> String? {
    let outer = (isCaseless, matchesLineBreaks)
    var opening = "("
    if reader.skip("?") {
      guard let kind = try groupKind() else { return nil }
      opening = kind
    }
    let content = try alternatives()
    guard reader.skip(")") else { throw Inexact() }
    endsPlainly = false
    (isCaseless, matchesLineBreaks) = outer
    return "\(opening)\(content))"
  }

  private mutating func groupKind() throws(Inexact) -> String? {
    for kind in [":", "=", "!"] as [Unicode.Scalar] where reader.skip(kind) { return "(?\(kind)" }
    if reader.skip("<") {
      if reader.skip("=") { return "(?<=" }
      if reader.skip("!") { return "(?<!" }
      while let scalar = reader.next, scalar != ">" { reader.position += 1 }
      guard reader.skip(">") else { throw Inexact() }
      return "(?:"
    }
    var isOn = true
    while let scalar = reader.next {
      reader.position += 1
      switch scalar {
      case ")": return nil
      case ":": return "(?:"
      case "-" where isOn: isOn = false
      case "i": isCaseless = isOn
      case "s": matchesLineBreaks = isOn
      default: throw Inexact()
      }
    }
    throw Inexact()
  }

  // MARK: Repetition

  private mutating func quantifier(behind piece: String) throws(Inexact) -> String {
    let start = reader.position
    switch reader.next {
    case "?", "*", "+": reader.position += 1
    case "{":
      while let scalar = reader.next, scalar != "}" { reader.position += 1 }
      let inside = reader.scalars[(start + 1)..<reader.position]
      let isCount = inside.first.map(isDigit) == true && inside.allSatisfy { isDigit($0) || $0 == "," }
      guard reader.skip("}"), isCount else { throw Inexact() }
    default: return ""
    }
    // ECMA-262 does not repeat assertions.
    let isAssertion = piece == "^" || piece == "$" || piece.hasPrefix("(?=") || piece.hasPrefix("(?!")
    if isAssertion || piece.hasPrefix("(?<") { throw Inexact() }
    if !reader.skip("?"), reader.next == "+" { throw Inexact() }
    if reader.next == "{" { throw Inexact() }
    return String(String.UnicodeScalarView(reader.scalars[start..<reader.position]))
  }

  // MARK: Escapes

  private mutating func escaped() throws(Inexact) -> String {
    if let set = try predefinedSet() {
      if set.items.count == 1, case .text(let text) = set.items[0], !set.isNegated { return text }
      return set.text
    }
    switch reader.next {
    case "A":
      reader.position += 1
      return "^"
    case "z":
      reader.position += 1
      return "$"
    case "Z":
      reader.position += 1
      return end
    case "b", "B", "G", "R", "X", "k", nil: throw Inexact()
    case let kind? where ("1"..."9").contains(kind): throw Inexact()
    default: return try literal(try character(isInClass: false))
    }
  }

  private mutating func character(isInClass: Bool) throws(Inexact) -> UInt32 {
    do throws(JavaTranslation.Problem) {
      return try reader.character(isInClass: isInClass)
    } catch {
      throw Inexact()
    }
  }

  /// Reads the set for an escape whose backslash has been read; `nil` for a character or an assertion.
  private mutating func predefinedSet() throws(Inexact) -> ECMAScriptSet? {
    guard let kind = reader.next else { throw Inexact() }
    let set: ECMAScriptSet
    switch kind {
    case "d", "D", "w", "W":
      reader.position += 1
      return ECMAScriptSet([.text("\\\(kind)")])
    case "s", "S": set = ECMAScriptSet(Self.blanks)
    case "v", "V": set = ECMAScriptSet(Self.lineBreaks)
    case "h", "H": set = ECMAScriptSet(Self.horizontalBlanks)
    case "p", "P":
      reader.position += 1
      guard !isCaseless, let set = ECMAScriptSet(property: try propertyName()) else { throw Inexact() }
      return kind == "P" ? set.inverted : set
    default: return nil
    }
    reader.position += 1
    return ("A"..."Z").contains(kind) ? set.inverted : set
  }

  private mutating func propertyName() throws(Inexact) -> String {
    guard reader.skip("{") else {
      guard let letter = reader.next else { throw Inexact() }
      reader.position += 1
      return String(letter)
    }
    var name = ""
    while let scalar = reader.next, scalar != "}" {
      name.unicodeScalars.append(scalar)
      reader.position += 1
    }
    guard reader.skip("}") else { throw Inexact() }
    return name
  }

  private static let blanks: [ECMAScriptSet.Item] = [.range(0x09, 0x0D), .range(0x20, 0x20)]
  private static let lineBreaks: [ECMAScriptSet.Item] = [
    .range(0x0A, 0x0D), .range(0x85, 0x85), .range(0x2028, 0x2029),
  ]
  private static let horizontalBlanks: [ECMAScriptSet.Item] = [
    .range(0x09, 0x09), .range(0x20, 0x20), .range(0xA0, 0xA0), .range(0x1680, 0x1680),
    .range(0x180E, 0x180E),
    .range(0x2000, 0x200A), .range(0x202F, 0x202F), .range(0x205F, 0x205F), .range(0x3000, 0x3000),
  ]

  // MARK: Classes

  /// Reads a class after its opening bracket.
  private mutating func characterClass() throws(Inexact) -> ECMAScriptSet {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepestNesting else { throw Inexact() }
    var set = ECMAScriptSet([], isNegated: reader.skip("^"))
    while true {
      guard let scalar = reader.next else { throw Inexact() }
      switch scalar {
      case "[":
        reader.position += 1
        guard set.add(try characterClass()) else { throw Inexact() }
      case "&" where reader.scalar(ahead: 1) == "&": throw Inexact()
      case "]" where !set.items.isEmpty:
        reader.position += 1
        return set
      default: try addRange(to: &set)
      }
    }
  }

  private mutating func addRange(to set: inout ECMAScriptSet) throws(Inexact) {
    let low = try bound(of: &set)
    guard let low else { return }
    guard reader.next == "-", let end = reader.scalar(ahead: 1), end != "[", end != "]" else {
      return add(low, low, to: &set)
    }
    reader.position += 2
    var high = end.value
    if end == "\\" {
      guard let kind = reader.next, !"dDwWsShHVpP".unicodeScalars.contains(kind) else { throw Inexact() }
      high = try character(isInClass: true)
    }
    guard low <= high else { throw Inexact() }
    add(low, high, to: &set)
  }

  /// A character that stands alone or begins a range; `nil` if a whole set was added instead.
  private mutating func bound(of set: inout ECMAScriptSet) throws(Inexact) -> UInt32? {
    guard reader.skip("\\") else {
      guard let scalar = reader.next else { throw Inexact() }
      reader.position += 1
      return scalar.value
    }
    let boundsRange = reader.next == "v" && reader.scalar(ahead: 1) == "-"
    if !boundsRange, let known = try predefinedSet() {
      guard set.add(known) else { throw Inexact() }
      return nil
    }
    return try character(isInClass: true)
  }

  private func add(_ low: UInt32, _ high: UInt32, to set: inout ECMAScriptSet) {
    set.items.append(.range(low, high))
    guard isCaseless else { return }
    let upper = (max(low, 0x41), min(high, 0x5A))
    if upper.0 <= upper.1 { set.items.append(.range(upper.0 + 0x20, upper.1 + 0x20)) }
    let lower = (max(low, 0x61), min(high, 0x7A))
    if lower.0 <= lower.1 { set.items.append(.range(lower.0 - 0x20, lower.1 - 0x20)) }
  }

  /// A literal character.
  static func written(_ scalar: Unicode.Scalar, isInClass: Bool) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default: break
    }
    let special = isInClass ? "\\]^-[" : "^$\\.*+?()[]{}|"
    if special.unicodeScalars.contains(scalar) { return "\\\(scalar)" }
    // Beyond U+FFFF, engines and languages share no escape syntax.
    guard scalar.value < 0x20 || (0x7F...0xFFFF).contains(scalar.value) else { return String(scalar) }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
