/// A rendering that users choose by its name.
///
/// Each format is declared in the file of its report, and named in `allCases` of its kind.
package protocol ReportFormat: RawRepresentable, CaseIterable, Equatable, Sendable
where RawValue == String, AllCases == [Self] {
  /// As flags spell it.
  var name: String { get }
}

extension ReportFormat {
  package var rawValue: String { name }

  package init?(rawValue: String) {
    guard let format = Self.allCases.first(where: { $0.name == rawValue }) else { return nil }
    self = format
  }

  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
}
