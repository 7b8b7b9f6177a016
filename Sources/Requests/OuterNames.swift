internal import Models
internal import Syntax

/// What the flag, the directive, the configuration and the path say about the operation of a document.
///
/// - Shape: the first of them that names an operation decides. Results are cached, so lookups are mutating. The keys of
///   envelopes are also found here, once for all carriers.
package struct OuterNames {
  let document: Document
  let models: LoadedModels
  /// Set by `--operation`.
  let flag: OperationID?
  /// The operation to which the configuration binds the file.
  private let configured: OperationID?
  private let path: PathParts
  /// Keys of the document's value that envelopes and batches use, found in one walk for both.
  let envelopeEntries: EnvelopeEntries
  var directive: Directive?
  /// Whether the flag or the directive claims the document, even with an unknown name.
  package internal(set) var isClaimed: Bool
  /// The operation named by the flag or the directive.
  var claimedOperation: OperationID?
  /// The operations that the path may name, once requested.
  private(set) var pathNames: [OperationID] = []
  /// The operation from the configuration or the path, once requested.
  private var found: OperationID??

  init(
    _ document: Document, flag: OperationID?, configured: OperationID?, path: PathParts, models: LoadedModels
  ) {
    self.document = document
    self.models = models
    self.flag = flag
    self.configured = configured
    self.path = path
    envelopeEntries = EnvelopeEntries(document.resolve(document.root), in: document)
    isClaimed = flag != nil
    claimedOperation = flag
  }

  /// The operation named outside the document's value; `nil` also if it is unknown.
  mutating func operation() -> OperationID? {
    if isClaimed { return claimedOperation }
    if let found { return found }
    if configured == nil { pathNames = path.names(in: models.catalog) }
    let found = configured ?? models.operation(among: pathNames)
    self.found = .some(found)
    return found
  }

  /// Whether something outside the document's value names its operation.
  package var isBound: Bool {
    mutating get { isClaimed || operation() != nil }
  }

  /// Whether the operation named outside has a member with that name.
  package mutating func operationTakes(_ member: String) -> Bool {
    guard let id = operation() else { return false }
    return models.service(id.service)?.inputMemberNames(of: id.operation).names.contains(member) ?? false
  }
}
