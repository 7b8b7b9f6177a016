public import CatalogDifference
public import Linting

/// What a comparison of catalogs came to, and what it means for a user's requests.
public struct CatalogDifferenceReport: Sendable {
  public let difference: CatalogDifference
  /// `nil` where no requests were given.
  public let requests: LintDifference?

  public init(difference: CatalogDifference, requests: LintDifference? = nil) {
    self.difference = difference
    self.requests = requests
  }
}

/// A rendering of what changed between two catalogs.
public enum CatalogDifferenceFormat: String, CaseIterable, Sendable {
  case text, json

  /// - Parameter usesColor: for `text` only.
  public func render(_ report: CatalogDifferenceReport, usesColor: Bool = false) -> [UInt8] {
    switch self {
    case .text: renderText(report, usesColor: usesColor)
    case .json: renderJSON(report)
    }
  }
}
