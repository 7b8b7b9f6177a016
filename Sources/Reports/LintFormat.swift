package import Linting
package import Syntax

/// A rendering of findings.
package struct LintFormat: ReportFormat {
  package static let allCases: [LintFormat] = [
    .text, .json, .junit, .junitStrict, .sarif, .github, .gitlab, .rdjsonl,
  ]

  /// What a report has to hold for a format, because the format shows it.
  package struct Needs: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// What rules say of themselves.
    package static let rules = Needs(rawValue: 1)
    /// Keys that tell findings apart by their values.
    package static let keys = Needs(rawValue: 2)
    /// Requests without findings.
    package static let requests = Needs(rawValue: 4)
  }

  /// How to tell a report of this format from other JSON files.
  enum Mark: Sendable {
    case start(String)
    /// - Parameter bytes: how far from the start to look.
    case inside(String, bytes: Int)
  }

  /// What only some formats heed.
  struct Style {
    /// For `text`.
    var usesColor = false
    /// For `text` and `github`: without the line that counts.
    var isQuiet = false
  }

  package let name: String
  package let needs: Needs
  /// `nil` if the report is no JSON file that a directory walk would find.
  private let mark: Mark?
  private let write: @Sendable (LintReport, Style, TextSink) -> Void

  init(
    _ name: String, needs: Needs = [], mark: Mark? = nil,
    _ write: @escaping @Sendable (LintReport, Style, TextSink) -> Void
  ) {
    self.name = name
    self.needs = needs
    self.mark = mark
    self.write = write
  }

  /// - Parameters:
  ///   - usesColor: for `text` only.
  ///   - isQuiet: for `text` and `github`: without the line that counts.
  ///   - put: takes the text piece by piece.
  package func render(
    _ report: LintReport, usesColor: Bool = false, isQuiet: Bool = false, to put: TextSink
  ) {
    write(report, Style(usesColor: usesColor, isQuiet: isQuiet), put)
  }

  /// Whether a text is a report of this format.
  package func hasWritten(_ text: [UInt8]) -> Bool {
    switch mark {
    case nil: false
    case .start(let mark): text.starts(with: mark.utf8)
    case .inside(let mark, let bytes): Array(text.prefix(bytes)).contains(sequence: Array(mark.utf8))
    }
  }

  /// The whole text.
  package func render(_ report: LintReport, usesColor: Bool = false, isQuiet: Bool = false) -> [UInt8] {
    whole { render(report, usesColor: usesColor, isQuiet: isQuiet, to: $0) }
  }
}
