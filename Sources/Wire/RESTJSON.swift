internal import Models

/// Writes a call in AWS restJson1: parameters in URL and headers, the others as JSON in the body.
///
/// - Source: Smithy 2.0, AWS restJson1 protocol.
func restJSONRequest(_ parameters: Parameters) throws(WireFault) -> HTTPRequest {
  try restRequest(parameters, body: RESTJSONBody(parameters: parameters))
}

private struct RESTJSONBody: RESTBody {
  let parameters: Parameters

  var contentType: String? { "application/json" }

  /// An object without members if there could be some.
  func empty(_ input: Shape) -> [UInt8] {
    input.payload != nil || input.members.contains { $0.location == nil } ? Array("{}".utf8) : []
  }

  func bytes(_ fields: [Field]) throws(WireFault) -> [UInt8] {
    var body = JSONBody(parameters)
    try body.structure(fields)
    return body.bytes
  }

  func bytes(payload: Field) throws(WireFault) -> [UInt8] {
    var body = JSONBody(parameters)
    try body.value(of: payload)
    return body.bytes
  }
}
