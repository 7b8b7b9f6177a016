internal import Planning
internal import Rules

extension Plan {
  /// The requests for a reviewer: blocked ones first, then by risk, then in the plan's order.
  var riskiestFirst: [PlannedRequest] {
    requests.enumerated().sorted { left, right in
      let ranks = (left.element.verdict.rank, right.element.verdict.rank)
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      let levels = (left.element.risk.level, right.element.risk.level)
      return levels.0 != levels.1 ? levels.0 > levels.1 : left.offset < right.offset
    }.map(\.element)
  }
}

extension PlannedRequest {
  /// Service and operation as far as they are known; empty where neither is.
  var operationName: String { [service, operation].compactMap { $0 }.joined(separator: ".") }
}

extension PlannedRequest.Verdict {
  fileprivate var rank: Int {
    switch self {
    case .blocked: 0
    case .review: 1
    case .ready: 2
    }
  }
}

extension PlannedRequest {
  /// The preconditions that keep the request back first, then those that nobody has checked.
  var preconditionsWorstFirst: [Precondition] {
    let states: [Precondition.State] = [.unmet, .unknown, .met]
    return states.flatMap { state in preconditions.filter { $0.state == state } }
  }
}
