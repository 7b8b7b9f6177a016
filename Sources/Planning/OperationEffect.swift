package import Models
internal import Syntax

/// What an operation does to resources, judged by its name and HTTP method.
package enum OperationEffect: Equatable, Sendable {
  case reads
  case changes
  /// Deletes, ends or interrupts something.
  case ends
}

/// Words and operations that reveal an operation's effect.
///
/// - Source: the services' API references; names that mislead are listed one by one in `effects.json`.
package struct EffectTable: Sendable {
  private let readingWords: Set<String>
  private let endingWords: Set<String>
  /// Words to skip in front of the one that decides.
  private let wordsBefore: Set<String>
  /// Operations whose names are vague or misleading.
  private let known: [String: OperationEffect]

  package init() {
    guard case .document(let document) = readJSON(SourceText(PackageResources.effects_json), limits: Limits())
    else { preconditionFailure("effects.json is no JSON") }
    func texts(_ key: String) -> [String] {
      document.value(of: key, in: document.root).map { list in
        document.items(of: list).map { document.string(of: $0) }
      } ?? []
    }
    readingWords = Set(texts("readingWords"))
    endingWords = Set(texts("endingWords"))
    wordsBefore = Set(texts("wordsBefore"))
    var known: [String: OperationEffect] = [:]
    for (key, effect) in [("reading", OperationEffect.reads), ("changing", .changes), ("ending", .ends)] {
      for id in texts(key) { known[id] = effect }
    }
    self.known = known
  }

  /// Operations that are named one by one.
  var namedOperations: [String] { known.keys.sorted() }

  /// - Shape: an operation by itself, else by its first word, else by HTTP's own method.
  package func effect(of operation: OperationID, method: String) -> OperationEffect {
    if let effect = known[operation.description] { return effect }
    var words = OperationSpelling.split(operation.operation, by: "-").split(separator: "-")[...]
    if words.count > 1, let first = words.first, wordsBefore.contains(Self.capitalized(first)) {
      words.removeFirst()
    }
    let word = words.first.map { Self.capitalized($0) } ?? ""
    if readingWords.contains(word) { return .reads }
    if endingWords.contains(word) { return .ends }
    // Taking a tag off is a DELETE to many services, and no harm.
    return method == "DELETE" && word != "Untag" ? .ends : .changes
  }

  private static func capitalized(_ word: Substring) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }
}
