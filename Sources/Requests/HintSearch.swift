package import Models

/// A search for the meaning of a name or a set of keys.
///
/// It runs only when its finding is reported, since it takes milliseconds.
package enum HintSearch: Hashable, Sendable {
  case service(String)
  case operation(OperationID)
  /// The keys of an unbound request.
  case keys([String], isYAML: Bool)
}

/// Limits the searches for hints in one file, since each may search the whole catalog.
package struct HintSearches: Sendable {
  private static let mostByKeys = 16
  private static let mostByOperation = 256

  private var made: Set<HintSearch> = []
  private var byKeys = 0
  private var byOperation = 0

  package init() {}

  /// The search itself, or one that takes no time if there were too many.
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
  /// The hint that a search finds.
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
