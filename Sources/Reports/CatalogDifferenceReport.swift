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
public struct CatalogDifferenceFormat: ReportFormat {
  public static let allCases: [CatalogDifferenceFormat] = [.text, .json]

  public let name: String
  private let write: @Sendable (CatalogDifferenceReport, _ usesColor: Bool) -> [UInt8]

  init(
    _ name: String, _ write: @escaping @Sendable (CatalogDifferenceReport, _ usesColor: Bool) -> [UInt8]
  ) {
    self.name = name
    self.write = write
  }

  /// - Parameter usesColor: for `text` only.
  public func render(_ report: CatalogDifferenceReport, usesColor: Bool = false) -> [UInt8] {
    write(report, usesColor)
  }
}
