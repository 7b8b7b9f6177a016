public import Models
public import Syntax

/// The operation that a file's path names: `NAME.SERVICE.OPERATION.yaml`, or `…/SERVICE/OPERATION/NAME.yaml`.
///
/// - Parameter path: parts of the path; empty for standard input.
func operation(
  boundBy path: [String], models: inout LoadedModels
) throws(ServiceModel.Fault) -> OperationID? {
  guard let file = path.last else { return nil }
  let parts = file.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
  var candidates: [OperationID] = []
  if parts.count >= 4 {
    candidates.append(OperationID(service: parts[parts.count - 3], operation: parts[parts.count - 2]))
  }
  if path.count >= 3 {
    candidates.append(OperationID(service: path[path.count - 3], operation: path[path.count - 2]))
  }
  for candidate in candidates where models.catalog.hasService(candidate.service) {
    if let id = try models.canonicalName(candidate) { return id }
  }
  return nil
}

extension Binder {
  /// Whether a text that cannot be parsed looks like a request file: its path or its words would bind it.
  public func looksLikeRequests(
    _ text: SourceText, path: [String], models: inout LoadedModels
  ) throws(ServiceModel.Fault) -> Bool {
    if hasFlag { return true }
    if try operation(boundBy: path, models: &models) != nil { return true }
    func holds(_ word: String) -> Bool { text.bytes.contains(sequence: Array(word.utf8)) }
    return holds("reqlint:") || (holds("operation") && (holds("service") || holds("parameters")))
  }
}
