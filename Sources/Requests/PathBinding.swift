internal import Models

/// The parts of a file's path; taken apart only where nothing in the file says which operation it is for.
package struct PathParts: Sendable, ExpressibleByArrayLiteral {
  private let path: String

  /// The parts of a whole path, or the last ones of it.
  package init(of path: String) { self.path = path }

  package init(arrayLiteral parts: String...) { path = parts.joined(separator: "/") }

  /// Empty for standard input.
  package var all: [String] { path.split(separator: "/").map { String($0) } }

  /// What the file's name and its folders have where a service and an operation would stand, as far as there is such a
  /// service.
  func names(in catalog: Catalog) -> [OperationID] {
    let path = all
    guard let file = path.last else { return [] }
    let parts = file.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
    var names: [OperationID] = []
    if parts.count >= 4 {
      names.append(OperationID(service: parts[parts.count - 3], operation: parts[parts.count - 2]))
    }
    if path.count >= 3 {
      names.append(OperationID(service: path[path.count - 3], operation: path[path.count - 2]))
    }
    return names.filter { catalog.serviceName($0.service) != nil }
  }
}

extension LoadedModels {
  /// The operation that a file's path names: `NAME.SERVICE.OPERATION.yaml`, or `…/SERVICE/OPERATION/NAME.yaml`.
  ///
  /// - Parameter names: what the path may name.
  func operation(among names: [OperationID]) -> OperationID? {
    names.lazy.compactMap { self.canonicalName($0) }.first
  }

  /// The operations that a file's path nearly names, each with what the path has in its place, nearest first.
  ///
  /// - Shape: the service is exact, the operation misspelt; empty for a path that names an operation.
  func misspeltOperations(among names: [OperationID]) -> [(written: OperationID, near: OperationID)] {
    names.flatMap { name in operations(nearest: name).map { (name, $0) } }
  }

  /// Whether top-level keys may be those of an operation's input: all are known, or of several all but one.
  ///
  /// - Shape: no keys fit an operation without required members.
  func input(of id: OperationID, fits keys: [String]) -> Bool {
    guard let input = service(id.service)?.inputMemberNames(of: id.operation) else { return false }
    let unknown = keys.count { !input.names.contains($0) }
    return keys.isEmpty ? input.required.isEmpty : unknown < min(keys.count, 2)
  }
}
