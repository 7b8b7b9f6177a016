public import Models
public import Syntax

/// One call with its parameters, ready to be written in its service's protocol.
public struct Call: Sendable {
  public let operation: Operation
  public let service: ServiceMetadata
  public let document: Document
  /// A mapping; `nil` for a call without parameters.
  public let parameters: NodeID?

  public init(operation: Operation, service: ServiceMetadata, document: Document, parameters: NodeID?) {
    self.operation = operation
    self.service = service
    self.document = document
    self.parameters = parameters
  }
}
