internal import Models

/// Implements the functions.
extension RuleFunction {
  /// Whether a text is a host label or, if permitted, several labels separated by dots.
  static func isHostLabel(_ text: String, orSubdomains: Bool) -> Bool {
    guard orSubdomains else { return Models.isHostLabel(text.utf8) }
    return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
      Models.isHostLabel($0.utf8)
    }
  }

  /// Whether a bucket's name is valid as part of a host name.
  ///
  /// - Source: Smithy's `aws.isVirtualHostableS3Bucket`.
  static func isVirtualHostableBucket(_ name: String, orSubdomains: Bool) -> Bool {
    let hasCapital = name.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    return (3...63).contains(name.utf8.count) && !hasCapital && !isIPv4(name)
      && isHostLabel(name, orSubdomains: orSubdomains)
  }

  /// Part of an ASCII text; `nil` if the text is shorter than `end` or contains other characters.
  static func substring(of text: String, from start: Int, to end: Int, fromEnd: Bool) -> String? {
    let bytes = Array(text.utf8)
    guard 0 <= start, start < end, end <= bytes.count, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    let range = fromEnd ? bytes.count - end..<bytes.count - start : start..<end
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// A text with everything but unreserved characters percent-encoded.
  ///
  /// - Source: RFC 3986, 2.1 to 2.3.
  static func percentEncoded(_ text: String) -> String {
    text.utf8.reduce(into: "") { encoded, byte in
      if isAlphanumeric(byte) || "-._~".utf8.contains(byte) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        encoded += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
      }
    }
  }

  /// The parts of an ARN; `nil` if the text is not one.
  ///
  /// - Shape: `partition`, `service`, `region`, `accountId`, and `resourceId`, a list split at colons and slashes.
  static func arnParts(_ text: String) -> RuleValue? {
    guard let name = ResourceName(text) else { return nil }
    return .object([
      "partition": .string(name.partition), "service": .string(name.service), "region": .string(name.region),
      "accountId": .string(name.account), "resourceId": .array(name.resource.map { .string($0) }),
    ])
  }

  /// Whether a text is four numbers up to 255, separated by dots.
  static func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(isDigit) && (Int(part) ?? 256) <= 255
      }
  }
}
