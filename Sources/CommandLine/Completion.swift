internal import ArgumentParser
internal import Linting
internal import Models
internal import Rules
internal import Verdicts

extension CompletionKind {
  /// `SERVICE.OPERATION`.
  static var operations: CompletionKind {
    .custom { words, index, prefix in completedOperations(word(prefix, words, index)) }
  }

  /// `SERVICE`.
  static var services: CompletionKind {
    .custom { words, index, prefix in
      knownServices(of: .builtIn).beginning(with: word(prefix, words, index)[...])
    }
  }

  /// `SERVICE.OPERATION.MEMBER…`, or the id of a rule or check.
  static var topics: CompletionKind {
    .custom { words, index, prefix in
      let word = word(prefix, words, index)
      if let members = completedMembers(word) { return members }
      let ids = BuiltInCheck.all.map(\.id) + OwnRules().files.map(\.id)
      return ids.filter { $0.hasPrefix(word) } + completedOperations(word)
    }
  }

  /// The text before the cursor: the prefix if the shell passes one, else the word.
  private static func word(_ prefix: String, _ words: [String], _ index: Int) -> String {
    prefix.isEmpty && words.indices.contains(index) ? words[index] : prefix
  }
}

/// The services of a catalog, and the names that the AWS CLI has for them.
private func knownServices(of catalog: Catalog) -> [String] {
  catalog.serviceNames + CommandLineNames.services.filter { LoadedModels(catalog).serviceName($0) != nil }
}

/// Services that begin so, or once one is whole its operations, in the spelling that was begun.
func completedOperations(_ word: String, _ catalog: Catalog = .builtIn) -> [String] {
  guard let dot = dot(behindServiceOf: word) else {
    let services = knownServices(of: catalog).beginning(with: word[...])
    // The only one is followed by its operations.
    guard services.count == 1, let service = services.first else { return services.map { "\($0)." } }
    return completedOperations("\(service).", catalog)
  }
  let models = LoadedModels(catalog)
  let begunService = word[..<dot].lowercased()
  let service = knownServices(of: catalog).first { $0 == begunService } ?? String(word[..<dot])
  let begun = word[word.index(after: dot)...]
  let names = models.service(models.serviceName(service) ?? service)?.operationNames ?? []
  let spelt: [String] =
    if begun.first?.isLowercase == true {
      names.map { OperationSpelling.split($0, by: begun.contains("_") ? "_" : "-") }
    } else {
      names
    }
  let found = spelt.beginning(with: begun)
  return (found.isEmpty ? names.beginning(with: begun) : found).map { "\(service).\($0)" }
}

/// The dot that ends the service's name, which may hold one itself.
private func dot(behindServiceOf word: String) -> String.Index? {
  let named = CommandLineNames.services.first { word.lowercased().hasPrefix($0 + ".") }
  return named.map { word.index(word.startIndex, offsetBy: $0.count) } ?? word.firstIndex(of: ".")
}

/// Members behind a whole operation; `nil` for a word that is not so far yet.
private func completedMembers(_ word: String) -> [String]? {
  let parts = word.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
  guard parts.count > 2 else { return nil }
  let models = LoadedModels(.builtIn)
  guard let id = models.canonicalName(OperationID(service: parts[0], operation: parts[1])),
    let operation = try? models.operation(id),
    let place = try? operation.place(parts[2..<(parts.count - 1)].joined(separator: "."))
  else { return [] }
  let start = parts.dropLast().joined(separator: ".")
  return operation.innerMembers(of: place.shape).map(\.name).beginning(with: parts[parts.count - 1][...])
    .map { "\(start).\($0)" }
}

extension Sequence<String> {
  /// Names that begin so; where none does, those that do but for the case of letters.
  fileprivate func beginning(with begun: Substring) -> [String] {
    let exact = filter { $0.hasPrefix(begun) }
    guard exact.isEmpty else { return exact }
    let folded = begun.lowercased()
    return filter { $0.lowercased().hasPrefix(folded) }
  }
}
