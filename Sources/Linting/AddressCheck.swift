package import Models
internal import Requests
package import Syntax
package import Verdicts

extension BuiltInCheck {
  package static let noEndpoint = BuiltInCheck(
    "no-endpoint", "Service without an endpoint for what is asked", traits: .ofPlan,
    why:
      "The service's endpoint rules refuse a value, such as an ARN of another service, or the region. Planning also reports FIPS and dual stack where there are none."
  )
}

/// A request whose endpoint may not exist.
package struct AddressedRequest {
  package let operation: Operation
  package let service: ServiceModel
  package let document: Document
  /// A mapping.
  package let parameters: NodeID
  package let region: String?
}

/// Returns why a service's endpoint rules reject a request; `nil` if they do not.
///
/// The endpoint rules belong to a later module, so callers pass this in. It is called only for unusual requests.
package typealias AddressJudge = (AddressedRequest) -> String?

extension RequestLint {
  /// Applies the endpoint rules to a request with a name or a region that they may reject.
  func checkAddress(in document: Document, _ parameters: NodeID, isRegionDoubtful: Bool) {
    let unusual = operation.unusualAddress(in: document, at: parameters)
    guard unusual != nil || isRegionDoubtful, let judge = linter.addressJudge,
      let service = models.service(operation.service),
      let words = judge(
        AddressedRequest(
          operation: operation, service: service, document: document, parameters: parameters,
          region: request.region?.knownText))
    else { return }
    if let (member, value) = unusual {
      let isHidden = operation[member.shape].isSensitive
      let shown = isHidden ? "" : " \(quote(document.string(of: value)))"
      findings.add(
        .noEndpoint, "\(member.name)\(shown) leads to no endpoint\(isHidden ? "" : ": \(words)")",
        at: document.sourceSpan(of: value), JSONPointer([member.name]), request: number)
    } else if let region = request.region {
      findings.add(
        .noEndpoint, "no endpoint in region \(quote(region.text)): \(words)", at: region.span,
        region.pointer ?? JSONPointer(), request: number)
    }
  }
}

extension Operation {
  /// Whether endpoint rules treat the operation unlike others of its service, so that a partition may lack it.
  func maySkipPartition(of region: String) -> Bool {
    guard !clientTraits.staticContext.isEmpty else { return false }
    // In the partition `aws`, a region has a continent, a direction and a number.
    return region.utf8.count { $0 == UInt8(ascii: "-") } != 2 || region.hasPrefix("cn-")
  }

  /// The first member that endpoint rules read and may reject.
  ///
  /// - Shape: `parameters` is a mapping.
  func unusualAddress(in document: Document, at parameters: NodeID) -> (member: Member, value: NodeID)? {
    guard hasAddressMembers, let input else { return nil }
    for member in self[input].members where member.contextParameter != nil {
      // Keys of S3 objects decide nothing, and may contain anything.
      if service == "s3", member.name != "Bucket" { continue }
      guard let value = document.value(of: member.name, in: parameters),
        document.scalarType(of: value) == .string, !document[value].isDynamic,
        // A text that cannot be a host name is reported as such elsewhere.
        !member.isHostLabel || document.withText(of: value, { isHostText($0) })
      else { continue }
      // Rules parse an ARN, and reject anything else.
      let isARN = member.contextParameter?.lowercased().hasSuffix("arn") ?? false
      if isARN || !document.withText(of: value, { isOrdinaryName($0, withDots: service == "s3") }) {
        return (member, value)
      }
    }
    return nil
  }
}

/// Whether a text is a name without special meaning to any endpoint rules.
private func isOrdinaryName(_ text: UnsafeBufferPointer<UInt8>, withDots: Bool) -> Bool {
  guard (1...63).contains(text.count) else { return false }
  var last = UInt8(ascii: "-")
  for byte in text {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: break
    case UInt8(ascii: "-") where last != byte: break
    case UInt8(ascii: ".") where withDots && last != byte: break
    default: return false
    }
    last = byte
  }
  return last != UInt8(ascii: "-")
}
