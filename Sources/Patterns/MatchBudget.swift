/// How much work matches may take together, counted in steps of the engine, so that no outcome depends on the machine.
///
/// - Units: thousands of steps; a match that takes fewer than ten thousand costs nothing.
public struct MatchBudget: Equatable, Sendable {
  public private(set) var remaining: Int

  public init(_ remaining: Int) { self.remaining = remaining }

  /// For one file: matches of a few seconds, more for a large one.
  public init(fileSize: Int) { self.init(20_000 + fileSize / 100) }

  public var isSpent: Bool { remaining <= 0 }

  mutating func spend(_ steps: Int) { remaining -= steps }
}
