/// Whether a byte is an ASCII letter or digit.
func isAlphanumeric(_ byte: UInt8) -> Bool {
  isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

// MARK: Percent encoding

/// The characters, apart from letters and digits, that an encoding leaves unescaped.
enum PercentEncoding {
  /// `-._~`, RFC 3986's unreserved characters.
  case component
  /// The unreserved characters and `/`.
  case path
  /// The unreserved characters; a blank becomes `+`.
  case form
}

/// Appends a text with all other characters as `%XX`.
///
/// - Source: RFC 3986, section 2; the HTML standard's form encoding, except that `*` is encoded and `~` is not.
func appendEncoded(_ text: some Sequence<UInt8>, _ encoding: PercentEncoding, to bytes: inout [UInt8]) {
  for byte in text {
    switch byte {
    case _ where isAlphanumeric(byte): bytes.append(byte)
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): bytes.append(byte)
    case UInt8(ascii: "/") where encoding == .path: bytes.append(byte)
    case UInt8(ascii: " ") where encoding == .form: bytes.append(UInt8(ascii: "+"))
    default:
      bytes.append(UInt8(ascii: "%"))
      bytes.append(hexDigit(byte >> 4, upper: true))
      bytes.append(hexDigit(byte & 0x0F, upper: true))
    }
  }
}

/// The hexadecimal digit of a number below sixteen.
func hexDigit(_ value: UInt8, upper: Bool) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: upper ? "A" : "a") + value - 10
}

// MARK: Numbers

/// Appends a number with the fewest digits that identify it, formatted like Python's `repr`.
///
/// - Shape: always has a point or an exponent; an exponent below 1e-4 and from 1e16.
func appendFloat(_ number: Double, to bytes: inout [UInt8]) {
  guard number.isFinite else {
    bytes += (number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity").utf8
    return
  }
  if number.sign == .minus { bytes.append(UInt8(ascii: "-")) }
  let (digits, exponent) = shortestDigits(number.magnitude)
  switch exponent {
  case 0..<16:
    bytes += digits.prefix(exponent + 1)
    bytes += repeatElement(UInt8(ascii: "0"), count: max(0, exponent + 1 - digits.count))
    bytes.append(UInt8(ascii: "."))
    bytes += digits.count > exponent + 1 ? digits.dropFirst(exponent + 1) : [UInt8(ascii: "0")]
  case -4..<0:
    bytes += "0.".utf8
    bytes += repeatElement(UInt8(ascii: "0"), count: -exponent - 1)
    bytes += digits
  default:
    bytes.append(digits[0])
    if digits.count > 1 { bytes.append(UInt8(ascii: ".")) }
    bytes += digits.dropFirst()
    bytes += (exponent < 0 ? "e-" : "e+").utf8
    if abs(exponent) < 10 { bytes.append(UInt8(ascii: "0")) }
    bytes += String(abs(exponent)).utf8
  }
}

/// Value = d.ddd × 10^exponent, without trailing zeros.
private func shortestDigits(_ number: Double) -> (digits: [UInt8], exponent: Int) {
  let parts = number.description.utf8.split(separator: UInt8(ascii: "e"))
  var exponent = parts.count > 1 ? Int(String(Substring(parts[1]))) ?? 0 : 0
  let mantissa = parts[0].split(separator: UInt8(ascii: "."))
  var digits = mantissa.flatMap { Array($0) }
  exponent += mantissa[0].count - 1
  while digits.last == UInt8(ascii: "0"), digits.count > 1 { digits.removeLast() }
  let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
  guard zeros < digits.count else { return ([UInt8(ascii: "0")], 0) }
  digits.removeFirst(zeros)
  return (digits, exponent - zeros)
}
