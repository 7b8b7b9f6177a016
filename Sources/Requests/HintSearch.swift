public import Models

/// What a name or a set of keys may mean; looked for only where the finding is reported, since it takes milliseconds.
public enum HintSearch: Sendable {
  case service(String)
  case operation(OperationID)
  /// The keys of a request that is not bound.
  case keys([String], isYAML: Bool)
}

extension LoadedModels {
  /// The hint that a search leads to.
  public mutating func hint(for search: HintSearch) -> String? {
    switch search {
    case .service(let name): return nearService(name).map { "did you mean \($0)?" }
    case .operation(let written):
      return nearOperation(written).map { near in
        near.hasThatName
          ? "\(near.id) has that name; change the service" : "did you mean \(near.id.operation)?"
      }
    case .keys(let keys, let isYAML):
      let likely = keys.isEmpty ? [] : likelyOperations(forKeys: keys)
      let example = likely.first?.description ?? "SERVICE.OPERATION"
      let remedy =
        isYAML
        ? "write `# reqlint: \(example)` above it" : "name it with --operation, an envelope or the path"
      let isNamed = likely.isEmpty || (likely.count == 1 && isYAML)
      return remedy + (isNamed ? "" : "; its keys fit \(likely.map(\.description).joined(separator: ", "))")
    }
  }
}
