internal import Models
internal import Requests
package import Rules
internal import Syntax
internal import Verdicts

/// Lints files one by one.
///
/// Not Sendable: one worker owns one. The result for a file depends only on the file and the options; only unpacked and
/// compiled data is kept between files.
package final class Linter {
  let workbench: Workbench
  let rules: RuleBook
  let options: LintOptions
  let binder: Binder
  let terms: SuppressionTerms
  let addressJudge: AddressJudge?
  /// Whether to find all secrets even if there are no findings.
  let masksAlways: Bool
  private var rulesByOperation: [OperationID: OperationRules] = [:]
  /// Regions that are known to be valid.
  var knownRegions: Set<RegionOfService> = []

  /// - Parameters:
  ///   - addressJudge: applies the services' endpoint rules; without it, `no-endpoint` is never reported.
  ///   - masksAlways: whether to find all secrets even if there are no findings.
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
  /// - Parameter visit: is called exactly once for each of the result's requests, in order, while the request's
  ///   document is available. Planning relies on that.
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

/// A region in which a service is called.
struct RegionOfService: Hashable {
  let service: String
  let region: String
}

/// The rules of one operation, prepared for a run.
struct OperationRules {
  /// Rules that count for the verdict.
  let judged: [Rule]
  /// Rules that only inform; empty if they are not requested.
  let remarks: [Rule]
  /// Whether a built-in rule names the operation explicitly.
  let areOwn: Bool
  /// Members that count milliseconds since 1970.
  let epochMilliseconds: Set<JSONPointer>

  init(of id: OperationID, among rules: [Rule], includingRemarks: Bool) {
    // Warnings count for the verdict, even if only errors are shown.
    judged = rules.filter { $0.description.severity >= .warning }
    remarks = includingRemarks ? rules.filter { $0.description.severity == .info } : []
    areOwn = rules.contains { $0.description.isBuiltIn && $0.description.names(id) }
    epochMilliseconds = Set(rules.compactMap(\.epochMillisecondsPlace))
  }
}

extension RuleDescription {
  /// Whether the rule names an operation explicitly, not by a pattern.
  fileprivate func names(_ id: OperationID) -> Bool {
    operations.contains { $0.operation == id.operation && $0.service == id.service }
  }
}
