/// Settings that a request file does not contain.
package struct WireOptions: Sendable {
  /// The meaning of a blob's text.
  package enum Blobs: Sendable {
    /// The bytes in base64, as in request files.
    case base64
    /// The bytes themselves.
    case raw
  }

  package var blobs: Blobs
  /// Fills in absent idempotency tokens; if it is `nil`, they stay absent.
  package var idempotencyToken: String?
  /// The region to which the client sends requests; `nil` if unknown.
  package var region: String?
  /// Whether the sent body will differ from the one written here, for example in a token or a masked value.
  package var isBodyOpen: Bool

  package init(
    blobs: Blobs = .base64, idempotencyToken: String? = nil, region: String? = nil, isBodyOpen: Bool = false
  ) {
    self.blobs = blobs
    self.idempotencyToken = idempotencyToken
    self.region = region
    self.isBodyOpen = isBodyOpen
  }
}
