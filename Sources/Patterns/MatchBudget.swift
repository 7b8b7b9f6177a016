/// How much work matches may take together, counted in steps of the engine, so that no outcome depends on the machine.
///
/// - Units: thousands of steps; a match that takes fewer than ten thousand costs nothing.
public struct MatchBudget: Equatable, Sendable {
  public private(set) var remaining: Int

  public init(_ remaining: Int) { self.remaining = remaining }

  /// For one file: twenty million steps are matches of half a second.
  ///
  /// - Parameter steps: for a small file; one of two megabytes may take twice as many.
  public init(steps: Int, fileSize: Int) {
    let thousands = max(1, steps / 1000)
    self.init(thousands + (thousands * (fileSize >> 10)) / 2000)
  }

  public var isSpent: Bool { remaining <= 0 }

  mutating func spend(_ steps: Int) { remaining -= steps }
}
