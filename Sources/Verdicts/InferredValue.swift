/// What the service or the client will fill in; never part of what is sent by this plan.
public struct InferredValue: Equatable, Sendable {
  /// RFC 6901, relative to the parameters.
  public let pointer: String
  public let value: String
  public let because: String
  public let source: String

  public init(pointer: String, value: String, because: String, source: String) {
    self.pointer = pointer
    self.value = value
    self.because = because
    self.source = source
  }
}
