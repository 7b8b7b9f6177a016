package import Planning

/// A rendering of what changed between two plans.
package struct DifferenceFormat: ReportFormat {
  package static let allCases: [DifferenceFormat] = [.text, .markdown, .json]

  package let name: String
  private let write: @Sendable (PlanDifference, _ usesColor: Bool) -> [UInt8]

  init(_ name: String, _ write: @escaping @Sendable (PlanDifference, _ usesColor: Bool) -> [UInt8]) {
    self.name = name
    self.write = write
  }

  /// - Parameter usesColor: for `text` only.
  package func render(_ difference: PlanDifference, usesColor: Bool = false) -> [UInt8] {
    write(difference, usesColor)
  }
}
