/// An http or https address of a host, without query, fragment or white space.
///
/// - Source: RFC 3986, 3; Smithy's `parseURL`, which accepts any text as a host.
struct EndpointURL: Sendable {
  /// `http` or `https`.
  let scheme: String
  /// The part before the host, without `@`.
  let userInfo: Substring?
  /// Includes the brackets of an IPv6 address.
  let host: Substring
  /// Host and port, preceded by the user info if there is any.
  let authority: Substring
  /// As written; empty or begins with a slash.
  let path: Substring

  init?(parsing text: String) {
    let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"?#\\<>\"^`{|}".utf8.contains($0) }
    guard isPlain, let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
    scheme = text[..<colon].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let rest = text[colon...].dropFirst(3)
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    authority = rest[..<slash]
    path = rest[slash...]
    let at = rest[..<slash].lastIndex(of: "@")
    userInfo = at.map { rest[..<$0] }
    let place = at.map { rest[rest.index(after: $0)..<slash] } ?? rest[..<slash]
    let hostEnd: Substring.Index
    if place.first == "[" {
      guard let bracket = place.firstIndex(of: "]") else { return nil }
      hostEnd = place.index(after: bracket)
    } else {
      hostEnd = place.firstIndex(of: ":") ?? place.endIndex
    }
    host = place[..<hostEnd]
    guard !host.isEmpty, Self.isPort(place[hostEnd...]) else { return nil }
  }

  /// Whether a client can send requests to an address from the user.
  static func isUsable(_ text: String) -> Bool { EndpointURL(parsing: text)?.isHostOnly ?? false }

  /// Whether the host is a host name or an address, and there is no user info.
  var isHostOnly: Bool {
    guard userInfo == nil else { return false }
    let name = host.last == "." ? host.dropLast() : host
    return isIPv6 || RuleFunction.isHostLabel(String(name), orSubdomains: true)
  }

  /// The address with a lower-case scheme.
  var text: String { "\(scheme)://\(authority)\(path)" }

  /// The result of `parseURL`.
  ///
  /// - Source: botocore 1.44.8: the normalised path has no dot segments or empty ones, and is percent-encoded anew.
  var parts: RuleValue {
    .object([
      "scheme": .string(scheme), "authority": .string(String(authority)), "path": .string(String(path)),
      "normalizedPath": .string(normalizedPath),
      "isIp": .boolean(isIPv6 || RuleFunction.isIPv4(String(host))),
    ])
  }

  /// - Shape: begins and ends with a slash.
  private var normalizedPath: String {
    var segments: [Substring] = []
    for segment in path.split(separator: "/") where segment != "." {
      if segment != ".." { segments.append(segment) } else if !segments.isEmpty { segments.removeLast() }
    }
    return segments.reduce(into: "/") { $0 += RuleFunction.percentEncoded(String($1)) + "/" }
  }

  private var isIPv6: Bool {
    guard host.first == "[", host.last == "]" else { return false }
    let colons = host.utf8.count { $0 == UInt8(ascii: ":") }
    return (2...8).contains(colons)
      && host.dropFirst().dropLast().utf8.allSatisfy { byte in
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
          || ":.".utf8.contains(byte)
      }
  }

  private static func isPort(_ text: Substring) -> Bool {
    guard !text.isEmpty else { return true }
    let digits = text.dropFirst()
    return text.first == ":" && digits.utf8.allSatisfy(isDigit)
      && (0...65535).contains(Int(digits) ?? -1)
  }
}
