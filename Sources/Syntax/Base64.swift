/// Bytes as base64 with padding.
///
/// - Source: RFC 4648, section 4.
public func encodeBase64(_ bytes: [UInt8]) -> [UInt8] {
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
public func decodeBase64(_ text: some Sequence<UInt8>) -> [UInt8]? {
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
