public import Models
public import Requests
public import Syntax

/// One file to lint, already read.
///
/// A reference, since everything that looks at a file is handed it.
public final class RequestFile: Sendable {
  /// As reports name it.
  public let path: String
  /// Parts of the path, by which an operation may be bound; empty for standard input.
  public let parts: PathParts
  public let text: SourceText
  public let notation: Document.Notation
  /// Whether a directory walk found the file.
  ///
  /// Without requests it is then skipped.
  public let isDiscovered: Bool
  /// Whether the file was named among many others, as pre-commit does.
  ///
  /// If it cannot be parsed and does not look like a request file, it is then skipped too.
  public let isAmongMany: Bool
  /// The operation that the configuration binds the file to, in the model's spelling.
  public let binding: OperationID?
  /// What the configuration suppresses in the file.
  public let suppressions: [ConfiguredSuppression]
  /// The place of the text in the stream that it is part of; `nil` for a whole file.
  public let place: StreamPlace?
  /// What a baseline accepts in the file, with how many times.
  public let baseline: [FindingKey: Int]

  public init(
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

  /// The same file with another text, as a part of a stream, or with what a baseline accepts in it.
  public func with(
    text: SourceText? = nil, place: StreamPlace? = nil, baseline: [FindingKey: Int]? = nil
  ) -> RequestFile {
    RequestFile(
      path: path, parts: parts, text: text ?? self.text, notation: notation, isDiscovered: isDiscovered,
      isAmongMany: isAmongMany, binding: binding, suppressions: suppressions,
      place: place ?? self.place, baseline: baseline ?? self.baseline)
  }
}
