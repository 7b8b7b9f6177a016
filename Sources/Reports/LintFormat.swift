public import Linting
public import Syntax

/// A rendering of findings.
public enum LintFormat: String, CaseIterable, Sendable {
  case text, json, junit
  case junitStrict = "junit-strict"
  case sarif, github, gitlab, rdjsonl

  /// Whether it describes the rules, so that a report has to contain the descriptions.
  public var needsRules: Bool { self == .sarif }

  /// Whether it distinguishes findings by their values, so that they need keys.
  public var needsKeys: Bool { self == .sarif }

  /// Whether it lists requests without findings, so that a report has to contain them.
  public var listsRequests: Bool { self == .json || self == .junit || self == .junitStrict }

  /// - Parameters:
  ///   - usesColor: for `text` only.
  ///   - isQuiet: for `text` and `github`: without the line that counts.
  ///   - put: takes the text piece by piece.
  public func render(
    _ report: LintReport, usesColor: Bool = false, isQuiet: Bool = false, to put: TextSink
  ) {
    switch self {
    case .text: put(renderText(report, usesColor: usesColor, isQuiet: isQuiet))
    case .json: put(renderJSON(report))
    case .junit: renderJUnit(report, isStrict: false, to: put)
    case .junitStrict: renderJUnit(report, isStrict: true, to: put)
    case .sarif: put(renderSARIF(report))
    case .github: put(renderGitHub(report, isQuiet: isQuiet))
    case .gitlab: put(renderGitLab(report))
    case .rdjsonl: put(renderRDJSONL(report))
    }
  }

  /// The whole text.
  public func render(_ report: LintReport, usesColor: Bool = false, isQuiet: Bool = false) -> [UInt8] {
    whole { render(report, usesColor: usesColor, isQuiet: isQuiet, to: $0) }
  }
}
