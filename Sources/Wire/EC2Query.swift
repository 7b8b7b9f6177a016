/// Writes a call in EC2 query: a form with capitalised names, and lists that are numbered without a name of their own.
///
/// - Source: Smithy 2.0, AWS EC2 query protocol.
func ec2QueryRequest(_ parameters: Parameters) throws(WireFault) -> HTTPRequest {
  try formRequest(parameters, .ec2)
}
