/// What a request file leaves open.
package struct WireOptions: Sendable {
  /// What the text of a blob is.
  package enum Blobs: Sendable {
    /// The bytes in base64, as request files have them.
    case base64
    /// The bytes themselves.
    case raw
  }

  package var blobs: Blobs
  /// Fills in idempotency tokens that are absent; without it they stay out.
  package var idempotencyToken: String?
  /// Where the client sends requests; `nil` where that is not known.
  package var region: String?
  /// Whether the body will differ from what is written here, as where a token is filled in or a value is masked.
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
