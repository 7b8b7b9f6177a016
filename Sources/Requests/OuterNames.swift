internal import Models
internal import Syntax

/// What the flag, the directive, the configuration and the path say of the operation of a document.
///
/// - Shape: the first of them that answers names the operation. Answers are kept, which is why they are mutating. The
///   keys of envelopes are found here too, once for all carriers.
package struct OuterNames {
  let document: Document
  let models: LoadedModels
  /// Set by `--operation`.
  let flag: OperationID?
  /// What the configuration binds the file to.
  private let configured: OperationID?
  private let path: PathParts
  /// Keys of the document's value that envelopes and batches have, found in one walk for both.
  let frame: EnvelopeEntries
  var directive: Directive?
  /// Whether flag or directive claim the document, even with an unknown name.
  package internal(set) var isClaimed: Bool
  /// What the flag names, or the directive.
  var claimedOperation: OperationID?
  /// The operations that the path may name, once they have been asked for.
  private(set) var pathNames: [OperationID] = []
  /// What configuration or path name, once it has been asked for.
  private var found: OperationID??

  init(
    _ document: Document, flag: OperationID?, configured: OperationID?, path: PathParts, models: LoadedModels
  ) {
    self.document = document
    self.models = models
    self.flag = flag
    self.configured = configured
    self.path = path
    frame = EnvelopeEntries(document.resolve(document.root), in: document)
    isClaimed = flag != nil
    claimedOperation = flag
  }

  /// The operation that is named outside the document's value; `nil` for an unknown one too.
  mutating func operation() -> OperationID? {
    if isClaimed { return claimedOperation }
    if let found { return found }
    if configured == nil { pathNames = path.names(in: models.catalog) }
    let found = configured ?? models.operation(among: pathNames)
    self.found = .some(found)
    return found
  }

  /// Whether something outside the document's value says which operation it is for.
  package var isBound: Bool {
    mutating get { isClaimed || operation() != nil }
  }

  /// Whether the operation that is named outside has a member of that name.
  package mutating func operationTakes(_ member: String) -> Bool {
    guard let id = operation() else { return false }
    return models.service(id.service)?.inputMemberNames(of: id.operation).names.contains(member) ?? false
  }
}
