internal import Models
internal import Syntax

/// What must not come together in one batch.
///
/// - Shape: requests whose operation and `when` fit are grouped by region, account and `same`; a group is judged where
///   it holds more than `limit` requests; one reference, since each request is held against many.
final class BatchConstraint {
  /// A part of what makes requests one group.
  enum Term {
    /// The value of a member; absent ones are equal too.
    case member(JSONPointer)
    /// The hour in which a member's time falls, that of the run where it is absent.
    case hour(JSONPointer)
    /// The member that the model marks as idempotency token.
    case token
    /// Service and operation.
    case operation
  }

  /// What waits for what in a group.
  enum Order {
    /// A later request, by file and place, waits for an earlier one.
    case asWritten
    /// Requests of a later operation wait for those of an earlier one; a group needs two of them to be judged.
    case operations([OperationPattern])
  }

  let same: [Term]
  /// A group counts only where its requests differ in one of these.
  let differ: [JSONPointer]
  let limit: Int
  /// Where given, a group counts only from a request for which this holds, with one after it.
  let first: Schema?
  let order: Order?
  /// What is counted beside the batch: entries of a snapshot for which the schema holds.
  let existing: (kind: SnapshotKind, counted: SnapshotAssertion)?

  init(
    same: [Term], differ: [JSONPointer], limit: Int, first: Schema?, order: Order?,
    existing: (kind: SnapshotKind, counted: SnapshotAssertion)?
  ) {
    self.same = same
    self.differ = differ
    self.limit = limit
    self.first = first
    self.order = order
    self.existing = existing
  }
}

/// What a batch rule has to know of one request, taken while its document is at hand.
public struct BatchEntry: Sendable {
  /// The rule's place among all batch rules.
  public var rule: Int { group.rule }
  let group: BatchGroup
  /// The values in which the requests of a group may differ; empty where the rule does not ask.
  let variant: String
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
  /// Those of the rule's terms, joined.
  let values: String
  private let hash: Int

  init(rule: Int, region: String?, account: String?, values: String) {
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

/// Requests that do not go together, or wait for each other.
public struct BatchVerdict: Sendable {
  public let rule: String
  public let severity: Severity
  public let message: String
  /// Places in the batch, ascending.
  public let requests: [Int]
  /// Steps of an order: the requests of each wait for those of the one before; empty where there is none.
  public let steps: [[Int]]
}

/// Takes from one request what batch rules ask, and judges when all have been seen.
public struct BatchRun {
  private static let separator: Unicode.Scalar = "\u{1F}"
  private static let separatorText = String(separator)
  /// No value at all; a value that is not to be shown or kept begins with it.
  private static let absent = "\u{1A}"
  /// Beyond this, a text counts by its hash.
  private static let longText = 256

  /// What the batch rules for the operation of a request have to know of it.
  ///
  /// - Parameters:
  ///   - run: of the request.
  ///   - rules: those for its operation.
  public static func entries(of run: inout SnapshotRun, rules: [PlacedRule]) -> [BatchEntry] {
    rules.compactMap { entry(of: &run, $0) }
  }

  /// What one batch rule has to know; `nil` where the request belongs to no group.
  public static func entry(of run: inout SnapshotRun, _ placed: PlacedRule) -> BatchEntry? {
    guard case .batch(let batch) = placed.rule.judgement else { return nil }
    if let when = placed.rule.when, !run.definitelyHolds(when) { return nil }
    guard let values = values(of: run, batch) else { return nil }
    let variant =
      batch.differ.isEmpty
      ? "" : batch.differ.map { text(at: $0, run) }.joined(separator: separatorText)
    return BatchEntry(
      group: BatchGroup(rule: placed.place, region: run.region, account: run.account, values: values),
      variant: variant, isFirst: batch.first.map { run.definitelyHolds($0) } ?? true,
      stage: batch.stage(of: run.subject.operation.id))
  }

  /// `nil` where the request cannot belong to any group.
  private static func values(of run: borrowing SnapshotRun, _ batch: BatchConstraint) -> String? {
    var values = ""
    for index in batch.same.indices {
      guard let text = text(of: batch.same[index], run) else { return nil }
      if index > 0 { values += separatorText }
      values += text
    }
    return values
  }

  /// Judges a batch.
  ///
  /// - Parameters:
  ///   - entries: of every request, in the order of the plan.
  ///   - existing: number of entries of a snapshot that count for a rule in the region and account of the request
  ///     at some place of the batch.
  public static func judge(
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

  /// Region and account of requests that declare none: those of all others, where these have but one.
  private struct AssumedOwner {
    private var region: String?
    private var account: String?

    init(of entries: [[BatchEntry]]) {
      var (regions, accounts): (Set<String?>, Set<String?>) = ([], [])
      var last: (region: String?, account: String?) = (nil, nil)
      for index in entries.indices where !entries[index].isEmpty {
        let owner = (entries[index][0].group.region, entries[index][0].group.account)
        // Many requests in a row have one owner.
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

  /// The members of all groups in one table; each knows the one before it in its group.
  private struct Members {
    /// The request's place in the batch, and that of the entry among its own.
    private var members: [(index: Int, place: Int, previous: Int?, count: Int)] = []

    /// - Parameter last: the member of its group that came last.
    mutating func add(_ index: Int, _ place: Int, to last: inout Int?) {
      members.append((index, place, last, 1 + (last.map { members[$0].count } ?? 0)))
      last = members.count - 1
    }

    /// How many members a group has, by its last one.
    func count(upTo last: Int) -> Int { members[last].count }

    /// The members of a group, by its last one, in the order in which they came.
    func all(upTo last: Int) -> [(index: Int, place: Int)] {
      Array(
        sequence(first: last) { members[$0].previous }.map { (members[$0].index, members[$0].place) }
          .reversed())
    }
  }

  private static func verdict(
    of members: [(index: Int, entry: BatchEntry)], _ values: String, _ rule: Rule,
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

  /// A message of a batch rule may show the values that make the group, `{count}` and `{limit}`.
  private static func message(
    _ template: MessageTemplate, _ batch: BatchConstraint, _ values: String, _ count: Int
  ) -> String {
    let values = values.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false)
      .map { String($0) }
    return template.pieces.map { piece in
      switch piece {
      case .text(let text): return text
      case .slot(.parameter(let pointer), _):
        if pointer == JSONPointer(["count"]) { return String(count) }
        if pointer == JSONPointer(["limit"]) { return String(batch.limit) }
        guard let place = batch.same.firstIndex(where: { $0.isShown(as: pointer) }), place < values.count,
          values[place] != absent
        else { return "absent" }
        return values[place].hasPrefix(absent) ? "the same value" : MessageRenderer.plain(values[place])
      case .slot: return ""
      }
    }.joined()
  }

  // MARK: Values

  /// `nil` where the request cannot belong to any group.
  private static func text(
    of term: BatchConstraint.Term, _ run: borrowing SnapshotRun
  ) -> String? {
    let (subject, context) = (run.subject, run.context)
    switch term {
    case .member(let pointer): return text(at: pointer, run)
    case .operation: return subject.operation.service + "." + subject.operation.name
    case .token:
      let members = subject.operation.input.map { subject.operation[$0].members } ?? []
      guard let token = members.first(where: \.isIdempotencyToken),
        let value = context.document.value(of: token.name, in: context.root),
        context.document.scalarType(of: value).isText, !context.document.text(of: value).isEmpty
      else { return nil }
      return text(at: JSONPointer([token.name]), run)
    case .hour(let pointer):
      let document = context.document
      guard let value = document.value(at: pointer, from: context.root) else { return hour(context.now) }
      return document.number(of: value)?.int64.flatMap { TimeConstraint.Unit.byDigits.instant(epoch: $0) }
        .map { hour($0) }
    }
  }

  private static func hour(_ instant: Instant) -> String {
    let length: Int64 = 3_600_000
    let start = instant.milliseconds / length * length
    return Instant(milliseconds: start).rfc3339
  }

  private static func text(at pointer: JSONPointer, _ run: borrowing SnapshotRun) -> String {
    let document = run.context.document
    guard let value = document.value(at: pointer, from: run.context.root) else { return absent }
    let isScalar = document[value].kind == .scalar
    let isSensitive = run.renderer.isSensitive(pointer)
    // Not even escapes would make it a long one.
    if document.scalarType(of: value).isText, !isSensitive, document.textCount(of: value) < longText / 6 {
      return document.string(of: value)
    }
    let text = String(decoding: document.canonicalJSON(of: value), as: UTF8.self)
    guard text.utf8.count > longText || isSensitive else {
      return isScalar ? document.string(of: value) : text
    }
    // Two hashes with different seeds: a batch of long specs must not be kept in memory whole.
    var one = Hasher()
    one.combine(text)
    var other = Hasher()
    other.combine(0x5EED)
    other.combine(text)
    return "\(absent)\(text.utf8.count) \(one.finalize()) \(other.finalize())"
  }
}

extension BatchConstraint.Term {
  /// Whether a message shows the term under a name.
  fileprivate func isShown(as pointer: JSONPointer) -> Bool {
    switch self {
    case .member(let member), .hour(let member): member == pointer
    case .token: pointer == JSONPointer(["token"])
    case .operation: pointer == JSONPointer(["operation"])
    }
  }
}

extension BatchConstraint {
  /// The place of an operation in the order; `nil` where it has none.
  func stage(of operation: OperationID) -> Int? {
    guard case .operations(let operations) = order else { return nil }
    return operations.firstIndex { $0.matches(operation) }
  }
}

extension Rule {
  /// How many requests a group must have at least to be judged by a batch rule.
  fileprivate var smallestGroup: Int {
    guard case .batch(let batch) = judgement, batch.existing == nil else { return 0 }
    return batch.limit + 1
  }

  /// Whether a rule names an operation.
  func isFor(_ operation: OperationID) -> Bool {
    description.operations.contains { $0.matches(operation) }
  }
}
