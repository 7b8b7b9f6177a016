package import Models
package import Requests
package import Syntax

/// One file to lint, already read.
///
/// A class, since everything that looks at a file refers to it.
package final class RequestFile: Sendable {
  /// The path that reports show.
  package let path: String
  /// Parts of the path, which may name an operation; empty for standard input.
  package let parts: PathParts
  package let text: SourceText
  package let notation: Document.Notation
  /// Whether a directory walk found the file.
  ///
  /// Without requests it is then skipped.
  package let isDiscovered: Bool
  /// Whether the file was named among many others, as pre-commit does.
  ///
  /// If it cannot be parsed and does not look like a request file, it is then skipped too.
  package let isAmongMany: Bool
  /// The operation to which the configuration binds the file, in the model's spelling.
  package let binding: OperationID?
  /// What the configuration suppresses in the file.
  package let suppressions: [ConfiguredSuppression]
  /// The position of the text in its stream; `nil` for a whole file.
  package let place: StreamPlace?
  /// The findings that a baseline accepts in the file, with their counts.
  package let baseline: [FindingKey: Int]

  package init(
    path: String, parts: PathParts, text: SourceText, notation: Document.Notation, isDiscovered: Bool,
    isAmongMany: Bool = false, binding: OperationID? = nil, suppressions: [ConfiguredSuppression] = [],
    place: StreamPlace? = nil, baseline: [FindingKey: Int] = [:]
  ) {
    self.path = path
    self.parts = parts
    self.text = text
    self.notation = notation
    self.isDiscovered = isDiscovered
    self.isAmongMany = isAmongMany
    self.binding = binding
    self.suppressions = suppressions
    self.place = place
    self.baseline = baseline
  }

  /// The same file with another text, as a part of a stream, or with a baseline.
  package func with(
    text: SourceText? = nil, place: StreamPlace? = nil, baseline: [FindingKey: Int]? = nil
  ) -> RequestFile {
    RequestFile(
      path: path, parts: parts, text: text ?? self.text, notation: notation, isDiscovered: isDiscovered,
      isAmongMany: isAmongMany, binding: binding, suppressions: suppressions,
      place: place ?? self.place, baseline: baseline ?? self.baseline)
  }
}
