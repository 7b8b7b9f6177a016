internal import Syntax

extension Schema.Format {
  /// Whether a text has the format.
  ///
  /// - Source: RFC 3339 (date-time), RFC 3986 (uri), RFC 2673 section 3.2 (ipv4), RFC 4291 (ipv6).
  func matches(_ text: String) -> Bool {
    switch self {
    case .dateTime: Instant(rfc3339: text) != nil && Self.hasSeconds(text)
    case .uri: Self.isURI(text)
    case .ipv4: Self.isIPv4(text[...])
    case .ipv6: Self.isIPv6(text)
    }
  }

  /// RFC 3339 requires seconds, unlike a local time of day.
  private static func hasSeconds(_ text: String) -> Bool {
    let time = text.dropFirst(11)
    return time.utf8.dropFirst(5).first == UInt8(ascii: ":")
  }

  private static func isIPv4(_ text: Substring) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        let isShort = (1...3).contains(part.count) && part.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        let hasLeadingZero = part.count > 1 && part.first == UInt8(ascii: "0")
        return isShort && !hasLeadingZero && part.reduce(0) { $0 * 10 + Int($1 & 0x0F) } <= 255
      }
  }

  private static func isIPv6(_ text: String) -> Bool {
    let halves = text.components(separatedBy: "::")
    guard halves.count <= 2, !text.contains(":::") else { return false }
    var groups = 0
    for (index, half) in halves.enumerated() {
      guard !half.isEmpty else {
        if halves.count == 1 { return false }
        continue
      }
      let parts = half.split(separator: ":", omittingEmptySubsequences: false)
      for (place, part) in parts.enumerated() {
        let isLast = index == halves.count - 1 && place == parts.count - 1
        if isLast, part.contains(".") {
          guard isIPv4(part) else { return false }
          groups += 2
        } else {
          guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ isHexDigit($0) }) else {
            return false
          }
          groups += 1
        }
      }
    }
    return halves.count == 2 ? groups <= 7 : groups == 8
  }

  private static func isURI(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, isLetter(bytes[0]) else {
      return false
    }
    let scheme = bytes[..<colon]
    guard scheme.allSatisfy({ isLetter($0) || isDigit($0) || [0x2B, 0x2D, 0x2E].contains($0) }) else {
      return false
    }
    var rest = bytes[(colon + 1)...]
    if rest.starts(with: Array("//".utf8)) {
      rest = rest.dropFirst(2)
      let authority = rest.prefix { ![0x2F, 0x3F, 0x23].contains($0) }
      guard isAuthority(authority) else { return false }
      rest = rest.dropFirst(authority.count)
    }
    guard rest.count(where: { $0 == UInt8(ascii: "#") }) <= 1 else { return false }
    return isEncoded(rest, also: Array(":@/?#".utf8))
  }

  private static func isAuthority(_ authority: ArraySlice<UInt8>) -> Bool {
    var host = authority
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      guard isEncoded(authority[..<at], also: Array(":".utf8)) else { return false }
      host = authority[(at + 1)...]
    }
    var port = ArraySlice<UInt8>()
    if host.first == UInt8(ascii: "[") {
      guard let close = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
      guard isIPv6(String(decoding: host[(host.startIndex + 1)..<close], as: UTF8.self)) else { return false }
      let tail = host[(close + 1)...]
      guard tail.isEmpty || tail.first == UInt8(ascii: ":") else { return false }
      port = tail.dropFirst()
    } else {
      let name = host.prefix { $0 != UInt8(ascii: ":") }
      guard isEncoded(name, also: []) else { return false }
      port = host.dropFirst(name.count + 1)
    }
    return port.allSatisfy(isDigit)
  }

  /// Whether bytes are unreserved characters, sub-delimiters, percent escapes, or the extra ones.
  private static func isEncoded(_ bytes: ArraySlice<UInt8>, also extra: [UInt8]) -> Bool {
    let signs = Array("-._~!$&'()*+,;=".utf8)
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard rest.count >= 2, rest.prefix(2).allSatisfy({ isHexDigit($0) }) else { return false }
        rest = rest.dropFirst(2)
      } else if !isLetter(byte), !isDigit(byte), !signs.contains(byte), !extra.contains(byte) {
        return false
      }
    }
    return true
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
  }
}

extension String {
  /// The parts between occurrences of a separator.
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    parts.append(String(rest))
    return parts
  }
}
