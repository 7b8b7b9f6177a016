/// A value that the service or the client will fill in; it is never part of what this plan sends.
package struct InferredValue: Equatable, Sendable {
  /// RFC 6901, relative to the parameters.
  package let pointer: String
  package let value: String
  package let because: String
  package let source: String

  package init(pointer: String, value: String, because: String, source: String) {
    self.pointer = pointer
    self.value = value
    self.because = because
    self.source = source
  }
}
