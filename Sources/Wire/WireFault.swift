package import Syntax

/// Why a call cannot be written as an HTTP request.
///
/// - Shape: a node is the value at fault; `nil` where it is no part of the file, such as a filled-in token.
package enum WireFault: Error, Equatable, Sendable {
  /// A part of a request that takes only some values.
  package enum Place: Equatable, Sendable {
    case hostName, bucket, path, query, headerName, header, payload, form, xml, cbor
  }

  /// None of the service's protocols is known.
  case unknownProtocol([String])
  /// The operation's input, or a part of it, is sent while the call runs.
  case eventStreamInput(member: String)
  /// A member that becomes part of the URL is absent.
  case missingLabel(member: String)
  /// A member that becomes part of the URL is empty.
  case emptyLabel(member: String)
  /// A value is of a type, or has characters, that cannot stand there.
  case unfit(NodeID?, Place)
  case notBase64(NodeID)
  case notTimestamp(NodeID)
}
