internal import Models

/// Writes a call in AWS restXml: parameters in URL and headers, the others as XML in the body.
///
/// - Source: Smithy 2.0, AWS restXml protocol.
func restXMLRequest(_ parameters: Parameters) throws(WireFault) -> HTTPRequest {
  try restRequest(parameters, body: RESTXMLBody(parameters: parameters))
}

private struct RESTXMLBody: RESTBody {
  let parameters: Parameters

  var contentType: String? { nil }

  func empty(_ input: Shape) -> [UInt8] { [] }

  func bytes(_ fields: [Field]) throws(WireFault) -> [UInt8] {
    let traits = parameters.operation[parameters.operation.inputTraits]
    var body = XMLBody(parameters)
    try body.structure(fields, traits, as: traits.locationName ?? parameters.input?.name ?? "")
    return body.bytes
  }

  func bytes(payload: Field) throws(WireFault) -> [UInt8] {
    let shape = parameters.operation[payload.member.shape]
    let traits = parameters.operation[payload.member.traits]
    var body = XMLBody(parameters)
    try body.value(of: payload, as: traits.locationName ?? shape.name)
    return body.bytes
  }
}
