package import Syntax

/// A change to the file after which a finding is gone.
package struct Fix: Hashable, Sendable {
  /// Whether it cannot change what was meant: the only reading, written properly.
  package let isSafe: Bool
  /// No two of them touch the same bytes.
  package let edits: [TextEdit]

  package init(isSafe: Bool, edits: [TextEdit]) {
    self.isSafe = isSafe
    self.edits = edits
  }
}

/// A fix with its places as people count them.
package struct LocatedFix: Sendable {
  /// Text between two places that is to read otherwise.
  package struct Edit: Sendable {
    package let start: Position
    /// Exclusive.
    package let end: Position
    package let text: String
    /// Bytes into the line of the start, from 1.
    package let startByteColumn: Int
    /// Bytes into the line of the end, from 1, exclusive.
    package let endByteColumn: Int
  }

  package let isSafe: Bool
  /// In the order of the file.
  package let edits: [Edit]
  /// One edit that does what all do together, for readers that take several as alternatives; `nil` where that would be
  /// too much text, or show what must not be shown.
  package let joined: Edit?
}
