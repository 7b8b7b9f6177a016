public import Planning
public import Syntax

/// A rendering of a plan.
public enum PlanFormat: String, CaseIterable, Sendable {
  case text, markdown, html, json, sh

  /// - Parameters:
  ///   - usesColor: for `text` only.
  ///   - put: takes the text piece by piece.
  public func render(_ plan: Plan, usesColor: Bool = false, to put: TextSink) {
    switch self {
    case .text: renderText(plan, usesColor: usesColor, to: put)
    case .markdown: put(renderMarkdown(plan))
    case .html: renderHTML(plan, to: put)
    case .json: plan.writeJSON(to: put)
    case .sh: put(renderShell(plan))
    }
  }

  /// The whole text.
  public func render(_ plan: Plan, usesColor: Bool = false) -> [UInt8] {
    whole { render(plan, usesColor: usesColor, to: $0) }
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
