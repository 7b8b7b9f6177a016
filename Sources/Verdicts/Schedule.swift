public import Syntax

/// When the request takes effect.
public struct Schedule: Equatable, Sendable {
  public var earliest: Instant?
  public var latest: Instant?
  public var note: String

  public init(earliest: Instant? = nil, latest: Instant? = nil, note: String = "") {
    self.earliest = earliest
    self.latest = latest
    self.note = note
  }
}
