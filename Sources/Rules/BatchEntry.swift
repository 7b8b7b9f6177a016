/// The facts that a batch rule needs about one request, collected while its document is available.
package struct BatchEntry: Sendable {
  /// The rule's index among all batch rules.
  package var rule: Int { group.rule }
  let group: BatchGroup
  /// The values in which the requests of a group may differ; empty if the rule does not use them.
  let variant: BatchValues
  let isFirst: Bool
  /// The request's position among the ordered operations; `nil` if it has none.
  let stage: Int?
}

/// The common values of the requests that a batch rule compares with each other.
///
/// - Shape: hashed once, by the worker that reads the request, since a single thread assembles the batch.
struct BatchGroup: Hashable {
  /// The rule's index among all batch rules.
  let rule: Int
  let region: String?
  let account: String?
  /// The values of the rule's terms.
  let values: BatchValues
  private let hash: Int

  init(rule: Int, region: String?, account: String?, values: BatchValues) {
    self.rule = rule
    self.region = region
    self.account = account
    self.values = values
    var hasher = Hasher()
    hasher.combine(rule)
    hasher.combine(region)
    hasher.combine(account)
    hasher.combine(values)
    hash = hasher.finalize()
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
