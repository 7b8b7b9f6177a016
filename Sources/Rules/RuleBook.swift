package import Models
internal import Syntax
package import Verdicts

/// All rules of a run; each is compiled when the first request needs it.
///
/// Not Sendable: one worker owns one.
package final class RuleBook {
  /// In the order in which rules are judged.
  package let files: [RuleFile]
  private let levels: RuleLevels
  private var rules: [Int: Rule] = [:]
  private var byOperation: [OperationID: [Rule]] = [:]
  private var snapshotRules: [OperationID: [Rule]] = [:]
  private var allBatchRules: [Rule]?
  private var batchRulesByOperation: [OperationID: [PlacedRule]] = [:]
  private var facts: [OperationID: OperationFacts?] = [:]

  /// Whether the book has these rules with these severities.
  package func holds(_ files: [RuleFile], _ levels: RuleLevels) -> Bool {
    self.levels == levels && self.files.elementsEqual(files) { $0.isSame(as: $1) }
  }

  /// The compiled-in packs.
  package static var builtInFiles: [RuleFile] { builtInRuleFiles }

  /// - Parameter files: already checked; a fault in one here is a bug in this program.
  package init(files: [RuleFile], levels: RuleLevels = RuleLevels()) {
    self.files = files
    self.levels = levels
  }

  /// Ids of all rules, including those that are off.
  package var ids: [String] { files.filter { $0.kind != .operation }.map(\.id) }

  /// The severity of a rule about one request; `nil` if it is of another kind, off or unknown.
  package func judgedSeverity(of id: String) -> Severity? {
    guard let file = files.first(where: { $0.id == id && $0.kind == .request }), !levels.isOff(id) else {
      return nil
    }
    return load(file).description.severity
  }

  /// The compiled rules about one request of an operation.
  package func rules(for operation: OperationID) -> [Rule] {
    if let known = byOperation[operation] { return known }
    let found = load(.request, for: operation)
    byOperation[operation] = found
    return found
  }

  /// The compiled rules about a request of an operation together with a snapshot.
  package func snapshotRules(for operation: OperationID) -> [Rule] {
    if let known = snapshotRules[operation] { return known }
    let found = load(.snapshot, for: operation)
    snapshotRules[operation] = found
    return found
  }

  /// All compiled rules about the requests of a batch, in file order.
  package func batchRules() -> [Rule] {
    if let allBatchRules { return allBatchRules }
    let found = files.filter { $0.kind == .batch && !levels.isOff($0.id) }.map { load($0) }
    allBatchRules = found
    return found
  }

  /// The compiled rules about the requests of a batch that cover an operation.
  package func batchRules(for operation: OperationID) -> [PlacedRule] {
    if let known = batchRulesByOperation[operation] { return known }
    let found = PlacedRule.those(of: batchRules(), for: operation)
    batchRulesByOperation[operation] = found
    return found
  }

  /// The packs' facts about an operation, from the last pack that has any; `nil` if none does.
  package func facts(of operation: OperationID) -> OperationFacts? {
    if let known = facts[operation] { return known }
    var found: OperationFacts?
    let names = OperationNames(operation)
    for file in files where file.kind == .operation && file.mayBeFor(names) {
      let loaded = RuleLoader.loadFacts(file)
      guard let facts = loaded.facts else {
        preconditionFailure("facts \(file.origin): \(loaded.faults.map(\.message))")
      }
      if facts.operation == operation { found = facts }
    }
    facts[operation] = .some(found)
    return found
  }

  private func load(_ kind: RuleFile.Kind, for operation: OperationID) -> [Rule] {
    var found: [Rule] = []
    let names = OperationNames(operation)
    for (index, file) in files.enumerated()
    where file.kind == kind && file.mayBeFor(names) && !levels.isOff(file.id) {
      let rule = rules[index] ?? load(file)
      rules[index] = rule
      if rule.isFor(operation) { found.append(rule) }
    }
    return found
  }

  private func load(_ file: RuleFile) -> Rule {
    let loaded = RuleLoader.load(file, depth: .judging)
    guard let rule = loaded.rule else {
      preconditionFailure("rule \(file.origin): \(loaded.faults.map(\.message))")
    }
    return levels.severity(of: rule.id, rule.description.severity).map { rule.with($0) } ?? rule
  }
}

/// A rule with its index among all of its kind.
package struct PlacedRule {
  /// The index in `RuleBook.batchRules()`.
  package let place: Int
  package let rule: Rule

  /// The rules of a list that cover an operation.
  static func those(of rules: [Rule], for operation: OperationID) -> [PlacedRule] {
    rules.indices.filter { rules[$0].isFor(operation) }.map { PlacedRule(place: $0, rule: rules[$0]) }
  }
}

/// The ways in which a rule may write an operation that it covers.
private struct OperationNames {
  let texts: [[UInt8]]

  init(_ operation: OperationID) {
    texts = [operation.description, "\(operation.service).*", "\"*\""].map { Array($0.utf8) }
  }
}

extension RuleFile {
  /// Whether a rule may apply to an operation.
  ///
  /// Built-in rules are screened by text, without parsing.
  fileprivate func mayBeFor(_ operation: OperationNames) -> Bool {
    guard isBuiltIn else { return true }
    let bytes = bytes
    return operation.texts.contains { bytes.contains(sequence: $0) }
  }
}

extension RuleBook {
  /// The rules' own descriptions, in file order; faulty files are left out.
  package static func descriptions(of files: [RuleFile]) -> [RuleDescription] {
    files.filter { $0.kind != .operation }.compactMap {
      RuleLoader.load($0).rule?.description
    }
  }
}

extension Rule {
  /// Number of good and bad examples.
  package var exampleCount: Int { examples.count }
}
