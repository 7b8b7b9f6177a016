package import Planning
package import Syntax

/// A rendering of a plan.
package struct PlanFormat: ReportFormat {
  package static let allCases: [PlanFormat] = [.text, .markdown, .html, .json, .sh]

  package let name: String
  private let write: @Sendable (Plan, _ usesColor: Bool, TextSink) -> Void

  init(_ name: String, _ write: @escaping @Sendable (Plan, _ usesColor: Bool, TextSink) -> Void) {
    self.name = name
    self.write = write
  }

  /// - Parameters:
  ///   - usesColor: for `text` only.
  ///   - put: takes the text piece by piece.
  package func render(_ plan: Plan, usesColor: Bool = false, to put: TextSink) { write(plan, usesColor, put) }

  /// The whole text.
  package func render(_ plan: Plan, usesColor: Bool = false) -> [UInt8] {
    whole { render(plan, usesColor: usesColor, to: $0) }
  }
}

extension PlanFormat {
  package static let json = PlanFormat("json") { plan, _, put in plan.writeJSON(to: put) }
}
