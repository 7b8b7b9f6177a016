internal import Models
internal import Syntax

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
