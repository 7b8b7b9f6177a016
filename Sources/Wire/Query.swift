/// Writes a call in AWS query: a form, lists under `member`, maps under `entry`.
///
/// - Source: Smithy 2.0, AWS query protocol.
func queryRequest(_ parameters: Parameters) throws(WireFault) -> HTTPRequest {
  try formRequest(parameters, .query)
}
