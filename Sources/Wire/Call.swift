package import Models
package import Syntax

/// One call with its parameters, to be written in its service's protocol.
package struct Call: Sendable {
  package let operation: Operation
  package let service: ServiceMetadata
  package let document: Document
  /// A mapping; `nil` for a call without parameters.
  package let parameters: NodeID?

  package init(operation: Operation, service: ServiceMetadata, document: Document, parameters: NodeID?) {
    self.operation = operation
    self.service = service
    self.document = document
    self.parameters = parameters
  }
}
