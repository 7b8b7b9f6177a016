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

extension Schema {
  /// How often keywords look at a value, what they hand on to other schemas left out.
  struct Cost {
    private var steps = 0
    /// Looks at the key of each entry; one takes a fraction of what a step does.
    private var lookups = 0
    private var stepsPerEntry = 0
    /// Looks at everything in the value.
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

    func steps(for node: NodeID, of document: borrowing Document) -> Int {
      guard lookups + stepsPerEntry + walks > 0 else { return steps }
      let count = document.count(of: node)
      return steps + (lookups * count) >> 4 + stepsPerEntry * count
        + (walks > 0 ? walks * document.range(of: node).count : 0)
    }
  }
}

extension SchemaEvaluator {
  /// Pays for keywords that are to be judged; answers whether neither the depth nor the budget forbids it.
  ///
  /// Apart from judging them, whose frames stand in the stack as often as the value is deep.
  mutating func mayJudge(at place: Place, _ document: Document, _ cost: Schema.Cost) -> Bool {
    guard depth < 2 * context.limits.nesting else {
      unknown = "the rule's references go deeper than \(depth) levels"
      return false
    }
    guard !budget.isSpent else {
      unknown = RuleBudget.spentReason
      return false
    }
    budget.spend(cost.steps(for: place.node, of: document))
    return true
  }
}
