/// Bytes as base64 with padding.
///
/// - Source: RFC 4648, section 4.
package func encodeBase64(_ bytes: [UInt8]) -> [UInt8] {
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

/// The result of reading a text as base64.
///
/// - Source: `base64.b64decode` of Python, which version 2 of the AWS CLI uses to read blobs: it skips bytes outside
///   the alphabet and everything after the padding.
package enum Base64Reading: Equatable, Sendable {
  case exact([UInt8])
  /// Something other than white space was skipped, so the text may mean other bytes.
  case lenient([UInt8])
  /// The padding is wrong, or a character is outside ASCII.
  case refused

  package init(_ text: some Sequence<UInt8>) {
    var bytes: [UInt8] = []
    var group: UInt32 = 0
    var digits = 0
    var padding = 0
    var isExact = true
    for byte in text {
      let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
      if let value = base64Value(byte), padding < 4 - digits || digits < 2 {
        if padding > 0 { isExact = false }
        padding = 0
        group = group << 6 | value
        digits += 1
        guard digits == 4 else { continue }
        bytes.append(UInt8(truncatingIfNeeded: group >> 16))
        bytes.append(UInt8(truncatingIfNeeded: group >> 8))
        bytes.append(UInt8(truncatingIfNeeded: group))
        (group, digits) = (0, 0)
      } else if byte == UInt8(ascii: "="), digits >= 2, digits + padding < 4 {
        padding += 1
      } else if byte >= 0x80 {
        self = .refused
        return
      } else if !isBlank {
        isExact = false
      }
    }
    if digits > 0 {
      guard digits >= 2, digits + padding == 4 else {
        self = .refused
        return
      }
      bytes.append(UInt8(truncatingIfNeeded: digits == 2 ? group >> 4 : group >> 10))
      if digits == 3 { bytes.append(UInt8(truncatingIfNeeded: group >> 2)) }
    }
    self = isExact ? .exact(bytes) : .lenient(bytes)
  }

  /// The bytes that are sent; `nil` for a refused text.
  package var bytes: [UInt8]? {
    switch self {
    case .exact(let bytes), .lenient(let bytes): bytes
    case .refused: nil
    }
  }
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
