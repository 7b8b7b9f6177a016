internal import Models
internal import Syntax

/// What a request file leaves open.
public struct WireOptions: Sendable {
  /// What the text of a blob is.
  public enum Blobs: Sendable {
    /// The bytes in base64, as request files have them.
    case base64
    /// The bytes themselves.
    case raw
  }

  public var blobs: Blobs
  /// Fills in idempotency tokens that are absent; without it they stay out.
  public var idempotencyToken: String?
  /// Where the client sends requests; `nil` where that is not known.
  public var region: String?
  /// Whether the body will differ from what is written here, as where a token is filled in or a value is masked.
  public var isBodyOpen: Bool

  public init(
    blobs: Blobs = .base64, idempotencyToken: String? = nil, region: String? = nil, isBodyOpen: Bool = false
  ) {
    self.blobs = blobs
    self.idempotencyToken = idempotencyToken
    self.region = region
    self.isBodyOpen = isBodyOpen
  }
}

/// Writes a call in its service's protocol, as botocore does before its client changes anything.
///
/// - Shape: members that the operation does not have are left out.
/// - Throws: what cannot stand where it would have to.
/// - Source: botocore 1.44.8's behaviour; Smithy 2.0, AWS protocols.
public func httpRequest(
  for call: Call, options: WireOptions = WireOptions()
) throws(WireFault) -> HTTPRequest {
  var request = try write(Parameters(call, options: options))
  request.addLength()
  return request
}

/// Writes parameters in their service's protocol, without the body's length.
func write(_ parameters: Parameters) throws(WireFault) -> HTTPRequest {
  guard let wireProtocol = WireProtocol(parameters.service) else {
    throw .unknownProtocol(parameters.service.offeredProtocols)
  }
  let hostPrefix = try parameters.hostPrefix()
  var request =
    switch wireProtocol {
    case .json: try jsonRequest(parameters)
    case .restJSON: try restJSONRequest(parameters)
    case .restXML: try restXMLRequest(parameters)
    case .rpcV2CBOR: try rpcV2CBORRequest(parameters)
    case .query: try queryRequest(parameters)
    case .ec2Query: try ec2QueryRequest(parameters)
    }
  request.hostPrefix = hostPrefix
  return request
}

extension HTTPRequest {
  /// Adds the body's length wherever botocore does.
  mutating func addLength() {
    let hasLength = headers.contains {
      isSameHeader($0.name, "Content-Length") || isSameHeader($0.name, "Transfer-Encoding")
    }
    if !hasLength && !["GET", "HEAD", "OPTIONS"].contains(method) {
      headers.append(Header("Content-Length", String(body.count)))
    }
  }
}
