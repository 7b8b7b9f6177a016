// What a text must satisfy to fit its place in a request. Linting and the wire call the same functions, so that every
// request that passes linting can be written.

/// Whether a text may be part of a host's name: ASCII letters, digits, hyphens and dots.
///
/// - Source: botocore's check of host prefixes.
package func isHostText(_ text: some Collection<UInt8>) -> Bool {
  !text.isEmpty
    && text.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
}

/// Whether a text is a valid label of a host name: 1 to 63 ASCII letters, digits and inner hyphens.
///
/// - Source: RFC 1123, 2.1; Smithy's `isValidHostLabel`.
package func isHostLabel(_ text: some BidirectionalCollection<UInt8>) -> Bool {
  let hyphen = UInt8(ascii: "-")
  guard (1...63).contains(text.count), text.first != hyphen, text.last != hyphen else { return false }
  return text.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
}

/// Whether clients build addresses for a region with this name.
///
/// - Source: botocore's check of regions; some readers would take all digits for a port or an address.
package func isRegionName(_ text: String) -> Bool {
  isHostLabel(text.utf8) && !text.utf8.allSatisfy { (0x30...0x39).contains($0) }
}

/// Whether a text is valid as an HTTP header name.
///
/// - Source: RFC 9110, 5.6.2: a token.
package func isHeaderName(_ text: some Collection<UInt8>) -> Bool {
  !text.isEmpty && text.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-.^_`|~".utf8.contains($0) }
}

/// The first byte that is forbidden in HTTP headers: a line break or NUL; `nil` if there is none.
///
/// - Source: RFC 9110, 5.5.
package func byteForbiddenInHeader(_ text: some Sequence<UInt8>) -> UInt8? {
  text.first { $0 == 0x0A || $0 == 0x0D || $0 == 0x00 }
}

/// The first character that XML 1.0 cannot represent, not even as a reference; `nil` if there is none.
///
/// - Parameter text: UTF-8.
/// - Source: XML 1.0, production `Char`.
package func characterForbiddenInXML(_ text: some RandomAccessCollection<UInt8>) -> Unicode.Scalar? {
  var index = text.startIndex
  while index < text.endIndex {
    let byte = text[index]
    if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return Unicode.Scalar(byte) }
    if byte == 0xEF, text.distance(from: index, to: text.endIndex) > 2 {
      // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
      let second = text.index(after: index)
      let last = text[text.index(after: second)]
      if text[second] == 0xBF, last >= 0xBE { return last == 0xBE ? "\u{FFFE}" : "\u{FFFF}" }
    }
    index = text.index(after: index)
  }
  return nil
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
}

// MARK: ARNs and buckets

/// The parts of an Amazon resource name.
package struct ResourceName: Equatable, Sendable {
  package let partition: String
  package let service: String
  package let region: String
  package let account: String
  /// The text after the account, split at colons and slashes.
  package let resource: [String]

  /// `nil` for a text that is not an ARN.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, !parts[2].isEmpty, !parts[5].isEmpty else {
      return nil
    }
    (partition, service, region, account) = (parts[1], parts[2], parts[3], parts[4])
    resource = parts[5].utf8
      .split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether it names an access point of S3, or one on an outpost; clients accept either as a bucket.
  ///
  /// - Source: botocore's check of buckets.
  package var isAccessPoint: Bool {
    guard partition.hasPrefix("aws"), account.utf8.count == 12,
      account.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return false }
    func isName(_ name: String, _ extra: String) -> Bool {
      (1...63).contains(name.utf8.count)
        && name.utf8.allSatisfy { isLetterOrDigit($0) || extra.utf8.contains($0) }
    }
    switch service {
    case "s3", "s3-object-lambda":
      return resource.count == 2 && resource[0] == "accesspoint" && isName(resource[1], "-.")
    case "s3-outposts":
      return resource.count == 4 && resource[0] == "outpost" && resource[2] == "accesspoint"
        && isName(resource[1], "-") && isName(resource[3], "-")
    default: return false
    }
  }

  /// Whether it names a resource on an outpost.
  ///
  /// - Parameters:
  ///   - kind: `accesspoint` or `bucket`.
  ///   - account: the required owner; `nil` for any.
  package func isOnOutpost(_ kind: String, account: String?) -> Bool {
    service == "s3-outposts" && resource.count == 4 && resource[0] == "outpost" && resource[2] == kind
      && (account ?? self.account) == self.account
  }
}

/// Whether clients accept a text as the bucket of an S3 request.
///
/// - Source: botocore's check of buckets: a name of up to 255 characters, or an access point's ARN.
package func isBucket(_ text: String) -> Bool {
  let isName =
    (1...255).contains(text.utf8.count)
    && text.utf8.allSatisfy { isLetterOrDigit($0) || ".-_".utf8.contains($0) }
  return isName || ResourceName(text)?.isAccessPoint ?? false
}

// MARK: Members of some services

extension Operation {
  /// The kind of outpost resource that an S3 Control member names if it is an ARN.
  package func outpostKind(of member: String) -> String? {
    guard service == "s3control", name != "CreateBucket", name != "ListRegionalBuckets" else { return nil }
    switch member {
    case "Name": return name == "CreateAccessPoint" ? nil : "accesspoint"
    case "Bucket": return "bucket"
    default: return nil
    }
  }

  /// Whether clients send only the part of a member's value after its last slash.
  package func isShortenedID(_ member: Member) -> Bool {
    service == "route53" && ["ResourceId", "DelegationSetId", "ChangeId"].contains(self[member.shape].name)
  }

  /// Whether a member's keys and values are metadata of S3 objects, for which clients accept only ASCII.
  package func isASCIIMetadata(_ member: Member) -> Bool {
    service == "s3" && member.name == "Metadata"
      && ["PutObject", "CopyObject", "CreateMultipartUpload"].contains(name)
  }

  /// How many leading bytes of a text clients encode before it becomes a header; these bytes may have any value.
  ///
  /// - Parameter isGiven: whether the request supplies a member.
  package func encodedCount(of text: String, _ member: Member, isGiven: (String) -> Bool) -> Int {
    guard service == "s3" else { return 0 }
    switch member.name {
    case "CopySource": return copySourceParts(text).name.utf8.count
    case "SSECustomerKey", "CopySourceSSECustomerKey":
      return isGiven("\(member.name)MD5") ? 0 : text.utf8.count
    default: return 0
    }
  }
}

/// The source of an S3 copy: the object, and the `?versionId=…` after it, which clients leave unchanged.
package func copySourceParts(_ source: String) -> (name: Substring, version: Substring) {
  guard let place = source.firstRange(of: "?versionId=") else { return (source[...], "") }
  let rest = source[place.upperBound...]
  guard !rest.isEmpty, !rest.contains(where: \.isWhitespace) else { return (source[...], "") }
  return (source[..<place.lowerBound], source[place.lowerBound...])
}
