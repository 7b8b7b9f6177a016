package import Syntax

/// When the request takes effect.
package struct Schedule: Equatable, Sendable {
  package var earliest: Instant?
  package var latest: Instant?
  package var note: String

  package init(earliest: Instant? = nil, latest: Instant? = nil, note: String = "") {
    self.earliest = earliest
    self.latest = latest
    self.note = note
  }
}
