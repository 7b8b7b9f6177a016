package import Models

/// What a name or a set of keys may mean; looked for only where the finding is reported, since it takes milliseconds.
package enum HintSearch: Hashable, Sendable {
  case service(String)
  case operation(OperationID)
  /// The keys of a request that is not bound.
  case keys([String], isYAML: Bool)
}

/// The searches for hints in one file; each may look at the whole catalog, so no file gets more than some.
package struct HintSearches: Sendable {
  private static let mostByKeys = 16
  private static let mostByOperation = 256

  private var made: Set<HintSearch> = []
  private var byKeys = 0
  private var byOperation = 0

  package init() {}

  /// The search itself, or one that takes no time where there have been too many.
  package mutating func admit(_ search: HintSearch) -> HintSearch? {
    guard made.insert(search).inserted else { return search }
    switch search {
    case .service: return search
    case .operation:
      byOperation += 1
      if byOperation <= Self.mostByOperation { return search }
      made.remove(search)
      return nil
    case .keys(_, let isYAML):
      byKeys += 1
      if byKeys <= Self.mostByKeys { return search }
      made.remove(search)
      return .keys([], isYAML: isYAML)
    }
  }
}

extension LoadedModels {
  /// The hint that a search leads to.
  package func hint(for search: HintSearch) -> String? {
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
