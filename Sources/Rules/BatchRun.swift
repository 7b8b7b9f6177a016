internal import Models
internal import Syntax
package import Verdicts

/// Requests that do not go together, or that must wait for each other.
package struct BatchVerdict: Sendable {
  package let rule: String
  package let severity: Severity
  package let message: String
  /// Indices in the batch, ascending.
  package let requests: [Int]
  /// Steps of an order: the requests of each step wait for those of the step before; empty if there is no order.
  package let steps: [[Int]]
}

/// Collects the facts that batch rules need from each request, and judges once all requests have been read.
package struct BatchRun {
  /// The facts that batch rules for a request's operation need about it.
  ///
  /// - Parameters:
  ///   - run: of the request.
  ///   - rules: the batch rules for its operation.
  package static func entries(of run: inout SnapshotRun, rules: [PlacedRule]) -> [BatchEntry] {
    rules.compactMap { entry(of: &run, $0) }
  }

  /// The facts that one batch rule needs; `nil` if the request belongs to no group.
  package static func entry(of run: inout SnapshotRun, _ placed: PlacedRule) -> BatchEntry? {
    guard case .batch(let batch) = placed.rule.judgement else { return nil }
    if let when = placed.rule.when, !run.definitelyHolds(when) { return nil }
    guard let values = BatchValues(of: run, by: batch.same) else { return nil }
    return BatchEntry(
      group: BatchGroup(rule: placed.place, region: run.region, account: run.account, values: values),
      variant: BatchValues(of: run, at: batch.differ),
      isFirst: batch.first.map { run.definitelyHolds($0) } ?? true,
      stage: batch.stage(of: run.subject.operation.id))
  }

  /// Judges a batch.
  ///
  /// - Parameters:
  ///   - entries: of every request, in plan order.
  ///   - existing: the number of snapshot entries that count for a rule, in the region and account of the request at an
  ///     index of the batch.
  package static func judge(
    _ entries: [[BatchEntry]], rules: [Rule], existing: (Rule, Int) -> Int
  ) -> [BatchVerdict] {
    let assumed = AssumedOwner(of: entries)
    var groups: [BatchGroup: Int] = [:]
    groups.reserveCapacity(entries.reduce(0) { $0 + $1.count })
    var members = Members()
    for index in entries.indices {
      for place in entries[index].indices {
        let group = assumed.completed(entries[index][place].group)
        members.add(index, place, to: &groups[group])
      }
    }
    // Most groups are too small for their rule.
    let smallest = rules.map { $0.smallestGroup }
    return groups.compactMap { group, last in
      guard members.count(upTo: last) >= smallest[group.rule] else { return nil }
      return verdict(
        of: members.all(upTo: last).map { ($0.index, entries[$0.index][$0.place]) }, group.values,
        rules[group.rule], existing: existing)
    }.sorted { left, right in
      left.requests == right.requests
        ? left.rule < right.rule : left.requests.lexicographicallyPrecedes(right.requests)
    }
  }

  /// The region and account assumed for requests that declare none: those of all others, if these agree.
  private struct AssumedOwner {
    private var region: String?
    private var account: String?

    init(of entries: [[BatchEntry]]) {
      var (regions, accounts): (Set<String?>, Set<String?>) = ([], [])
      var last: (region: String?, account: String?) = (nil, nil)
      for index in entries.indices where !entries[index].isEmpty {
        let owner = (entries[index][0].group.region, entries[index][0].group.account)
        // Consecutive requests often have the same owner.
        guard owner != last || regions.isEmpty else { continue }
        regions.insert(owner.0)
        accounts.insert(owner.1)
        last = owner
      }
      func sole(_ names: Set<String?>) -> String? {
        names.count == 2 && names.contains(nil) ? names.compactMap { $0 }.first : nil
      }
      (region, account) = (sole(regions), sole(accounts))
    }

    func completed(_ group: BatchGroup) -> BatchGroup {
      let isComplete =
        (region == nil || group.region != nil) && (account == nil || group.account != nil)
      return isComplete
        ? group
        : BatchGroup(
          rule: group.rule, region: group.region ?? region, account: group.account ?? account,
          values: group.values)
    }
  }

  /// The members of all groups in one table; each points to the previous member of its group.
  private struct Members {
    /// The request's index in the batch, and the entry's index among its own.
    private var members: [(index: Int, place: Int, previous: Int?, count: Int)] = []

    /// - Parameter last: the latest member of its group.
    mutating func add(_ index: Int, _ place: Int, to last: inout Int?) {
      members.append((index, place, last, 1 + (last.map { members[$0].count } ?? 0)))
      last = members.count - 1
    }

    /// The number of members of a group, given its last one.
    func count(upTo last: Int) -> Int { members[last].count }

    /// The members of a group in order of arrival, given its last one.
    func all(upTo last: Int) -> [(index: Int, place: Int)] {
      Array(
        sequence(first: last) { members[$0].previous }.map { (members[$0].index, members[$0].place) }
          .reversed())
    }
  }

  private static func verdict(
    of members: [(index: Int, entry: BatchEntry)], _ values: BatchValues, _ rule: Rule,
    existing: (Rule, Int) -> Int
  ) -> BatchVerdict? {
    guard case .batch(let batch) = rule.judgement else { return nil }
    var members = members
    if batch.first != nil {
      guard let first = members.firstIndex(where: { $0.entry.isFirst }) else { return nil }
      members.removeFirst(first)
    }
    let count = members.count + (batch.existing == nil ? 0 : existing(rule, members[0].index))
    guard count > batch.limit else { return nil }
    if !batch.differ.isEmpty, Set(members.map { $0.entry.variant }).count < 2 { return nil }
    var steps: [[Int]] = []
    switch batch.order {
    case .asWritten: steps = members.map { [$0.index] }
    case .operations(let operations):
      members.removeAll { $0.entry.stage == nil }
      steps = operations.indices.map { stage in
        members.filter { $0.entry.stage == stage }.map { $0.index }
      }.filter { !$0.isEmpty }
      guard steps.count > 1 else { return nil }
    case nil: break
    }
    return BatchVerdict(
      rule: rule.id, severity: rule.description.severity,
      message: message(rule.message, batch, values, count), requests: members.map { $0.index }, steps: steps)
  }

  /// Renders a batch rule's message, which may show the values that define the group, `{count}` and `{limit}`.
  private static func message(
    _ template: MessageTemplate, _ batch: BatchConstraint, _ values: BatchValues, _ count: Int
  ) -> String {
    let values = values.shown
    return template.pieces.map { piece in
      switch piece {
      case .text(let text): return text
      case .slot(.parameter(let pointer), _):
        if pointer == JSONPointer(["count"]) { return String(count) }
        if pointer == JSONPointer(["limit"]) { return String(batch.limit) }
        let place = batch.same.firstIndex { $0.isShown(as: pointer) }
        return place.map { values[$0] } ?? "absent"
      case .slot: return ""
      }
    }.joined()
  }
}

extension Rule {
  /// The smallest group size that a batch rule judges.
  fileprivate var smallestGroup: Int {
    guard case .batch(let batch) = judgement, batch.existing == nil else { return 0 }
    return batch.limit + 1
  }
}
