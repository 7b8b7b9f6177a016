/// A decimal number of any size, exactly as written in its source text.
///
/// - Shape: value = significand × 10^exponent; the significand neither begins nor ends with a zero digit, so equal
///   values are equal structs.
package struct ExactNumber: Hashable, Sendable {
  package let isNegative: Bool
  private let significand: Significand
  private let exponent: Int

  private init(isNegative: Bool, _ significand: consuming Significand, exponent: Int) {
    let zeros = significand.removeTrailingZeros()
    self.isNegative = isNegative && !significand.isZero
    self.exponent = significand.isZero ? 0 : exponent + zeros
    self.significand = significand
  }

  package init(_ value: Int) {
    self.init(isNegative: value < 0, Significand(UInt64(value.magnitude)), exponent: 0)
  }

  /// Reads a decimal number as JSON and YAML write it: sign, digits, fraction, exponent; skips underscores.
  ///
  /// An exponent beyond a billion counts as a billion.
  package init?(decimal text: some Collection<UInt8>) {
    var rest = text[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var significand = Significand(0)
    var exponent = 0
    var hasPoint = false
    var hasDigit = false
    while let byte = rest.first, byte | 0x20 != UInt8(ascii: "e") {
      rest = rest.dropFirst()
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        hasDigit = true
        significand.append(byte & 0x0F)
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
    self.init(isNegative: isNegative, significand, exponent: exponent)
  }

  /// Reads digits in another base, most significant first, and skips bytes that are not digits.
  ///
  /// Only the first thousand digits count.
  package init(isNegative: Bool = false, base: Int, digits text: some Sequence<UInt8>) {
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
    var significand = Significand(0)
    for digit in digits { significand.append(UInt8(digit)) }
    self.init(isNegative: isNegative, significand, exponent: 0)
  }

  /// Whether the number is whole, as 1.0 is.
  package var isInteger: Bool { exponent >= 0 }
  package var isZero: Bool { significand.isZero }

  /// The value, if it is whole and fits 64 bits.
  package var int64: Int64? {
    guard isInteger, var magnitude = significand.small, exponent < 20 else { return nil }
    for _ in 0..<exponent {
      let (scaled, overflows) = magnitude.multipliedReportingOverflow(by: 10)
      guard !overflows else { return nil }
      magnitude = scaled
    }
    if isNegative { return magnitude > Int64.min.magnitude ? nil : Int64(truncatingIfNeeded: 0 &- magnitude) }
    return Int64(exactly: magnitude)
  }

  /// The nearest double.
  package var double: Double { Double(description) ?? (isNegative ? -.infinity : .infinity) }

  /// Whether the nearest double may be infinite; `false` is certain.
  var mayExceedDouble: Bool { exponent > 280 || significand.small == nil }

  /// Whether the number divided by another leaves no remainder.
  package func isMultiple(of divisor: ExactNumber) -> Bool {
    guard !divisor.isZero else { return false }
    guard !isZero else { return true }
    guard divisor.exponent <= exponent else { return false }
    guard let small = divisor.significand.small else {
      let quotient = double / divisor.double
      return quotient.isFinite && quotient.rounded() == quotient
    }
    let modulus = UInt128(small)
    let remainder = significand.digits.reduce(UInt128(0)) { ($0 * 10 + UInt128($1)) % modulus }
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
  package static func < (left: ExactNumber, right: ExactNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? isSmaller(right, left) : isSmaller(left, right)
  }

  /// The magnitude of an integer that a word surely holds, which is nearly every number; comparing it counts no digits.
  private var smallMagnitude: UInt64? {
    guard let digits = significand.small, digits < 1 << 32, (0...8).contains(exponent) else { return nil }
    return digits.scaled(by: exponent)
  }

  private static func isSmaller(_ left: ExactNumber, _ right: ExactNumber) -> Bool {
    if let left = left.smallMagnitude, let right = right.smallMagnitude { return left < right }
    if left.isZero || right.isZero { return left.isZero && !right.isZero }
    let leading = left.significand.digitCount + left.exponent
    let otherLeading = right.significand.digitCount + right.exponent
    return leading == otherLeading
      ? left.significand.leads(before: right.significand) : leading < otherLeading
  }
}

/// The digits of a number without leading and trailing zeros; up to nineteen of them need no allocation.
private struct Significand: Hashable, Sendable {
  private static let smallDigitCount = 19

  private var magnitude: UInt64
  /// Digits 0…9, most significant first, if there are more than nineteen; empty otherwise.
  private var long: [UInt8] = []

  init(_ magnitude: UInt64) {
    self.magnitude = magnitude
    if digitCount > Self.smallDigitCount { lengthen() }
  }

  /// The value, if it fits nineteen digits.
  var small: UInt64? { long.isEmpty ? magnitude : nil }
  var isZero: Bool { long.isEmpty && magnitude == 0 }

  var digitCount: Int {
    guard long.isEmpty else { return long.count }
    var count = 0
    var rest = magnitude
    while rest > 0 {
      rest /= 10
      count += 1
    }
    return count
  }

  /// 0…9, most significant first; empty for zero.
  var digits: [UInt8] {
    guard long.isEmpty else { return long }
    return magnitude == 0 ? [] : String(magnitude).utf8.map { $0 & 0x0F }
  }

  mutating func append(_ digit: UInt8) {
    if long.isEmpty, magnitude >= 1_000_000_000_000_000_000 { lengthen() }
    if long.isEmpty { magnitude = magnitude * 10 + UInt64(digit) } else { long.append(digit) }
  }

  private mutating func lengthen() {
    long = digits
    magnitude = 0
  }

  /// Removes trailing zeros and returns how many there were.
  mutating func removeTrailingZeros() -> Int {
    var zeros = 0
    while long.last == 0 {
      long.removeLast()
      zeros += 1
    }
    if !long.isEmpty, long.count <= Self.smallDigitCount {
      magnitude = long.reduce(0) { $0 * 10 + UInt64($1) }
      long = []
    }
    while magnitude > 0, magnitude % 10 == 0 {
      magnitude /= 10
      zeros += 1
    }
    return zeros
  }

  /// Whether the digits sort before another's, both compared from the first digit on.
  func leads(before other: Significand) -> Bool {
    guard let own = small, let others = other.small else {
      return digits.lexicographicallyPrecedes(other.digits)
    }
    return own.scaled(by: other.digitCount - digitCount) < others.scaled(by: digitCount - other.digitCount)
  }
}

extension UInt64 {
  /// The number with a given number of zeros appended.
  fileprivate func scaled(by zeros: Int) -> UInt64 {
    (0..<Swift.max(0, zeros)).reduce(self) { value, _ in value * 10 }
  }
}

extension ExactNumber: CustomStringConvertible {
  /// Plain digits if that stays short, otherwise with an exponent.
  package var description: String {
    let sign = isNegative ? "-" : ""
    let digits = significand.digits
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
