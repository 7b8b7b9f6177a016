import Models
import Syntax
import Testing

@testable import Rules

/// Requests of a batch: operation, parameters in YAML, region and account where they matter.
struct BatchRequest {
  let operation: String
  let parameters: String
  var region: String?
  var account: String?

  init(_ operation: String, _ parameters: String, region: String? = nil, account: String? = nil) {
    self.operation = operation
    self.parameters = parameters
    self.region = region
    self.account = account
  }
}

/// `RULE REQUESTS MESSAGE` of every verdict, with the steps of an order behind the requests.
func judged(
  _ rules: [Rule], _ requests: [BatchRequest], now: Instant = testNow,
  existing: (Rule, Int) -> Int = { _, _ in 0 }
) throws -> [String] {
  let entries = try requests.map { request in
    let subject = try subject(request.operation, request.parameters)
    var run = SnapshotRun(
      subject, state: SavedState([]), region: request.region, account: request.account, now: now,
      limits: Limits())
    return BatchRun.entries(of: &run, rules: PlacedRule.those(of: rules, for: subject.operation.id))
  }
  return BatchRun.judge(entries, rules: rules, existing: existing).map { verdict in
    let steps = verdict.steps.isEmpty ? "" : " in order \(verdict.steps)"
    return "\(verdict.rule) \(verdict.requests)\(steps): \(verdict.message)"
  }
}
