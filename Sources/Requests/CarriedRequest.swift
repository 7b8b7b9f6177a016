package import Syntax

/// A request as its carrier writes it; the binder resolves its names.
package struct CarriedRequest {
  /// In the carrier's own spelling; `nil` if something else names the operation.
  package var service: Request.Declared?
  /// In the carrier's own spelling; may be `aws SERVICE OPERATION` if there is no service.
  package var operation: Request.Declared?
  package var id: Request.Declared?
  package var region: Request.Declared?
  package var account: Request.Declared?
  /// The document of the parameters if it is not the carrier's own, such as JSON in a text.
  package var document: Document?
  /// The value of the carrier's document from which `document` was read; secrecy is judged there.
  package var documentSource: NodeID?
  /// `nil` if the carrier has none.
  package var parameters: NodeID?
  /// Where a finding about the parameters as a whole points.
  package var parametersKey: ByteSpan
  /// Where a finding about missing names points.
  package var namesPlace: ByteSpan
  /// Points to the request in the carrier's document.
  package var pointer = JSONPointer()
  /// Where the request is written.
  package var span: ByteSpan

  package init(parameters: NodeID?, parametersKey: ByteSpan, span: ByteSpan) {
    self.parameters = parameters
    self.parametersKey = parametersKey
    self.span = span
    namesPlace = parametersKey
  }

  /// A name of the operation that is known only at run time.
  var dynamicName: Request.Declared? {
    if let service, service.isDynamic { return service }
    if let operation, operation.isDynamic { return operation }
    return nil
  }
}
