/// Whether a byte is a letter or digit of ASCII.
func isAlphanumeric(_ byte: UInt8) -> Bool {
  isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

// MARK: Percent encoding

/// What stands for itself in an encoded text beside letters and digits.
enum PercentEncoding {
  /// `-._~`, RFC 3986's unreserved characters.
  case component
  /// The unreserved characters and `/`.
  case path
  /// The unreserved characters; a blank becomes `+`.
  case form
}

/// Adds a text with all else as `%XX`.
///
/// - Source: RFC 3986, section 2; the HTML standard's form encoding, save that `*` is encoded and `~` is not.
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

/// The digit of a number below sixteen.
func hexDigit(_ value: UInt8, upper: Bool) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: upper ? "A" : "a") + value - 10
}

// MARK: Base64

/// - Source: RFC 4648, section 4, with padding.
func encodeBase64(_ bytes: [UInt8]) -> [UInt8] {
  func digit(_ value: UInt32) -> UInt8 {
    switch UInt8(value & 0x3F) {
    case let value where value < 26: UInt8(ascii: "A") + value
    case let value where value < 52: UInt8(ascii: "a") + value - 26
    case let value where value < 62: UInt8(ascii: "0") + value - 52
    case 62: UInt8(ascii: "+")
    default: UInt8(ascii: "/")
    }
  }
  var text: [UInt8] = []
  text.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let count = min(3, bytes.count - start)
    var group: UInt32 = 0
    for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0) }
    for place in 0..<4 {
      text.append(place <= count ? digit(group >> UInt32(18 - 6 * place)) : UInt8(ascii: "="))
    }
  }
  return text
}

/// Reads base64 with padding; blanks and line breaks are skipped, everything else gives `nil`.
func decodeBase64(_ text: some Sequence<UInt8>) -> [UInt8]? {
  var bytes: [UInt8] = []
  var group: UInt32 = 0
  var digits = 0
  var padding = 0
  for byte in text where ![0x20, 0x09, 0x0A, 0x0D].contains(byte) {
    if byte == UInt8(ascii: "=") {
      padding += 1
      continue
    }
    guard padding == 0, let value = base64Value(byte) else { return nil }
    group = group << 6 | value
    digits += 1
    if digits % 4 == 0 {
      bytes += [UInt8(truncatingIfNeeded: group >> 16), UInt8(truncatingIfNeeded: group >> 8)]
      bytes.append(UInt8(truncatingIfNeeded: group))
      group = 0
    }
  }
  guard padding <= 2, (digits + padding) % 4 == 0 else { return nil }
  if padding == 2 { bytes.append(UInt8(truncatingIfNeeded: group >> 4)) }
  if padding == 1 {
    bytes += [UInt8(truncatingIfNeeded: group >> 10), UInt8(truncatingIfNeeded: group >> 2)]
  }
  return bytes
}

private func base64Value(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
  case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
  case UInt8(ascii: "+"): 62
  case UInt8(ascii: "/"): 63
  default: nil
  }
}

// MARK: Numbers

/// Adds a number with the fewest digits that tell it from its neighbours, as Python's `repr` lays them out.
///
/// - Shape: always a point or an exponent; the latter below 1e-4 and from 1e16.
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

/// Value = d.ddd × 10^exponent; no zeros at the end.
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
