/// The protocols in which AWS services accept requests, most preferred first.
///
/// - Source: botocore's order of preference among a service's protocols.
package enum WireProtocol: String, CaseIterable, Sendable {
  case json
  case restJSON = "rest-json"
  case restXML = "rest-xml"
  case rpcV2CBOR = "smithy-rpc-v2-cbor"
  case query
  case ec2Query = "ec2"

  /// The protocol that botocore would use with a service; `nil` if it offers no known one.
  package init?(_ service: ServiceMetadata) {
    let offered = service.offeredProtocols
    guard let preferred = Self.allCases.first(where: { offered.contains($0.rawValue) }) else { return nil }
    self = preferred
  }

  /// Whether members may go into the path, the query or headers.
  package var isREST: Bool { self == .restJSON || self == .restXML }
}

extension ServiceMetadata {
  /// Names of the protocols in the model.
  package var offeredProtocols: [String] { protocols.isEmpty ? [wireProtocol] : protocols }
}
