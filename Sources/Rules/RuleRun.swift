package import Models
package import Syntax

/// One request in the form that rules read.
///
/// A class, since every run over the request refers to it.
package final class RuleSubject: Sendable {
  package let document: Document
  package let parameters: NodeID
  /// Where a finding about the parameters as a whole points.
  package let parametersKey: ByteSpan
  package let operation: Operation
  /// The file's declarations: `region`, `account`, `id`.
  package let declared: [(name: String, text: String, span: ByteSpan)]
  /// Names of declarations whose texts are placeholders for values that are known only at run time.
  package let dynamicFacts: Set<String>
  package let file: String

  package init(
    document: Document, parameters: NodeID, parametersKey: ByteSpan, operation: Operation,
    declared: [(name: String, text: String, span: ByteSpan)], dynamicFacts: Set<String> = [],
    file: String
  ) {
    self.document = document
    self.parameters = parameters
    self.parametersKey = parametersKey
    self.operation = operation
    self.declared = declared
    self.dynamicFacts = dynamicFacts
    self.file = file
  }

  /// The file's declaration with a name.
  func declared(_ name: String) -> String? { declared.last { $0.name == name }?.text }
}

/// A rule's verdict on a request.
package enum RuleVerdict: Sendable {
  case holds
  /// - Parameter limit: why the search for more places ended early; `nil` if all are listed.
  case violated([RuleViolation], limit: EvaluationLimit?)
  /// The values permit no verdict.
  case notEvaluated(reason: String)
  /// A budget ran out before a verdict.
  case stopped(EvaluationLimit)
}

extension RuleVerdict {
  fileprivate init(_ undecided: Undecided) {
    switch undecided {
    case .limit(let limit): self = .stopped(limit)
    case .values(let reason): self = .notEvaluated(reason: reason)
    // A rule is violated only if no value could satisfy it.
    case .dynamic: self = .holds
    }
  }
}

/// One place where a request violates a rule.
package struct RuleViolation: Sendable {
  package let span: ByteSpan
  /// Relative to the parameters.
  package let pointer: JSONPointer
  package let message: String
  package let hint: String?
  /// `nil` if the rule has no fix, or the fix cannot be applied.
  package let repair: RuleRepair?
}

/// Judges one request by rules, one after another.
package struct RuleRun {
  private var evaluator: SchemaEvaluator
  private let operation: Operation

  /// - Parameter budget: the rest of the request's budget; `nil` for the budget of a small request.
  package init(_ subject: RuleSubject, now: Instant, limits: Limits, budget: RuleBudget? = nil) {
    let context = EvaluationContext(
      document: subject.document, root: subject.document.resolve(subject.parameters),
      rootKey: subject.parametersKey,
      now: now, facts: RequestFacts(subject), limits: limits)
    evaluator = SchemaEvaluator(context, budget: budget)
    operation = subject.operation
  }

  /// Returns the texts of the request that rules have read as YAML since the last call, each once.
  package mutating func takeTexts() -> [Document] {
    evaluator.documents.newTexts.isEmpty ? [] : evaluator.takeTexts()
  }

  var renderer: MessageRenderer { MessageRenderer(context: evaluator.context, operation: operation) }

  /// Judges the request by a rule.
  ///
  /// - Shape: one violation per failing place, or one at the rule's own place; rules about batches and snapshots hold
  ///   for every request.
  package mutating func judge(_ rule: Rule) -> RuleVerdict {
    guard case .request(let assert) = rule.judgement else { return .holds }
    guard !evaluator.budget.isSpent else { return .stopped(.ruleSteps) }
    if let when = rule.when, !evaluator.holds(when) { return .holds }
    if let undecided = evaluator.unknown { return RuleVerdict(undecided) }
    if evaluator.holds(assert) { return evaluator.unknown.map { RuleVerdict($0) } ?? .holds }
    let failures = rule.place.map { [failure(at: $0)] } ?? evaluator.failures(of: assert)
    // The budget may run out during the search for the places.
    let limit = rule.place == nil ? evaluator.unknown?.limit : nil
    if failures.isEmpty, let undecided = evaluator.unknown { return RuleVerdict(undecided) }
    let renderer = renderer
    let fix = rule.fix.flatMap { applies($0) ? $0 : nil }
    let pointers = renderer.context.document.pointers(failures.map(\.path))
    return .violated(
      zip(failures, pointers).map { failure, pointer in
        let edits = fix?.edits(for: failure, of: rule, in: renderer.context)
        return RuleViolation(
          span: failure.span, pointer: renderer.maskedPointer(pointer),
          message: renderer.render(rule.message, at: failure),
          hint: rule.hint.map { renderer.render($0, at: failure) },
          repair: edits.map { RuleRepair(isSafe: fix?.isSafe ?? false, edits: $0) })
      }, limit: limit)
  }

  /// Whether a violated rule's fix is right for the request.
  mutating func applies(_ fix: RuleFix) -> Bool {
    fix.when.map { evaluator.definitelyHolds($0) } ?? true
  }

  /// The value at the rule's place, or the nearest key around it.
  private func failure(at pointer: JSONPointer) -> SchemaFailure {
    let context = evaluator.context
    let document = context.document
    let found = document.follow(pointer, from: context.root)
    guard case .member(let key)? = found.path.last else {
      return SchemaFailure(span: context.rootKey, path: found.path, value: nil, problem: "does not fit")
    }
    guard let value = found.value, document[value].kind == .scalar, !document[value].span.isEmpty else {
      return SchemaFailure(
        span: document.sourceSpan(of: key), path: found.path, value: nil, problem: "does not fit")
    }
    return SchemaFailure(
      span: document.sourceSpan(of: value), path: found.path, value: document.string(of: value),
      problem: "does not fit")
  }
}
