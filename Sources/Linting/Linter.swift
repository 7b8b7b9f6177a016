internal import Models
internal import Requests
package import Rules
internal import Syntax
internal import Verdicts

/// Lints files one by one.
///
/// Not Sendable: one worker owns one. The result for a file depends on the file and the options only; nothing is kept
/// between files but what has been unpacked and compiled.
package final class Linter {
  let workbench: Workbench
  let rules: RuleBook
  let options: LintOptions
  let binder: Binder
  let terms: SuppressionTerms
  let addressJudge: AddressJudge?
  /// Whether everything that must not be shown is looked up, even if nothing is found.
  let masksAlways: Bool
  private var rulesByOperation: [OperationID: OperationRules] = [:]
  /// Regions that have been found right.
  var knownRegions: Set<RegionOfService> = []

  /// - Parameters:
  ///   - addressJudge: knows the services' endpoint rules; without it no `no-endpoint` is found.
  ///   - masksAlways: whether everything that must not be shown is looked up, even if nothing is found.
  package init(
    _ workbench: Workbench, rules: [RuleFile], options: LintOptions, addressJudge: AddressJudge? = nil,
    masksAlways: Bool = false
  ) {
    self.workbench = workbench
    self.rules = workbench.ruleBook(rules, options.levels)
    self.options = options
    self.addressJudge = addressJudge
    self.masksAlways = masksAlways
    binder = Binder(
      operation: options.operation, region: options.region, account: options.account,
      carriers: options.carriers, limits: options.limits)
    terms = SuppressionTerms(options, self.rules)
  }

  var models: LoadedModels { workbench.models }

  /// Finds everything that is wrong with a file.
  ///
  /// - Parameter visit: is called exactly once for each of the result's requests, in their order, while the request's
  ///   document is at hand. Planning relies on that.
  package func lint(_ file: RequestFile, visit: (LintedRequest) -> Void = { _ in }) -> FileResult {
    FileLint(file, self).run(visit)
  }

  func operationRules(_ id: OperationID) -> OperationRules {
    if let known = rulesByOperation[id] { return known }
    let found = OperationRules(
      of: id, among: rules.rules(for: id), includingRemarks: options.minimumSeverity <= .info)
    rulesByOperation[id] = found
    return found
  }
}

/// A region in which a service is to be called.
struct RegionOfService: Hashable {
  let service: String
  let region: String
}

/// The rules of one operation, as a run needs them.
struct OperationRules {
  /// Those that count for the verdict.
  let judged: [Rule]
  /// Those that only inform; none where nobody wants to know.
  let remarks: [Rule]
  /// Whether a built-in rule names the operation itself.
  let areOwn: Bool
  /// Members that count milliseconds since 1970.
  let epochMilliseconds: Set<JSONPointer>

  init(of id: OperationID, among rules: [Rule], includingRemarks: Bool) {
    // Warnings count for the verdict, also where only errors are shown.
    judged = rules.filter { $0.description.severity >= .warning }
    remarks = includingRemarks ? rules.filter { $0.description.severity == .info } : []
    areOwn = rules.contains { $0.description.isBuiltIn && $0.description.names(id) }
    epochMilliseconds = Set(rules.compactMap(\.epochMillisecondsPlace))
  }
}

extension RuleDescription {
  /// Whether the rule names an operation itself, not by a pattern.
  fileprivate func names(_ id: OperationID) -> Bool {
    operations.contains { $0.operation == id.operation && $0.service == id.service }
  }
}
