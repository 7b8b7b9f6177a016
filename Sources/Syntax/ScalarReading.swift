/// The type that a reader gives to a scalar.
package enum ScalarType: Equatable, Sendable {
  case null, boolean, integer, float, string, timestamp, binary
}

/// The rules by which plain scalars get their types.
package enum ScalarSchema: Sendable {
  /// YAML 1.2's core schema, and JSON.
  case core
  /// YAML 1.1's types as PyYAML resolves them.
  case yaml11
}

extension Document {
  /// The type that a reader gives to a scalar; `nil` for collections.
  ///
  /// - Source: YAML 1.2.2, section 10.3; PyYAML 6's resolver for 1.1.
  package func scalarType(of id: NodeID, _ schema: ScalarSchema = .core) -> ScalarType? {
    let node = self[id]
    guard node.kind == .scalar else { return nil }
    switch node.tag {
    case .none: break
    case .string, .unknown, .collection: return .string
    case .null: return tagged(id, .null)
    case .boolean: return tagged(id, .boolean)
    case .integer: return tagged(id, .integer)
    case .float: return tagged(id, .float)
    case .timestamp: return .timestamp
    case .binary: return .binary
    case .nonSpecific:
      guard schema == .yaml11 || node.readsAsYAML11 else { return .string }
      return withText(of: id) { PlainScalar.yaml11Type($0[...]) }
    }
    guard node.style == .plain else { return .string }
    guard let first = firstByte(of: id) else { return .null }
    let isCore = schema == .core && !node.readsAsYAML11
    // The first byte and the length decide for most texts.
    guard PlainScalar.mayBeOther(first: first, count: textCount(of: id)) else { return .string }
    return withText(of: id) { isCore ? PlainScalar.coreType($0[...]) : PlainScalar.yaml11Type($0[...]) }
  }

  /// Whether some readers refuse a plain scalar or give it another type, although it is a string in both schemas.
  package func otherReading(of id: NodeID) -> OtherReading? {
    guard self[id].style == .plain, self[id].tag == .none else { return nil }
    return withText(of: id) { PlainScalar.otherReading($0[...]) }
  }

  /// Whether the first byte and the length of a plain scalar suffice to make it a string in both schemas.
  package func isStringToAll(_ id: NodeID) -> Bool {
    firstByte(of: id).map { !PlainScalar.mayBeOther(first: $0, count: textCount(of: id)) } ?? false
  }

  /// Whether readers without YAML 1.1's words and numbers find another value, or none, in a tagged scalar's text.
  package func isAmbiguousBehindTag(_ id: NodeID) -> Bool {
    let (core, legacy) = withText(of: id) { (PlainScalar.coreType($0[...]), PlainScalar.yaml11Type($0[...])) }
    return core != legacy || number(of: id) != number(of: id, .yaml11)
  }

  /// The type that a tag names, if the text is a value of it; readers refuse other texts.
  private func tagged(_ id: NodeID, _ type: ScalarType) -> ScalarType {
    let types = withText(of: id) { [PlainScalar.coreType($0[...]), PlainScalar.yaml11Type($0[...])] }
    return types.contains(type) || (type == .float && types.contains(.integer)) ? type : .string
  }

  /// The number that a reader gives for a scalar; `nil` for other types and for infinities.
  package func number(of id: NodeID, _ schema: ScalarSchema = .core) -> ExactNumber? {
    guard let type = scalarType(of: id, schema), type == .integer || type == .float else { return nil }
    let reading = self[id].readsAsYAML11 ? .yaml11 : schema
    return withText(of: id) { PlainScalar.number($0[...], reading) }
  }

  /// The boolean that a reader gives for a scalar; `nil` for other types.
  package func boolean(of id: NodeID) -> Bool? {
    guard scalarType(of: id) == .boolean else { return nil }
    if hasText("true", at: id) || hasText("True", at: id) || hasText("TRUE", at: id) { return true }
    // YAML 1.1 has more words for true.
    return ["yes", "y", "on"].contains(string(of: id).lowercased())
  }
}

/// How some readers interpret a plain scalar that is a string in both YAML 1.1 and 1.2.
package enum OtherReading: Sendable {
  /// A number, as for go-yaml.
  case number
  /// A day, as for go-yaml.
  case time
  /// A word of YAML 1.1 for which PyYAML and ruamel.yaml have no value.
  case refused
}

/// Recognisers for plain scalars.
enum PlainScalar {
  typealias Text = Slice<UnsafeBufferPointer<UInt8>>

  /// Whether a text may be something other than a string, in either schema.
  static func mayBeOther(first: UInt8, count: Int) -> Bool {
    switch first {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      // The longest word that is not a string is `false`.
      count <= 5
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "~"):
      true
    // `=` and `<<`, which some readers refuse.
    case UInt8(ascii: "="): count == 1
    case UInt8(ascii: "<"): count == 2
    default: false
    }
  }

  // MARK: YAML 1.2 core

  static func coreType(_ text: Text) -> ScalarType {
    guard let first = text.first else { return .null }
    switch first {
    case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "~"): return isNull(text) ? .null : .string
    case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
      return isOne(text, "true", "True", "TRUE", "false", "False", "FALSE") ? .boolean : .string
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return coreNumberType(text)
    default: return .string
    }
  }

  private static func coreNumberType(_ text: Text) -> ScalarType {
    if text.first == UInt8(ascii: "0"), let base = text.dropFirst().first, text.count > 2 {
      let digits = text.dropFirst(2)
      if base == UInt8(ascii: "o") {
        return digits.allSatisfy { isDigit($0) && $0 < 0x38 } ? .integer : .string
      }
      if base == UInt8(ascii: "x") { return digits.allSatisfy { hexDigit($0) != nil } ? .integer : .string }
    }
    let rest = withoutSign(text)
    if isSpecialFloat(rest, isSigned: rest.count < text.count) { return .float }
    let whole = rest.prefix(while: isDigit)
    var tail = rest.dropFirst(whole.count)
    if tail.isEmpty { return whole.isEmpty ? .string : .integer }
    if tail.first == UInt8(ascii: ".") {
      let fraction = tail.dropFirst().prefix(while: isDigit)
      guard !whole.isEmpty || !fraction.isEmpty else { return .string }
      tail = tail.dropFirst(1 + fraction.count)
    } else if whole.isEmpty {
      return .string
    }
    return tail.isEmpty || isExponent(tail, needsSign: false) ? .float : .string
  }

  // MARK: YAML 1.1

  static func yaml11Type(_ text: Text) -> ScalarType {
    guard let first = text.first else { return .null }
    switch first {
    case UInt8(ascii: "~"): return isNull(text) ? .null : .string
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      if isNull(text) { return .null }
      let isBoolean =
        isOne(text, "yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false", "False", "FALSE")
        || isOne(text, "on", "On", "ON", "off", "Off", "OFF")
      return isBoolean ? .boolean : .string
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
      if isTimestamp(text) { return .timestamp }
      return isYAML11Integer(withoutSign(text)) ? .integer : isYAML11Float(text) ? .float : .string
    default: return .string
    }
  }

  private static func isYAML11Integer(_ rest: Text) -> Bool {
    guard let first = rest.first, isDigit(first) else { return false }
    let tail = rest.dropFirst()
    if first == UInt8(ascii: "0") {
      switch tail.first {
      case nil: return true
      case UInt8(ascii: "b"):
        return tail.count > 1 && tail.dropFirst().allSatisfy { $0 | 1 == 0x31 || $0 == 0x5F }
      case UInt8(ascii: "x"):
        return tail.count > 1 && tail.dropFirst().allSatisfy { hexDigit($0) != nil || $0 == 0x5F }
      default: return tail.allSatisfy { (isDigit($0) && $0 < 0x38) || $0 == 0x5F }
      }
    }
    let whole = rest.prefix(while: isDigitOrUnderscore)
    return whole.count == rest.count || isSexagesimal(rest.dropFirst(whole.count))
  }

  private static func isYAML11Float(_ text: Text) -> Bool {
    let rest = withoutSign(text)
    let isSigned = rest.count < text.count
    if isSpecialFloat(rest, isSigned: isSigned) { return true }
    let whole = rest.prefix(while: isDigitOrUnderscore)
    var tail = rest.dropFirst(whole.count)
    guard whole.isEmpty || isDigit(whole[whole.startIndex]) else { return false }
    if whole.isEmpty {
      guard !isSigned, tail.first == UInt8(ascii: "."), let digit = tail.dropFirst().first, isDigit(digit)
      else { return false }
    } else if tail.first == UInt8(ascii: ":"), let point = tail.lastIndex(of: UInt8(ascii: ".")) {
      return isSexagesimal(tail[..<point]) && tail[(point + 1)...].allSatisfy(isDigitOrUnderscore)
    }
    guard tail.first == UInt8(ascii: ".") else { return false }
    tail = tail.dropFirst().drop(while: isDigitOrUnderscore)
    return tail.isEmpty || isExponent(tail, needsSign: true)
  }

  /// Groups in base 60 such as `:30:45`.
  private static func isSexagesimal(_ text: Text) -> Bool {
    guard text.first == UInt8(ascii: ":") else { return false }
    return text.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).allSatisfy {
      group in
      guard let first = group.first, group.allSatisfy(isDigit) else { return false }
      return group.count == 1 || (group.count == 2 && first < 0x36)
    }
  }

  /// A date, or a date with a time, as YAML 1.1 writes them.
  private static func isTimestamp(_ text: Text) -> Bool {
    var scanner = DigitScanner(text)
    guard scanner.digits(4...4), scanner.take("-"), scanner.digits(1...2), scanner.take("-"),
      scanner.digits(1...2)
    else {
      return false
    }
    if scanner.isAtEnd { return text.count == 10 }
    guard scanner.take("T") || scanner.take("t") || scanner.blanks() else { return false }
    guard scanner.digits(1...2), scanner.take(":"), scanner.digits(2...2), scanner.take(":"),
      scanner.digits(2...2)
    else {
      return false
    }
    if scanner.take(".") { _ = scanner.digits(0...Int.max) }
    _ = scanner.blanks()
    if scanner.isAtEnd || (scanner.take("Z") && scanner.isAtEnd) { return true }
    guard scanner.take("+") || scanner.take("-"), scanner.digits(1...2) else { return false }
    return scanner.isAtEnd || (scanner.take(":") && scanner.digits(2...2) && scanner.isAtEnd)
  }

  // MARK: Other readers

  /// - Source: PyYAML 6 and ruamel.yaml 0.19, which resolve `=` and `<<` to types without a constructor; go-yaml 3,
  ///   which reads numbers as Go does, underscores left out, and days with one digit.
  static func otherReading(_ text: Text) -> OtherReading? {
    if isOne(text, "=", "<<") { return .refused }
    guard let first = text.first, first < 0x3A, text.count > 1 else { return nil }
    let rest = withoutSign(text)
    guard let start = rest.first, isDigit(start) || start == UInt8(ascii: ".") else { return nil }
    if let base = rest.dropFirst().first, start == UInt8(ascii: "0"), rest.count > 2,
      let limit = digitLimit(ofBase: base)
    {
      let digits = rest.dropFirst(2)
      return digits.allSatisfy { $0 == 0x5F || hexDigit($0).map { $0 < limit } ?? false } ? .number : nil
    }
    if text.contains(0x5F) {
      let bare = Array(text.filter { $0 != 0x5F })
      return bare.withUnsafeBufferPointer { coreNumberType($0[...]) } == .string ? nil : .number
    }
    return rest.count == text.count && isShortDay(text) ? .time : nil
  }

  private static func digitLimit(ofBase letter: UInt8) -> UInt32? {
    switch letter | 0x20 {
    case UInt8(ascii: "b"): 2
    case UInt8(ascii: "o"): 8
    case UInt8(ascii: "x"): 16
    default: nil
    }
  }

  /// A day with one digit for its month or its day.
  private static func isShortDay(_ text: Text) -> Bool {
    var scanner = DigitScanner(text)
    return scanner.digits(4...4) && scanner.take("-") && scanner.digits(1...2) && scanner.take("-")
      && scanner.digits(1...2) && scanner.isAtEnd && text.count < 10
  }

  // MARK: Numbers

  static func number(_ text: Text, _ schema: ScalarSchema) -> ExactNumber? {
    let rest = withoutSign(text)
    let isNegative = text.first == UInt8(ascii: "-")
    if rest.contains(UInt8(ascii: ":")) { return sexagesimal(rest, isNegative: isNegative) }
    if rest.first == UInt8(ascii: "0"), rest.count > 1 {
      switch rest.dropFirst().first {
      case UInt8(ascii: "x"): return ExactNumber(isNegative: isNegative, base: 16, digits: rest.dropFirst(2))
      case UInt8(ascii: "o"): return ExactNumber(isNegative: isNegative, base: 8, digits: rest.dropFirst(2))
      case UInt8(ascii: "b"): return ExactNumber(isNegative: isNegative, base: 2, digits: rest.dropFirst(2))
      default:
        if schema == .yaml11, isYAML11Integer(rest) {
          return ExactNumber(isNegative: isNegative, base: 8, digits: rest.dropFirst())
        }
      }
    }
    return ExactNumber(decimal: text)
  }

  private static func sexagesimal(_ rest: Text, isNegative: Bool) -> ExactNumber? {
    var value = 0.0
    for group in rest.split(separator: UInt8(ascii: ":")) {
      guard let number = ExactNumber(decimal: group) else { return nil }
      // Larger values fit no type either, and must not become infinite.
      value = min(value * 60 + number.double, 1e300)
    }
    let signed = isNegative ? -value : value
    return ExactNumber(decimal: Array((Int(exactly: signed).map { String($0) } ?? String(signed)).utf8))
  }

  // MARK: Parts

  private static func isNull(_ text: Text) -> Bool { isOne(text, "null", "Null", "NULL", "~") }

  private static func isSpecialFloat(_ rest: Text, isSigned: Bool) -> Bool {
    guard rest.first == UInt8(ascii: "."), rest.count == 4 else { return false }
    return isOne(rest, ".inf", ".Inf", ".INF") || (!isSigned && isOne(rest, ".nan", ".NaN", ".NAN"))
  }

  private static func isExponent(_ text: Text, needsSign: Bool) -> Bool {
    guard let first = text.first, first | 0x20 == UInt8(ascii: "e") else { return false }
    let digits = withoutSign(text.dropFirst())
    if needsSign, digits.count == text.count - 1 { return false }
    return !digits.isEmpty && digits.allSatisfy(isDigit)
  }

  private static func withoutSign(_ text: Text) -> Text {
    text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isDigitOrUnderscore(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_")
  }

  private static func isOne(_ text: Text, _ words: StaticString...) -> Bool {
    words.contains { word in
      word.utf8CodeUnitCount == text.count
        && text.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
  }
}

/// Scans the digits and signs of a date.
private struct DigitScanner {
  private var rest: PlainScalar.Text

  init(_ text: PlainScalar.Text) { rest = text }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func digits(_ count: ClosedRange<Int>) -> Bool {
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    let taken = min(digits.count, count.upperBound)
    guard taken >= count.lowerBound else { return false }
    rest = rest.dropFirst(taken)
    return true
  }

  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == sign.value else { return false }
    rest = rest.dropFirst()
    return true
  }

  mutating func blanks() -> Bool {
    let blanks = rest.prefix { $0 == 0x20 || $0 == 0x09 }
    rest = rest.dropFirst(blanks.count)
    return !blanks.isEmpty
  }
}

/// How text would be read without its quotes.
package enum PlainText {
  /// The type of a plain scalar with this text in YAML 1.2.
  package static func type(of text: UnsafeBufferPointer<UInt8>) -> ScalarType {
    PlainScalar.coreType(text[...])
  }

  /// Whether a text is a day, or a day with a time, as YAML 1.1 writes them.
  package static func isTimestamp(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    PlainScalar.yaml11Type(text[...]) == .timestamp
  }

  /// Whether a text is decimal digits without a leading zero, the same integer to every reader.
  package static func isPlainDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.first.map { $0 > 0x30 && $0 <= 0x39 } ?? false && text.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}
