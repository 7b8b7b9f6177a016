/// How much harm the request can do.
package struct Risk: Equatable, Sendable {
  package enum Level: String, CaseIterable, Comparable, Sendable {
    case low, medium, high

    package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .low: 0
      case .medium: 1
      case .high: 2
      }
    }
  }

  package var level: Level
  package var reasons: [String]

  package init(level: Level = .low, reasons: [String] = []) {
    self.level = level
    self.reasons = reasons
  }
}
