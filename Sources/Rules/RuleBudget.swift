public import Patterns
public import Syntax

/// How much work the rules may take for one file, so that neither a hostile rule nor a hostile value runs away.
public struct RuleBudget: Sendable {
  /// For patterns, those of models among them.
  public var matches: MatchBudget
  /// Keywords to be judged still, each counted as often as it looks at a value.
  public private(set) var steps: Int

  public init(_ limits: Limits, fileSize: Int = 0) {
    matches = MatchBudget(steps: limits.patternSteps, fileSize: fileSize)
    steps = limits.ruleSteps + (limits.ruleSteps * (fileSize >> 10)) / 250
  }

  var isSpent: Bool { steps <= 0 }

  mutating func spend(_ count: Int) { steps -= count }

  /// Why a rule that is not judged any further has no verdict.
  static let spentReason = "the rules have used up the budget of this file"
}

extension SchemaEvaluator {
  /// Pays for keywords that are to be judged; answers whether neither the depth nor the budget forbids it.
  ///
  /// Apart from judging them, whose frames stand in the stack as often as the value is deep.
  mutating func mayJudge(_ keywords: Range<Int>, of schema: Schema, at place: Place) -> Bool {
    guard depth < 2 * context.limits.nesting else {
      unknown = "the rule's references go deeper than \(depth) levels"
      return false
    }
    guard !budget.isSpent else {
      unknown = RuleBudget.spentReason
      return false
    }
    for index in keywords { budget.spend(cost(of: schema.tables.keywords[index], at: place)) }
    return true
  }

  /// How often a keyword looks at a value, what it hands on to other schemas left out.
  private func cost(of keyword: Schema.Keyword, at place: Place) -> Int {
    func count() -> Int { document(of: place).count(of: place.node) }
    // A look at a key takes a fraction of what a step does.
    func lookups(_ names: Int) -> Int { 1 + (names * count()) >> 4 }
    switch keyword {
    case .oneOf(let values): return 1 + 2 * values.count
    case .required(let names): return lookups(names.count)
    case .dependentRequired(_, let required): return lookups(1 + required.count)
    case .dependentSchema: return lookups(1)
    case .properties(let properties): return lookups(properties.count)
    case .members(let properties, let patterns, _):
      return lookups(properties.count) + patterns.count * count()
    case .uniqueItems, .keptValues, .equalTo, .uniqueBy:
      return document(of: place).range(of: place.node).count
    default: return 1
    }
  }
}
