public import Models
internal import Syntax

/// All rules of a run; a rule is compiled when the first request needs it.
///
/// One worker owns one.
public struct RuleBook {
  /// In the order in which rules are judged.
  public let files: [RuleFile]
  private var rules: [Int: Rule] = [:]
  private var byOperation: [OperationID: [Rule]] = [:]

  /// The packs that are compiled in.
  public static var builtInFiles: [RuleFile] { builtInRuleFiles }

  /// - Parameter files: checked already; a faulty one here is a fault of this program.
  public init(files: [RuleFile]) { self.files = files }

  /// The rules for an operation, compiled.
  public mutating func rules(for operation: OperationID) -> [Rule] {
    if let known = byOperation[operation] { return known }
    var found: [Rule] = []
    for (index, file) in files.enumerated() where file.mayBeFor(operation) {
      let rule = rules[index] ?? load(file)
      rules[index] = rule
      if rule.description.operations.contains(where: { $0.matches(operation) }) { found.append(rule) }
    }
    byOperation[operation] = found
    return found
  }

  private func load(_ file: RuleFile) -> Rule {
    var unchecked: LoadedModels?
    let loaded = RuleLoader.load(file, depth: .judging, checkedAgainst: &unchecked)
    guard let rule = loaded.rule else {
      preconditionFailure("rule \(file.origin): \(loaded.faults.map(\.message))")
    }
    return rule
  }
}

extension RuleFile {
  /// Whether a rule could be for an operation; of a built-in one told without parsing it, by the names in its text.
  func mayBeFor(_ operation: OperationID) -> Bool {
    guard isBuiltIn else { return true }
    let bytes = bytes
    return bytes.contains(sequence: Array(operation.description.utf8))
      || bytes.contains(sequence: Array("\(operation.service).*".utf8))
  }
}

extension RuleBook {
  /// What rules say of themselves, in the order of the files; faulty files are left out.
  public static func descriptions(of files: [RuleFile]) -> [RuleDescription] {
    var unchecked: LoadedModels?
    return files.compactMap { RuleLoader.load($0, checkedAgainst: &unchecked).rule?.description }
  }
}

extension Rule {
  /// Number of good and bad examples.
  public var exampleCount: Int { examples.count }
}
