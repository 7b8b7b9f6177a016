package import Syntax

/// A change to the file that removes a finding.
package struct Fix: Hashable, Sendable {
  /// Whether it cannot change the intended meaning: it writes the only possible reading correctly.
  package let isSafe: Bool
  /// No two edits touch the same bytes.
  package let edits: [TextEdit]

  package init(isSafe: Bool, edits: [TextEdit]) {
    self.isSafe = isSafe
    self.edits = edits
  }
}

/// A fix with positions as people count them.
package struct LocatedFix: Sendable {
  /// Replacement text between two positions.
  package struct Edit: Sendable {
    package let start: Position
    /// Exclusive.
    package let end: Position
    package let text: String
    /// Column of the start in bytes, from 1.
    package let startByteColumn: Int
    /// Column of the end in bytes, from 1, exclusive.
    package let endByteColumn: Int
  }

  package let isSafe: Bool
  /// In file order.
  package let edits: [Edit]
  /// One edit with the effect of all, for readers that would take several as alternatives.
  ///
  /// `nil` if it would be too long, or show secrets.
  package let joined: Edit?
}
