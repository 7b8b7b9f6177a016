public import Syntax

/// A change to the file after which a finding is gone.
public struct Fix: Hashable, Sendable {
  /// Whether it cannot change what was meant: the only reading, written properly.
  public let isSafe: Bool
  /// No two of them touch the same bytes.
  public let edits: [TextEdit]

  public init(isSafe: Bool, edits: [TextEdit]) {
    self.isSafe = isSafe
    self.edits = edits
  }
}

/// A fix with its places as people count them.
public struct LocatedFix: Sendable {
  /// Text between two places that is to read otherwise.
  public struct Edit: Sendable {
    public let start: Position
    /// Exclusive.
    public let end: Position
    public let text: String
    /// Bytes into the line of the start, from 1.
    public let startByteColumn: Int
    /// Bytes into the line of the end, from 1, exclusive.
    public let endByteColumn: Int
  }

  public let isSafe: Bool
  /// In the order of the file.
  public let edits: [Edit]
  /// One edit that does what all do together, for readers that take several as alternatives; `nil` where that would be
  /// too much text, or show what must not be shown.
  public let joined: Edit?
}
