public import Planning

/// A rendering of a plan.
public enum PlanFormat: String, CaseIterable, Sendable {
  case text, markdown, html, json, sh

  /// - Parameter usesColor: for `text` only.
  public func render(_ plan: Plan, usesColor: Bool = false) -> [UInt8] {
    switch self {
    case .text: renderText(plan, usesColor: usesColor)
    case .markdown: renderMarkdown(plan)
    case .html: renderHTML(plan)
    case .json: renderJSON(plan)
    case .sh: renderShell(plan)
    }
  }
}

/// A rendering of what changed between two plans.
public enum DifferenceFormat: String, CaseIterable, Sendable {
  case text, markdown, json

  /// - Parameter usesColor: for `text` only.
  public func render(_ difference: PlanDifference, usesColor: Bool = false) -> [UInt8] {
    switch self {
    case .text: renderText(difference, usesColor: usesColor)
    case .markdown: renderMarkdown(difference)
    case .json: renderJSON(difference)
    }
  }
}
