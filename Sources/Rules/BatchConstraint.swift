internal import Models
internal import Syntax

/// What must not come together in one batch.
///
/// - Shape: requests whose operation and `when` fit are grouped by region, account and `same`; a group is judged where
///   it holds more than `limit` requests.
struct BatchConstraint {
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
  let existing: (kind: SnapshotKind, counted: Schema)?
}

/// What a batch rule has to know of one request, taken while its document is at hand.
public struct BatchEntry: Sendable {
  /// The rule's place among all batch rules.
  public let rule: Int
  /// Region, account and the values that make a group, joined.
  let group: String
  /// The values in which the requests of a group may differ; empty where the rule does not ask.
  let variant: String
  let isFirst: Bool
  /// Which of the ordered operations the request is for; `nil` for none of them.
  let stage: Int?
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
    var entries: [BatchEntry] = []
    // By index: a copy of a rule costs more than judging by it.
    for index in rules.indices {
      guard case .batch(let batch) = rules[index].rule.judgement else { continue }
      if let when = rules[index].rule.when, !run.evaluator.definitelyHolds(when) { continue }
      guard let group = group(of: run, batch) else { continue }
      let variant =
        batch.differ.isEmpty
        ? "" : batch.differ.map { text(at: $0, run) }.joined(separator: String(separator))
      entries.append(
        BatchEntry(
          rule: rules[index].place, group: group, variant: variant,
          isFirst: batch.first.map { run.evaluator.definitelyHolds($0) } ?? true,
          stage: batch.stage(of: run.subject.operation.id)))
    }
    return entries
  }

  /// `nil` where the request cannot belong to any group.
  private static func group(of run: borrowing SnapshotRun, _ batch: BatchConstraint) -> String? {
    var group: [UInt8] = []
    group.reserveCapacity(32 * (batch.same.count + 2))
    group += (run.region ?? absent).utf8
    group.append(UInt8(ascii: separator))
    group += (run.account ?? absent).utf8
    for term in batch.same {
      guard let text = text(of: term, run) else { return nil }
      group.append(UInt8(ascii: separator))
      group += text.utf8
    }
    return String(decoding: group, as: UTF8.self)
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
    var groups: [Key: [Member]] = [:]
    let assumed = AssumedOwner(of: entries)
    for index in entries.indices {
      for place in entries[index].indices {
        let entry = entries[index][place]
        let key = Key(rule: entry.rule, group: assumed.completed(entry.group))
        groups[key, default: []].append(Member(index: index, place: place))
      }
    }
    // Most groups are too small for their rule.
    let smallest = rules.map { $0.smallestGroup }
    return groups.compactMap { key, members in
      guard members.count >= smallest[key.rule] else { return nil }
      return verdict(
        of: members.map { ($0.index, entries[$0.index][$0.place]) }, key.group, rules[key.rule],
        existing: existing)
    }.sorted { left, right in
      left.requests == right.requests
        ? left.rule < right.rule : left.requests.lexicographicallyPrecedes(right.requests)
    }
  }

  /// Region and account of requests that declare none: those of all others, where these have but one.
  private struct AssumedOwner {
    private var region: Substring?
    private var account: Substring?

    init(of entries: [[BatchEntry]]) {
      var owners: [Set<Substring>] = [[], []]
      var known: [Substring] = []
      for index in entries.indices where !entries[index].isEmpty {
        let fields = fields(of: entries[index][0].group).prefix(2)
        // Many requests in a row have one owner.
        guard !known.elementsEqual(fields) else { continue }
        for place in 0..<2 { owners[place].insert(fields[place]) }
        known = Array(fields)
      }
      func sole(_ names: Set<Substring>) -> Substring? {
        let declared = names.subtracting([absent[...]])
        return declared.count == 1 && names.count == 2 ? declared.first : nil
      }
      (region, account) = (sole(owners[0]), sole(owners[1]))
    }

    func completed(_ group: String) -> String {
      guard region != nil || account != nil else { return group }
      var fields = fields(of: group)
      for (place, owner) in [region, account].enumerated() where fields[place] == absent {
        if let owner { fields[place] = owner }
      }
      return fields.joined(separator: String(separator))
    }
  }

  /// Region, account and all the rest of what makes a group.
  private static func fields(of group: String) -> [Substring] {
    let separator = UInt8(ascii: separator)
    return group.utf8.split(separator: separator, maxSplits: 2, omittingEmptySubsequences: false)
      .map { Substring($0) }
  }

  private struct Key: Hashable {
    let rule: Int
    let group: String
  }

  /// A request of a group: its place in the batch, and that of the entry among its own.
  private struct Member {
    let index: Int
    let place: Int
  }

  private static func verdict(
    of members: [(index: Int, entry: BatchEntry)], _ group: String, _ rule: Rule, existing: (Rule, Int) -> Int
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
      message: message(rule.message, batch, group, count), requests: members.map { $0.index }, steps: steps)
  }

  /// A message of a batch rule may show the values that make the group, `{count}` and `{limit}`.
  private static func message(
    _ template: MessageTemplate, _ batch: BatchConstraint, _ group: String, _ count: Int
  ) -> String {
    let values = group.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false)
      .dropFirst(2).map { String($0) }
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
