internal import Models
internal import Requests
package import Rules
internal import Syntax
package import Verdicts

extension BuiltInCheck {
  package static let evaluationLimit = BuiltInCheck(
    "evaluation-limit", "Request that was not evaluated in full",
    traits: [.beyondSuppression, .beyondBaseline],
    why:
      "A pattern or rule needed more work than a request may take, so nothing is known of its verdict. It cannot be switched off, lowered or suppressed; raise the limit that the hint names, or simplify the value."
  )
}

/// Judges a request by the rules for its operation.
extension RequestLint {
  /// - Shape: rules that only inform come last and have their own budget, so that the verdict does not depend on
  ///   whether they are requested.
  func judge(_ rules: OperationRules, in document: Document, _ parameters: NodeID) {
    guard !(rules.judged.isEmpty && rules.remarks.isEmpty) else { return }
    let subject = RuleSubject(
      document: document, parameters: parameters, parametersKey: request.parametersKey, operation: operation,
      declared: request.declarations, dynamicFacts: request.dynamicDeclarations, file: lint.file.path)
    var run = RuleRun(
      subject, now: linter.options.now, limits: linter.options.limits, budget: findings.budget)
    var stopped = StoppedRules()
    for rule in rules.judged {
      if let limit = judge(rule, &run) { stopped.add(rule.id, limit) }
    }
    findings.add(stopped, at: request.parametersKey, request: number)
    guard !rules.remarks.isEmpty else { return }
    run = RuleRun(
      subject, now: linter.options.now, limits: linter.options.limits,
      budget: RuleBudget(linter.options.limits, size: request.size(in: document)))
    for rule in rules.remarks {
      guard let limit = judge(rule, &run) else { continue }
      addNotEvaluated(rule, limit.reason)
    }
  }

  /// Reports a rule's violations, and returns why its evaluation ended early.
  private func judge(_ rule: Rule, _ run: inout RuleRun) -> EvaluationLimit? {
    let verdict = run.judge(rule)
    for text in run.takeTexts() { findings.beginSuppressions(inside: text) }
    switch verdict {
    case .holds: return nil
    case .violated(let violations, let limit):
      for violation in violations { findings.add(violation, of: rule, request: number) }
      return limit
    case .notEvaluated(let reason):
      addNotEvaluated(rule, reason)
      return nil
    case .stopped(let limit): return limit
    }
  }

  private func addNotEvaluated(_ rule: Rule, _ reason: String) {
    findings.addNotEvaluated(rule.id, reason, at: request.parametersKey, JSONPointer(), request: number)
  }
}

/// Rules about one request that were not fully evaluated, by reason.
package struct StoppedRules {
  private var groups: [(limit: EvaluationLimit, rules: [String])] = []

  package init() {}

  package mutating func add(_ rule: String, _ limit: EvaluationLimit) {
    if let index = groups.firstIndex(where: { $0.limit == limit }) {
      groups[index].rules.append(rule)
    } else {
      groups.append((limit, [rule]))
    }
  }

  /// The messages, one line for each limit.
  package var messages: [(message: String, hint: String)] {
    groups.map { limit, rules in
      let names = rules.prefix(8).joined(separator: ", ") + (rules.count > 8 ? ", …" : "")
      let subject = rules.count == 1 ? "rule \(names) is" : "rules \(names) are"
      return ("\(subject) not evaluated: \(limit.reason)", limit.remedy)
    }
  }
}

extension EvaluationLimit {
  /// What to do about it.
  var remedy: String { limit.map(FindingCollector.remedy) ?? "simplify the value" }
}

extension FindingCollector {
  func add(_ stopped: StoppedRules, at span: ByteSpan, request: Int) {
    for (message, hint) in stopped.messages {
      add(.evaluationLimit, message, hint: hint, at: span, request: request)
    }
  }
}
