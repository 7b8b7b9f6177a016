package import Models
package import Rules
internal import Syntax

/// Everything that one worker unpacks and compiles, and keeps from file to file.
///
/// Not Sendable, so the compiler proves that no other worker uses it. Linters, fixers and planners of one worker share
/// it: each service is parsed and each rule compiled once per worker.
package final class Workbench {
  package let models: LoadedModels
  let patterns = PatternTable()
  let names: OperationNames
  /// The budget of the request being checked; one object for all of them.
  let budget = RuleBudget(Limits())
  private var books: [RuleBook] = []

  package init(_ catalog: Catalog) {
    models = LoadedModels(catalog)
    names = OperationNames(models)
  }

  package var catalog: Catalog { models.catalog }

  /// This worker's only rule book with these rules and severities.
  package func ruleBook(_ files: [RuleFile], _ levels: RuleLevels) -> RuleBook {
    if let known = books.first(where: { $0.holds(files, levels) }) { return known }
    let book = RuleBook(files: files, levels: levels)
    books.append(book)
    return book
  }
}
