public import Linting

/// A rendering of findings.
public enum LintFormat: String, CaseIterable, Sendable {
  case text, json, junit
  case junitStrict = "junit-strict"

  /// - Parameter usesColor: for `text` only.
  public func render(_ report: LintReport, usesColor: Bool = false) -> [UInt8] {
    switch self {
    case .text: renderText(report, usesColor: usesColor)
    case .json: renderJSON(report)
    case .junit: renderJUnit(report, isStrict: false)
    case .junitStrict: renderJUnit(report, isStrict: true)
    }
  }
}
