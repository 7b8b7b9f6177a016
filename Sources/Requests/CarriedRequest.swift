package import Syntax

/// A request as its carrier writes it; the binder finds out what its names mean.
package struct CarriedRequest {
  /// In the carrier's own spelling; `nil` where something else names the operation.
  package var service: Request.Declared?
  /// In the carrier's own spelling, also as `aws SERVICE OPERATION` if there is no service.
  package var operation: Request.Declared?
  package var id: Request.Declared?
  package var region: Request.Declared?
  package var account: Request.Declared?
  /// The document of the parameters if they are not part of the carrier's own, such as JSON in a text.
  package var document: Document?
  /// The value of the carrier's document that `document` was read from; what of it must not be shown is judged there.
  package var documentSource: NodeID?
  /// `nil` where the carrier has none.
  package var parameters: NodeID?
  /// What a finding about the parameters as a whole points at.
  package var parametersKey: ByteSpan
  /// What a finding about missing names points at.
  package var namesPlace: ByteSpan
  /// To the request in the carrier's document.
  package var pointer = JSONPointer()
  /// Where the request is written.
  package var span: ByteSpan

  package init(parameters: NodeID?, parametersKey: ByteSpan, span: ByteSpan) {
    self.parameters = parameters
    self.parametersKey = parametersKey
    self.span = span
    namesPlace = parametersKey
  }

  /// A name of the operation that is known at run time only.
  var dynamicName: Request.Declared? {
    if let service, service.isDynamic { return service }
    if let operation, operation.isDynamic { return operation }
    return nil
  }
}
