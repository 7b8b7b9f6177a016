package import CatalogDifference
package import Linting

/// What a comparison of catalogs came to, and what it means for a user's requests.
package struct CatalogDifferenceReport: Sendable {
  package let difference: CatalogDifference
  /// `nil` where no requests were given.
  package let requests: LintDifference?

  package init(difference: CatalogDifference, requests: LintDifference? = nil) {
    self.difference = difference
    self.requests = requests
  }
}

/// A rendering of what changed between two catalogs.
package struct CatalogDifferenceFormat: ReportFormat {
  package static let allCases: [CatalogDifferenceFormat] = [.text, .json]

  package let name: String
  private let write: @Sendable (CatalogDifferenceReport, _ usesColor: Bool) -> [UInt8]

  init(
    _ name: String, _ write: @escaping @Sendable (CatalogDifferenceReport, _ usesColor: Bool) -> [UInt8]
  ) {
    self.name = name
    self.write = write
  }

  /// - Parameter usesColor: for `text` only.
  package func render(_ report: CatalogDifferenceReport, usesColor: Bool = false) -> [UInt8] {
    write(report, usesColor)
  }
}
