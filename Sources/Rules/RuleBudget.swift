package import Patterns
package import Syntax

/// How much work patterns and rules may take for one request.
///
/// No hostile rule or value runs away, and no other request affects what is evaluated.
///
/// Not Sendable: the worker that checks the request owns it.
package final class RuleBudget {
  /// The budget for patterns, including those of models.
  package var matches: MatchBudget
  /// How many more keywords may be judged; each counts as often as it reads a value.
  package private(set) var steps: Int

  /// - Parameter size: of the request, in bytes; `ruleSteps` are for a small one, 25 KiB may take twice as many.
  package init(_ limits: Limits, size: Int = 0) {
    matches = MatchBudget(steps: limits.patternSteps, size: size)
    steps = Self.steps(limits, size)
  }

  /// Resets the budget for another request.
  package func refill(_ limits: Limits, size: Int) {
    matches = MatchBudget(steps: limits.patternSteps, size: size)
    steps = Self.steps(limits, size)
  }

  private static func steps(_ limits: Limits, _ size: Int) -> Int {
    limits.ruleSteps + Int((Double(limits.ruleSteps) * Double(size) / 25_600).rounded(.down))
  }

  var isSpent: Bool { steps <= 0 }

  func spend(_ count: Int) { steps -= count }
}

/// Why an evaluation ended before it had a result.
package enum EvaluationLimit: Hashable, Sendable {
  case patternSteps
  case ruleSteps
  /// A rule's references nest deeper than this.
  case references(depth: Int)
  /// The stack for matching is full.
  case matchStack
  /// A text is too long for a pattern with back references.
  case textLength(Int)
  /// A text that is itself YAML exceeds a limit of documents.
  case embeddedDocument(message: String, limit: Limits.Name?)

  package init(_ stop: MatchBudget.Stop?) {
    switch stop {
    case .length(let longest): self = .textLength(longest)
    case .stack: self = .matchStack
    case .steps, nil: self = .patternSteps
    }
  }

  /// Continues a sentence such as `the rule is not evaluated:`.
  package var reason: String {
    switch self {
    case .patternSteps: "patterns take more steps than pattern-steps allows"
    case .ruleSteps: "rules take more steps than rule-steps allows"
    case .references(let depth): "its references lead deeper than \(depth) levels"
    case .matchStack: "matching takes more memory than the regex engine has"
    case .textLength(let longest):
      "a text is longer than the \(longest) bytes that a pattern with a back reference may look at"
    case .embeddedDocument(let message, _): "in an embedded document, \(message)"
    }
  }

  /// The limit if it may be raised; `nil` if it is fixed.
  package var limit: Limits.Name? {
    switch self {
    case .patternSteps: .patternSteps
    case .ruleSteps: .ruleSteps
    case .references: .nesting
    case .matchStack, .textLength: nil
    case .embeddedDocument(_, let limit): limit
    }
  }
}

/// Why something could not be judged.
enum Undecided: Equatable {
  /// A budget ran out.
  case limit(EvaluationLimit)
  /// The values permit no verdict, whatever the budget.
  case values(String)
  /// A value is known only at run time, and some value would satisfy the schema.
  case dynamic

  var reason: String {
    switch self {
    case .limit(let limit): limit.reason
    case .values(let reason): reason
    case .dynamic: "a value is known at run time only"
    }
  }

  var limit: EvaluationLimit? { if case .limit(let limit) = self { limit } else { nil } }
}

extension Schema {
  /// How often keywords read a value, without the work of the schemas that they apply.
  struct Cost {
    private var steps = 0
    /// Comparisons with the key of each entry; one costs a fraction of a step.
    private var lookups = 0
    private var stepsPerEntry = 0
    /// Walks over the whole value.
    private var walks = 0

    mutating func add(_ keyword: Keyword) {
      steps += 1
      switch keyword {
      case .oneOf(let values): steps += 2 * values.count
      case .required(let names): lookups += names.count
      case .dependentRequired(_, let required): lookups += 1 + required.count
      case .dependentSchema: lookups += 1
      case .properties(let properties): lookups += properties.count
      case .members(let properties, let patterns, _):
        lookups += properties.count
        stepsPerEntry += patterns.count
      case .uniqueItems, .keptValues, .equalTo, .uniqueBy: walks += 1
      default: break
      }
    }

    /// Inlined where keywords are judged, which saves 440 instructions per request.
    @inline(__always)
    func steps(for node: NodeID, of document: borrowing Document) -> Int {
      guard lookups + stepsPerEntry + walks > 0 else { return steps }
      let count = document.count(of: node)
      return steps + (lookups * count) >> 4 + stepsPerEntry * count
        + (walks > 0 ? walks * document.range(of: node).count : 0)
    }
  }
}

extension SchemaEvaluator {
  /// Charges for keywords about to be judged; returns whether neither the depth nor the budget forbids it.
  ///
  /// Separate from judging, whose stack frames repeat for each level of the value.
  mutating func mayJudge(at place: Place, _ document: Document, _ cost: Schema.Cost) -> Bool {
    guard depth < 2 * context.limits.nesting else {
      note(.limit(.references(depth: depth)))
      return false
    }
    guard !budget.isSpent else {
      note(.limit(.ruleSteps))
      return false
    }
    budget.spend(cost.steps(for: place.node, of: document))
    return true
  }
}
