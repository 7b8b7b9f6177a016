internal import Planning
internal import Verdicts

extension Plan {
  /// The requests for a reviewer, by place: blocked ones first, then by risk, then in the plan's order.
  var riskiestFirst: [Int] {
    // By index: moving the requests would cost more than comparing them.
    let ranks = requests.indices.map { place in
      (requests[place].verdict.rank, requests[place].risk.level)
    }
    return requests.indices.sorted { left, right in
      if ranks[left].0 != ranks[right].0 { return ranks[left].0 < ranks[right].0 }
      return ranks[left].1 != ranks[right].1 ? ranks[left].1 > ranks[right].1 : left < right
    }
  }
}

extension PlannedRequest {
  /// Service and operation as far as they are known; empty where neither is.
  var operationName: String { [self.service, self.operation].compactMap { $0 }.joined(separator: ".") }
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
  /// The preconditions: unmet ones first, then unknown ones.
  var preconditionsWorstFirst: [Precondition] {
    let states: [Precondition.State] = [.unmet, .unknown, .met]
    return states.flatMap { state in self.preconditions.filter { $0.state == state } }
  }
}
