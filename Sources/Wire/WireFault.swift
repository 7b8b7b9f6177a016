package import Syntax

/// The reason that a call cannot be written as an HTTP request.
///
/// - Shape: a node is the faulty value; `nil` if it is not part of the file, such as a filled-in token.
package enum WireFault: Error, Equatable, Sendable {
  /// A part of a request that accepts only some values.
  package enum Place: Equatable, Sendable {
    case hostName, bucket, path, query, headerName, header, payload, form, xml, cbor
  }

  /// The service has no known protocol.
  case unknownProtocol([String])
  /// The operation's input, or a part of it, is streamed while the call runs.
  case eventStreamInput(member: String)
  /// A member that becomes part of the URL is absent.
  case missingLabel(member: String)
  /// A member that becomes part of the URL is empty.
  case emptyLabel(member: String)
  /// A value whose type or characters are invalid at its place.
  case unfit(NodeID?, Place)
  case notBase64(NodeID)
  case notTimestamp(NodeID)
}
