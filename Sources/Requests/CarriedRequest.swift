public import Syntax

/// A request as its carrier writes it; the binder finds out what its names mean.
public struct CarriedRequest {
  /// In the carrier's own spelling; `nil` where something else names the operation.
  public var service: Request.Declared?
  /// In the carrier's own spelling, also as `aws SERVICE OPERATION` if there is no service.
  public var operation: Request.Declared?
  public var id: Request.Declared?
  public var region: Request.Declared?
  public var account: Request.Declared?
  /// The document of the parameters if that is another than the carrier's own.
  public var document: Document?
  /// `nil` where the carrier has none.
  public var parameters: NodeID?
  /// What a finding about the parameters as a whole points at.
  public var parametersKey: ByteSpan
  /// What a finding about missing names points at.
  public var frameKey: ByteSpan
  /// To the request in the carrier's document.
  public var pointer = JSONPointer()
  /// Where the request is written.
  public var span: ByteSpan

  public init(parameters: NodeID?, parametersKey: ByteSpan, span: ByteSpan) {
    self.parameters = parameters
    self.parametersKey = parametersKey
    self.span = span
    frameKey = parametersKey
  }
}
