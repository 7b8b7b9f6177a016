internal import Models

/// The parts of a file's path; split only if nothing in the file names its operation.
package struct PathParts: Sendable, ExpressibleByArrayLiteral {
  private let path: String

  /// The parts of a whole path, or its last parts.
  package init(of path: String) { self.path = path }

  package init(arrayLiteral parts: String...) { path = parts.joined(separator: "/") }

  /// Empty for standard input.
  package var all: [String] { path.split(separator: "/").map { String($0) } }

  /// The file name's and folders' parts in the places of a service and an operation, if such a service exists.
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
  /// - Parameter names: the operations that the path may name.
  func operation(among names: [OperationID]) -> OperationID? {
    names.lazy.compactMap { self.canonicalName($0) }.first
  }

  /// The operations that a file's path nearly names, each with the path's own spelling, nearest first.
  ///
  /// - Shape: the service is exact, the operation misspelt; empty if the path names an operation.
  func misspeltOperations(among names: [OperationID]) -> [(written: OperationID, near: OperationID)] {
    names.flatMap { name in operations(nearest: name).map { (name, $0) } }
  }

  /// Whether top-level keys may be those of an operation's input: all are known, or all but one if there are several.
  ///
  /// - Shape: an empty set of keys fits only an operation without required members.
  func input(of id: OperationID, fits keys: [String]) -> Bool {
    guard let input = service(id.service)?.inputMemberNames(of: id.operation) else { return false }
    let unknown = keys.count { !input.names.contains($0) }
    return keys.isEmpty ? input.required.isEmpty : unknown < min(keys.count, 2)
  }
}
