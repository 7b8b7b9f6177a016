/// A decimal number of any size, kept exactly as its source text says it.
///
/// - Shape: value = digits × 10^exponent; no leading or trailing zero digits, so equal values are equal structs.
/// - Units: `digits` are 0…9, most significant first; empty for zero.
public struct ExactNumber: Hashable, Sendable {
  public let isNegative: Bool
  private let digits: [UInt8]
  private let exponent: Int

  private init(isNegative: Bool, digits: some Sequence<UInt8>, exponent: Int) {
    var kept = Array(digits.drop { $0 == 0 })
    var shifted = exponent
    while kept.last == 0 {
      kept.removeLast()
      shifted += 1
    }
    self.isNegative = isNegative && !kept.isEmpty
    self.digits = kept
    self.exponent = kept.isEmpty ? 0 : shifted
  }

  public init(_ value: Int) {
    self.init(isNegative: value < 0, digits: String(value.magnitude).utf8.map { $0 & 0x0F }, exponent: 0)
  }

  /// Reads a decimal number as JSON and YAML write it: sign, digits, fraction, exponent; underscores are skipped.
  ///
  /// An exponent beyond a billion is taken for a billion.
  public init?(decimal text: some Collection<UInt8>) {
    var rest = text[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var digits: [UInt8] = []
    var exponent = 0
    var hasPoint = false
    var hasDigit = false
    while let byte = rest.first, byte | 0x20 != UInt8(ascii: "e") {
      rest = rest.dropFirst()
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        hasDigit = true
        digits.append(byte & 0x0F)
        if hasPoint { exponent -= 1 }
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      case UInt8(ascii: "_"): continue
      default: return nil
      }
    }
    guard hasDigit else { return nil }
    if !rest.isEmpty {
      let written = String(decoding: rest.dropFirst(), as: UTF8.self)
      let unsigned = written.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
      guard !unsigned.isEmpty, written.utf8.count - unsigned.count <= 1,
        unsigned.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
      else { return nil }
      let bound = 1_000_000_000
      exponent += min(max(Int(written) ?? (written.hasPrefix("-") ? -bound : bound), -bound), bound)
    }
    self.init(isNegative: isNegative, digits: digits, exponent: exponent)
  }

  /// Reads digits of another base, most significant first; bytes that are no digit are skipped.
  ///
  /// A number of more than a thousand digits is taken for its first thousand.
  public init(isNegative: Bool = false, base: Int, digits text: some Sequence<UInt8>) {
    var digits: [Int] = []
    for digit in text.lazy.compactMap({ hexDigit($0) }).prefix(1000) {
      var carry = Int(digit)
      for index in digits.indices.reversed() {
        let value = digits[index] * base + carry
        digits[index] = value % 10
        carry = value / 10
      }
      while carry > 0 {
        digits.insert(carry % 10, at: 0)
        carry /= 10
      }
    }
    self.init(isNegative: isNegative, digits: digits.map { UInt8($0) }, exponent: 0)
  }

  /// Whether the number is whole; 1.0 is.
  public var isInteger: Bool { exponent >= 0 }
  public var isZero: Bool { digits.isEmpty }

  /// The value, where it is whole and fits 64 bits.
  public var int64: Int64? {
    guard isInteger, digits.count + exponent <= 19 else { return nil }
    var value: Int64 = 0
    for index in 0..<(digits.count + exponent) {
      let digit = Int64(index < digits.count ? digits[index] : 0)
      let (scaled, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = scaled.subtractingReportingOverflow(digit)
      guard !overflows, !carries else { return nil }
      value = sum
    }
    guard !isNegative else { return value }
    return value == .min ? nil : -value
  }

  /// The nearest double.
  public var double: Double { Double(description) ?? (isNegative ? -.infinity : .infinity) }

  /// Whether the number divided by another leaves no remainder.
  public func isMultiple(of divisor: ExactNumber) -> Bool {
    guard !divisor.isZero else { return false }
    guard !isZero else { return true }
    guard divisor.exponent <= exponent else { return false }
    guard divisor.digits.count <= 18 else {
      let quotient = double / divisor.double
      return quotient.isFinite && quotient.rounded() == quotient
    }
    let modulus = UInt128(divisor.digits.reduce(0) { $0 * 10 + UInt64($1) })
    let remainder = digits.reduce(UInt128(0)) { ($0 * 10 + UInt128($1)) % modulus }
    return remainder * Self.powerOfTen(exponent - divisor.exponent, modulo: modulus) % modulus == 0
  }

  private static func powerOfTen(_ power: Int, modulo modulus: UInt128) -> UInt128 {
    var result = 1 % modulus
    var factor = 10 % modulus
    var rest = power
    while rest > 0 {
      if rest & 1 == 1 { result = result * factor % modulus }
      factor = factor * factor % modulus
      rest >>= 1
    }
    return result
  }
}

extension ExactNumber: Comparable {
  public static func < (left: ExactNumber, right: ExactNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? isSmaller(right, left) : isSmaller(left, right)
  }

  private static func isSmaller(_ left: ExactNumber, _ right: ExactNumber) -> Bool {
    if left.isZero || right.isZero { return left.isZero && !right.isZero }
    let leading = left.digits.count + left.exponent
    let otherLeading = right.digits.count + right.exponent
    return leading == otherLeading
      ? left.digits.lexicographicallyPrecedes(right.digits) : leading < otherLeading
  }
}

extension ExactNumber: CustomStringConvertible {
  /// Plain digits where that stays short, else with an exponent.
  public var description: String {
    let sign = isNegative ? "-" : ""
    let text = String(decoding: digits.map { $0 | 0x30 }, as: UTF8.self)
    if digits.isEmpty { return "0" }
    if exponent >= 0 {
      return exponent <= 40
        ? sign + text + String(repeating: "0", count: exponent) : "\(sign)\(text)e\(exponent)"
    }
    let whole = digits.count + exponent
    if whole > 0 { return sign + text.prefix(whole) + "." + text.dropFirst(whole) }
    return whole > -20
      ? sign + "0." + String(repeating: "0", count: -whole) + text : "\(sign)\(text)e\(exponent)"
  }
}
