import Models
import Syntax

@testable import Wire

/// Writes a call in its service's protocol, like botocore before its client changes anything.
///
/// - Shape: members that the operation lacks are left out.
/// - Throws: for a value that cannot be written at its place.
/// - Source: botocore 1.44.8's behaviour; Smithy 2.0, AWS protocols.
func httpRequest(
  for call: Call, options: WireOptions = WireOptions()
) throws(WireFault) -> HTTPRequest {
  var request = try write(Parameters(call, options: options))
  request.addLength()
  return request
}
