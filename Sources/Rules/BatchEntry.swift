/// What a batch rule has to know of one request, taken while its document is at hand.
package struct BatchEntry: Sendable {
  /// The rule's place among all batch rules.
  package var rule: Int { group.rule }
  let group: BatchGroup
  /// The values in which the requests of a group may differ; empty where the rule does not ask.
  let variant: BatchValues
  let isFirst: Bool
  /// Which of the ordered operations the request is for; `nil` for none of them.
  let stage: Int?
}

/// What requests have in common that a batch rule holds against each other.
///
/// - Shape: hashed once, by the worker that reads the request, since a batch is put together by a single one.
struct BatchGroup: Hashable {
  /// The rule's place among all batch rules.
  let rule: Int
  let region: String?
  let account: String?
  /// Those of the rule's terms.
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
