internal import Models

/// Writes a call in AWS JSON 1.0 or 1.1: the operation in a header, all parameters in the body.
///
/// - Source: Smithy 2.0, AWS JSON 1.0 and 1.1 protocols.
func jsonRequest(_ parameters: Parameters) throws(WireFault) -> HTTPRequest {
  var body = JSONBody(parameters)
  try body.structure(parameters.fields)
  let target = "\(parameters.service.targetPrefix ?? "").\(parameters.operation.name)"
  var headers = [
    HTTPRequest.Header("X-Amz-Target", target),
    HTTPRequest.Header("Content-Type", "application/x-amz-json-\(parameters.service.jsonVersion ?? "1.0")"),
  ]
  if parameters.service.isQueryCompatible { headers.append(HTTPRequest.Header("x-amzn-query-mode", "true")) }
  return HTTPRequest(
    method: parameters.operation.method, path: "/", headers: headers, body: body.bytes)
}
