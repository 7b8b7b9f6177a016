/// How much harm the request can do.
public struct Risk: Equatable, Sendable {
  public enum Level: String, CaseIterable, Comparable, Sendable {
    case low, medium, high

    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .low: 0
      case .medium: 1
      case .high: 2
      }
    }
  }

  public var level: Level
  public var reasons: [String]

  public init(level: Level = .low, reasons: [String] = []) {
    self.level = level
    self.reasons = reasons
  }
}
