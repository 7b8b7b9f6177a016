/// Translates character classes of Java patterns to ICU's sets.
///
/// A set under construction is the text between its brackets: adjacent sets form a union.
extension JavaTranslation {
  /// The state while a class is read.
  private struct ClassState {
    /// The set so far, without single characters below U+0100.
    var set: String?
    /// Those single characters; Java adds them once at the end, or before an intersection.
    var small = ""
    var hasSmall = false
    /// The operand read last.
    var last: String?

    mutating func add(_ other: String) {
      set = (set ?? "") + other
      last = other
    }

    mutating func add(single codePoint: UInt32, _ text: String) {
      guard codePoint < 0x100 else { return add(text) }
      small += text
      hasSmall = true
      last = nil
    }

    /// Adds the small characters; Java keeps them, and adds them again with the next one.
    mutating func flush() {
      guard hasSmall else { return }
      if set == nil { last = small }
      set = (set ?? "") + small
      hasSmall = false
    }
  }

  /// Reads a class after its opening bracket.
  mutating func characterClass() throws(Problem) -> String {
    classDepth += 1
    defer { classDepth -= 1 }
    guard classDepth <= Self.deepestNesting else {
      throw .unsupported("it nests deeper than \(Self.deepestNesting) classes")
    }
    let isNegated = skip("^")
    let set = try classMembers()
    guard skip("]") else { throw .invalid("a class is not closed") }
    return "[\(isNegated ? "^" : "")\(set)]"
  }

  /// Reads up to the closing bracket, which the caller skips.
  private mutating func classMembers() throws(Problem) -> String {
    var state = ClassState()
    while true {
      skipComments()
      guard let scalar = next else { throw .invalid("a class is not closed") }
      switch scalar {
      case "[":
        position += 1
        state.add(try characterClass())
      case "&" where self.scalar(ahead: 1) == "&":
        position += 2
        try intersect(&state)
      case "]" where state.set != nil || state.hasSmall:
        state.flush()
        return state.set ?? ""
      default: try addRange(to: &state)
      }
    }
  }

  private mutating func intersect(_ state: inout ClassState) throws(Problem) {
    var right: String?
    skipComments()
    while let scalar = next, scalar != "]", scalar != "&" {
      if skip("[") {
        right = (right ?? "") + (try characterClass())
      } else {
        classDepth += 1
        defer { classDepth -= 1 }
        guard classDepth <= Self.deepestNesting else {
          throw .unsupported("it nests deeper than \(Self.deepestNesting) classes")
        }
        right = (right ?? "") + (try classMembers())
      }
      skipComments()
    }
    state.flush()
    if let right { state.last = right }
    guard let left = state.set else {
      guard let right else { throw .invalid("nothing stands before && in a class") }
      state.set = right
      return
    }
    guard let operand = state.last else { throw .invalid("nothing stands behind && in a class") }
    state.set = "[[\(left)]&&[\(operand)]]"
  }

  // MARK: Members

  private mutating func addRange(to state: inout ClassState) throws(Problem) {
    let start = position
    var low: UInt32
    if skip("\\") {
      // As the bound of a range, \v is only a vertical tab.
      let boundsRange = next == "v" && scalar(ahead: 1) == "-"
      if !boundsRange, let set = try predefinedSet() { return state.add(set) }
      low = try character(isInClass: true)
    } else {
      low = scalars[start].value
      position += 1
    }
    skipComments()
    guard next == "-", let end = scalar(ahead: 1), end != "[", end != "]" else {
      state.add(single: low, cased(low, low))
      return
    }
    position += 1
    skipComments()
    guard let end = next else { throw .invalid("a class is not closed") }
    position += 1
    if end == "\\", let kind = next, "dDwWsShHVpP".unicodeScalars.contains(kind) {
      throw .invalid("a range in a class ends with \\\(kind)")
    }
    let high = end == "\\" ? try character(isInClass: true) : end.value
    guard low <= high else { throw .invalid("a range in a class runs backwards") }
    state.add(cased(low, high))
  }

  /// A range, with the other cases of its ASCII letters if a flag asks for them.
  private func cased(_ low: UInt32, _ high: UInt32) -> String {
    var set = low == high ? written(low) : "\(written(low))-\(written(high))"
    guard flags.contains(.caseInsensitive) else { return set }
    for letter in UInt32(0x41)...0x5A {
      let hasUpper = (low...high).contains(letter)
      guard hasUpper != (low...high).contains(letter + 0x20) else { continue }
      set += written(hasUpper ? letter + 0x20 : letter)
    }
    return set
  }

  // MARK: Escapes

  /// Reads the set for an escape whose backslash has been read; `nil` for a character or an assertion.
  mutating func predefinedSet() throws(Problem) -> String? {
    guard let kind = next else { throw .invalid("it ends with a backslash") }
    let set: String
    switch kind {
    case "d", "D": set = "0-9"
    case "w", "W": set = "A-Za-z0-9_"
    case "s", "S": set = "\\t-\\r\\x{20}"
    case "h", "H": set = "\\t\\x{20}\\x{A0}\\x{1680}\\x{180E}\\x{2000}-\\x{200A}\\x{202F}\\x{205F}\\x{3000}"
    case "v", "V": set = "\\n-\\r\\x{85}\\x{2028}\\x{2029}"
    case "p", "P":
      position += 1
      return try property(isNegated: kind == "P")
    default: return nil
    }
    position += 1
    return ("A"..."Z").contains(kind) ? "[^\(set)]" : set
  }

  /// Reads an escape for a single character after its backslash.
  mutating func character(isInClass: Bool = false) throws(Problem) -> UInt32 {
    guard let kind = next else { throw .invalid("it ends with a backslash") }
    position += 1
    switch kind {
    case "0": return try octal()
    case "a": return 0x07
    case "c":
      guard let control = next else { throw .invalid("\\c names no control character") }
      position += 1
      return control.value ^ 0x40
    case "e": return 0x1B
    case "f": return 0x0C
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "u": return try codeUnits()
    case "v" where isInClass: return 0x0B
    case "x": return try hexadecimal()
    case "N": throw .unsupported("it names a character with \\N")
    default:
      guard !isASCIILetter(kind), !("1"..."9").contains(kind) else {
        throw .invalid("\\\(kind) means nothing\(isInClass ? " in a class" : "")")
      }
      return kind.value
    }
  }

  private mutating func octal() throws(Problem) -> UInt32 {
    var value: UInt32 = 0
    var count = 0
    while count < 3, let scalar = next, ("0"..."7").contains(scalar), value * 8 + 7 <= 0o377 {
      value = value * 8 + scalar.value - 0x30
      position += 1
      count += 1
    }
    guard count > 0 else { throw .invalid("\\0 is followed by no octal digit") }
    return value
  }

  private mutating func hexadecimal() throws(Problem) -> UInt32 {
    guard skip("{") else { return try digits(2, after: "\\x") }
    var value: UInt32 = 0
    let start = position
    while let digit = next.flatMap({ Character($0).hexDigitValue }), next?.isASCII == true {
      value = value * 16 + UInt32(digit)
      guard value <= 0x10FFFF else { throw .invalid("\\x{} names no character") }
      position += 1
    }
    guard position > start, skip("}") else { throw .invalid("\\x{} is not closed") }
    return value
  }

  private mutating func digits(_ count: Int, after escape: String) throws(Problem) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let scalar = next, scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
        throw .invalid("\(escape) needs \(count) hexadecimal digits")
      }
      value = value * 16 + UInt32(digit)
      position += 1
    }
    return value
  }

  /// Two escapes that form a surrogate pair are one character.
  private mutating func codeUnits() throws(Problem) -> UInt32 {
    let high = try digits(4, after: "\\u")
    guard (0xD800..<0xDC00).contains(high), next == "\\", scalar(ahead: 1) == "u" else { return high }
    let start = position
    position += 2
    let low = try digits(4, after: "\\u")
    if (0xDC00..<0xE000).contains(low) { return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00) }
    position = start
    return high
  }
}
