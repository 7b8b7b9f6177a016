extension Document {
  /// The canonical JSON of a value.
  ///
  /// - Shape: members sorted by the UTF-16 units of their names, the last one kept if a name is repeated; numbers as
  ///   ECMAScript writes the nearest double. A whole number that no double can represent keeps its digits, since
  ///   rounding would send a different one; `.inf` and `.nan` become the strings that AWS protocols use for them. A
  ///   value that is known only at run time becomes the object `{"$unknown": TEXT}` with the text written in its place.
  /// - Source: RFC 8785.
  package func canonicalJSON(of id: NodeID) -> [UInt8] {
    var bytes: [UInt8] = []
    appendCanonical(id, to: &bytes)
    return bytes
  }

  /// Appends the canonical JSON of a value.
  package func appendCanonical(_ id: NodeID, to bytes: inout [UInt8]) {
    switch self[id].kind {
    case .mapping:
      bytes.append(UInt8(ascii: "{"))
      for (index, entry) in canonicalEntries(of: id).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        CanonicalJSON.append(text(of: entry.key), to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendCanonical(entry.value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    case .sequence:
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items(of: id).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        appendCanonical(item, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .scalar where self[id].isDynamic:
      bytes += "{\"$unknown\":".utf8
      CanonicalJSON.append(text(of: id), to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    case .scalar, .alias: appendCanonicalScalar(id, to: &bytes)
    }
  }

  private func appendCanonicalScalar(_ id: NodeID, to bytes: inout [UInt8]) {
    switch jsonScalar(of: id) {
    case .null: bytes += "null".utf8
    case .boolean(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(let number): bytes += CanonicalJSON.text(of: number).utf8
    case .string(let text), .nonFinite(let text): CanonicalJSON.append(text, to: &bytes)
    }
  }

  /// The entries of a mapping in canonical order: sorted by name, the last one kept if a name is repeated.
  package func canonicalEntries(of id: NodeID) -> [Entry] {
    var written: [Entry] = []
    written.reserveCapacity(count(of: id))
    written.append(contentsOf: entries(of: id))
    guard written.count > 1 else { return written }
    let isASCII = written.allSatisfy { withText(of: $0.key) { $0.allSatisfy { $0 < 0x80 } } }
    // By UTF-16 units, which are single bytes in ASCII; equal names stay in their written order.
    let places = written.indices.sorted { left, right in
      let order =
        isASCII
        ? byteOrder(of: written[left].key, and: written[right].key)
        : utf16Order(of: written[left].key, and: written[right].key)
      return order == 0 ? left < right : order < 0
    }
    // Readers use the last of several equal names.
    return places.indices.compactMap { place in
      let entry = written[places[place]]
      guard place + 1 < places.count else { return entry }
      return byteOrder(of: entry.key, and: written[places[place + 1]].key) == 0 ? nil : entry
    }
  }

  /// Compares the texts of two scalars: negative if the first comes before the second, 0 if they are equal.
  private func byteOrder(of left: NodeID, and right: NodeID) -> Int {
    withText(of: left) { left in withText(of: right) { Syntax.byteOrder(of: left, and: $0) } }
  }

  private func utf16Order(of left: NodeID, and right: NodeID) -> Int {
    let (left, right) = (string(of: left).utf16, string(of: right).utf16)
    return left.lexicographicallyPrecedes(right) ? -1 : right.lexicographicallyPrecedes(left) ? 1 : 0
  }
}

/// A scalar as a JSON value.
package enum JSONScalar: Sendable {
  case null
  case boolean(Bool)
  case number(ExactNumber)
  case string(ArraySlice<UInt8>)
  /// The name that AWS protocols use for a number that JSON lacks: `Infinity`, `-Infinity` or `NaN`.
  case nonFinite(ArraySlice<UInt8>)
}

extension Document {
  /// The JSON value of a scalar: everything but null, booleans and numbers is a string.
  package func jsonScalar(of id: NodeID) -> JSONScalar {
    switch scalarType(of: id) {
    case .null: return .null
    case .boolean: return boolean(of: id).map { .boolean($0) } ?? .string(text(of: id))
    case .integer, .float: return number(of: id).map { .number($0) } ?? .nonFinite(Self.special(text(of: id)))
    case .string, .timestamp, .binary, nil: return .string(text(of: id))
    }
  }

  /// The name that AWS protocols use for `.inf`, `-.inf` or `.nan`.
  private static func special(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let name =
      text.last.map { $0 | 0x20 } == UInt8(ascii: "n")
      ? "NaN" : text.first == UInt8(ascii: "-") ? "-Infinity" : "Infinity"
    return Array(name.utf8)[...]
  }
}

/// Strings and numbers of canonical JSON.
///
/// - Source: RFC 8785, section 3.2.2.
package enum CanonicalJSON {
  /// Appends a string in quotes.
  package static func append(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    let isPlain: Bool? = text.withContiguousStorageIfAvailable { text in
      let isPlain = text.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
      if isPlain { bytes.append(contentsOf: text) }
      return isPlain
    }
    if isPlain != true { appendEscaped(text, to: &bytes) }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscaped(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x00..<0x20:
        let hex = String(byte, radix: 16)
        bytes += "\\u00\(hex.utf8.count == 1 ? "0" : "")\(hex)".utf8
      default: bytes.append(byte)
      }
    }
  }

  /// A number as ECMAScript writes the nearest double; a whole number that no double can represent keeps its digits.
  package static func text(of number: ExactNumber) -> String {
    if let whole = number.int64, whole.magnitude <= 1 << 53 { return String(whole) }
    let double = number.double
    guard double.isFinite else { return number.description }
    let text = text(of: double)
    // Whether the double equals the number, digit by digit; beyond 128 bits nobody means the last digits.
    guard number.isInteger, let whole = Int128(exactly: double) else { return text }
    return ExactNumber(decimal: Array(String(whole).utf8)) == number ? text : number.description
  }

  /// - Source: ECMA-262, Number::toString.
  static func text(of double: Double) -> String {
    if double == 0 { return "0" }
    let (digits, point) = shortest(double.magnitude)
    let count = digits.utf8.count
    let sign = double < 0 ? "-" : ""
    switch point {
    case count...21: return sign + digits + String(repeating: "0", count: point - count)
    case 1..<max(count, 1) where point <= 21:
      return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    case -5...0: return sign + "0." + String(repeating: "0", count: -point) + digits
    default:
      let exponent = point - 1
      let fraction = count > 1 ? "." + digits.dropFirst() : ""
      return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(abs(exponent))"
    }
  }

  /// The fewest digits that read back as a positive double, and the position of its decimal point among them.
  private static func shortest(_ double: Double) -> (digits: String, point: Int) {
    // Swift's description also has the fewest digits, in a different layout.
    let parts = double.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = mantissa[0]
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let all = whole + fraction
    let leading = all.prefix { $0 == "0" }.count
    var digits = all.dropFirst(leading)
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return (String(digits), whole.utf8.count + exponent - leading)
  }
}
