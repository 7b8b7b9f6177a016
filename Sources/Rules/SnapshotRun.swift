internal import Models
public import Syntax

/// Judges one request by saved answers of describe calls.
public struct SnapshotRun {
  /// A resource of one of the snapshots.
  struct Resource: Hashable {
    let snapshot: Int
    let item: NodeID
  }

  private static let noSnapshot = "no snapshot of it was given"

  /// What one resource, or one file, comes to.
  private typealias Finding = (state: SnapshotVerdict.State, evidence: String)

  let subject: RuleSubject
  let snapshots: [Snapshot]
  let region: String?
  let account: String?
  let context: EvaluationContext
  let renderer: MessageRenderer
  /// Shared by all that is asked of the request alone.
  var evaluator: SchemaEvaluator
  private var combined: [Resource: Document] = [:]

  /// What ended an evaluation since it was last taken; the first of several.
  private var stopped: EvaluationLimit?

  /// - Parameters:
  ///   - snapshots: all of the run.
  ///   - region, account: where the request goes, as far as anything says so.
  ///   - budget: of the request; `nil` for that of a small one.
  public init(
    _ subject: RuleSubject, snapshots: [Snapshot], region: String?, account: String?, now: Instant,
    limits: Limits, budget: RuleBudget? = nil
  ) {
    self.subject = subject
    self.snapshots = snapshots
    self.region = region
    self.account = account
    var facts = RequestFacts(subject)
    for (name, text) in [("region", region), ("account", account)] where subject.declared(name) == nil {
      if let text { facts.assume(name, text) }
    }
    context = EvaluationContext(
      document: subject.document, root: subject.document.resolve(subject.parameters),
      rootKey: subject.parametersKey, now: now, facts: facts, limits: limits)
    renderer = MessageRenderer(context: context, operation: subject.operation)
    evaluator = SchemaEvaluator(context, budget: budget)
  }

  private mutating func note(_ undecided: Undecided?) { stopped = stopped ?? undecided?.limit }

  /// What ended an evaluation since this was asked last; `nil` where nothing did.
  public mutating func takeStop() -> EvaluationLimit? {
    defer { stopped = nil }
    return stopped
  }

  /// Whether the request satisfies a schema for certain; takes down a budget that ran out.
  mutating func definitelyHolds(_ schema: Schema) -> Bool {
    let holds = evaluator.holds(schema)
    if holds { note(evaluator.unknown) }
    return holds && evaluator.unknown == nil
  }

  /// What a rule says; `nil` where it does not apply to the request.
  public mutating func judge(_ rule: Rule) -> SnapshotVerdict? {
    guard case .snapshot(let constraint) = rule.judgement else { return nil }
    if let when = rule.when {
      guard evaluator.holds(when) else { return nil }
      if let undecided = evaluator.unknown {
        note(undecided)
        return verdict(rule, constraint, .unknown, undecided.reason)
      }
    }
    guard snapshots.contains(where: { $0.kind == constraint.kind }) else {
      return verdict(rule, constraint, .unknown, Self.noSnapshot)
    }
    if constraint.below != nil { return judgeCount(rule, constraint) }
    return constraint.kind.isListed ? judgeList(rule, constraint) : judgeOne(rule, constraint)
  }

  /// What a batch rule counts beside the batch, in the region and account of this request; a lower bound where a
  /// list is not complete.
  public mutating func existing(_ rule: Rule) -> Int {
    guard case .batch(let batch) = rule.judgement, let existing = batch.existing else { return 0 }
    return count(existing.kind, existing.counted, []).count
  }

  // MARK: One resource

  private mutating func judgeOne(_ rule: Rule, _ constraint: SnapshotConstraint) -> SnapshotVerdict {
    let all = resources(of: constraint.kind, constraint.identity)
    let matches = all.map { match($0, constraint.identity) }
    // A snapshot that names the resource is better than one that is only taken for its.
    let wanted = [Match.yes, .assumed].first { matches.contains($0) }
    let matching = zip(all, matches).filter { $0.1 == wanted }.map(\.0)
    guard let wanted, !matching.isEmpty else { return judgeAbsence(rule, constraint) }
    // What an answer does not show contradicts no other one.
    let telling = matching.filter { !isSilent($0, constraint) }
    let judged = telling.isEmpty ? matching : telling
    let found = judged.map { judge($0, constraint) }
    let used = Array(Set(judged.map(\.snapshot))).sorted()
    let (state, evidence) = Self.summary(of: found)
    guard wanted == .assumed else { return verdict(rule, constraint, state, evidence, used: used) }
    return verdict(
      rule, constraint, state == .met ? .unknown : state,
      "\(evidence); \(files(used)) does not say whose it is", used: used,
      assumed: identityText(constraint.identity))
  }

  /// What several files about one resource come to.
  private static func summary(of found: [Finding]) -> Finding {
    let states = Set(found.map(\.state))
    if states.count == 1 { return found[0] }
    if let unknown = found.first(where: { $0.state == .unknown }), !states.contains(.unmet) { return unknown }
    let evidence = Set(found.map(\.evidence)).sorted().joined(separator: ", but ")
    return (.unknown, "snapshots contradict each other: \(evidence)")
  }

  private func judgeAbsence(_ rule: Rule, _ constraint: SnapshotConstraint) -> SnapshotVerdict {
    let all = snapshots.indices.filter { snapshots[$0].kind == constraint.kind }
    return verdict(
      rule, constraint, .unknown, "\(files(all)): of another \(constraint.kind.noun), region or account")
  }

  // MARK: Lists

  /// What a list says, or several: that nothing in it is in the way is told by a complete one only.
  private mutating func judgeList(_ rule: Rule, _ constraint: SnapshotConstraint) -> SnapshotVerdict {
    let found = lists(for: constraint).map { judge(list: $0, constraint) }
    guard !found.isEmpty else { return judgeAbsence(rule, constraint) }
    let hasFurtherPage = found.contains { !snapshots[$0.file].isComplete }
    let unmet = found.filter { $0.finding.state == .unmet }
    let met = found.filter { $0.finding.state == .met && snapshots[$0.file].isList }
    func verdict(_ entries: [(file: Int, finding: Finding, isAssumed: Bool)]) -> SnapshotVerdict {
      self.verdict(
        rule, constraint, entries[0].finding.state, entries[0].finding.evidence, used: entries.map(\.file),
        assumed: entries[0].isAssumed ? identityText(constraint.identity) : nil)
    }
    func unknown(_ evidence: String) -> SnapshotVerdict {
      self.verdict(rule, constraint, .unknown, evidence, used: found.map(\.file))
    }
    if let sure = unmet.first(where: { !$0.isAssumed }) ?? unmet.first {
      // A later page does not contradict an earlier one.
      guard let other = met.first, !hasFurtherPage else { return verdict([sure]) }
      let evidence = [sure, other].map(\.finding.evidence).sorted().joined(separator: ", but ")
      return unknown("snapshots contradict each other: \(evidence)")
    }
    if let open = found.first(where: { $0.finding.state == .unknown }) { return verdict([open]) }
    guard !met.isEmpty else {
      return unknown("\(files(found.map(\.file))): no list of every \(constraint.kind.noun)")
    }
    if hasFurtherPage {
      return unknown("\(files(found.map(\.file))): none found that matters, but the list has a further page")
    }
    return verdict(met)
  }

  /// The files that can be of the request's region and account, and of its resource where some are named for it.
  private func lists(for constraint: SnapshotConstraint) -> [Int] {
    let all = snapshots.indices.filter { snapshots[$0].kind == constraint.kind && mayBeHere($0) }
    guard let name = constraint.pathMember.flatMap({ parameter($0) }) else { return all }
    let named = all.filter { snapshots[$0].isFiled(under: name) }
    return named.isEmpty ? all : named
  }

  private func mayBeHere(_ index: Int) -> Bool {
    let snapshot = snapshots[index]
    if snapshot.items.isEmpty { return snapshot.isFiledFor(region: region, account: account) }
    return snapshot.items.contains { isHere(Resource(snapshot: index, item: $0)) != false }
  }

  /// What the entries of one file come to, where that is all there is.
  private mutating func judge(
    list index: Int, _ constraint: SnapshotConstraint
  ) -> (file: Int, finding: Finding, isAssumed: Bool) {
    let resources = snapshots[index].items.map { Resource(snapshot: index, item: $0) }
    let matches = resources.map { match($0, constraint.identity) }
    let matching = zip(resources, matches).filter { $0.1 == .yes || $0.1 == .assumed }
    let found = matching.map { (judge($0.0, constraint), $0.1) }
    if let unmet = found.first(where: { $0.0.state == .unmet }) {
      guard unmet.1 == .assumed else { return (index, unmet.0, false) }
      let remark = "\(unmet.0.evidence); \(files([index])) does not say whose it is"
      return (index, (.unmet, remark), true)
    }
    if let unknown = found.first(where: { $0.0.state == .unknown }) { return (index, unknown.0, false) }
    let isTold = constraint.pathMember.map { snapshots[index].isFiled(under: parameter($0) ?? "") } ?? true
    guard isTold else { return (index, (.unknown, "\(files([index])): does not say whose it is"), false) }
    if let place = unreadable(in: index, constraint.identity) {
      return (index, (.unknown, "\(files([index])): \(place) does not tell what it is"), false)
    }
    let nothing = "\(files([index])): lists no such \(constraint.kind.noun)"
    return (index, found.first?.0 ?? (.met, nothing), false)
  }

  // MARK: Counting

  /// Number of resources that satisfy a schema over `{parameters, snapshot}`, and why it may be more.
  private mutating func count(
    _ kind: SnapshotKind, _ schema: Schema, _ readings: [SnapshotConstraint.Reading]
  ) -> (count: Int, doubt: String?) {
    var count = 0
    var doubt: String?
    var seen: Set<[UInt8]> = []
    for resource in resources(of: kind) where isHere(resource) {
      // Pages may overlap.
      let snapshot = snapshots[resource.snapshot]
      guard seen.insert(snapshot.document.canonicalJSON(of: resource.item)).inserted else { continue }
      for case .open(let reason) in readings.map({ read($0, of: resource) }) { doubt = doubt ?? reason }
      var evaluator = SchemaEvaluator(combined(resource), budget: self.evaluator.budget)
      let holds = evaluator.holds(schema)
      self.evaluator.budget = evaluator.budget
      note(evaluator.unknown)
      doubt = doubt ?? evaluator.unknown?.reason
      if holds, evaluator.unknown == nil { count += 1 }
    }
    return (count, doubt)
  }

  private mutating func judgeCount(_ rule: Rule, _ constraint: SnapshotConstraint) -> SnapshotVerdict {
    let used = lists(for: constraint)
    guard !used.isEmpty else { return judgeAbsence(rule, constraint) }
    let limit = constraint.below ?? 0
    let (count, reason) = count(constraint.kind, constraint.assert, constraint.readings)
    let evidence = "\(files(used)): \(count) of \(limit)"
    if count >= limit { return verdict(rule, constraint, .unmet, evidence, used: used) }
    let isComplete = used.allSatisfy { snapshots[$0].isComplete && snapshots[$0].isList }
    let doubt = reason ?? (isComplete ? nil : "not everything is listed")
    guard let doubt else { return verdict(rule, constraint, .met, evidence, used: used) }
    return verdict(rule, constraint, .unknown, "\(evidence), but \(doubt)", used: used)
  }

  // MARK: Facts

  /// Whether an answer lacks a field that the rule reads, or is a list's summary where the whole answer is needed.
  private func isSilent(_ resource: Resource, _ constraint: SnapshotConstraint) -> Bool {
    let snapshot = snapshots[resource.snapshot]
    if constraint.needsWhole, snapshot.isList { return true }
    return constraint.readings.contains { reading in
      if case .oneOf(_, isOptional: true) = reading.expected { return false }
      return snapshot.document.follow(reading.field, from: resource.item).value == nil
    }
  }

  private mutating func judge(_ resource: Resource, _ constraint: SnapshotConstraint) -> Finding {
    let file = snapshots[resource.snapshot].file
    if constraint.needsWhole, snapshots[resource.snapshot].isList {
      return (.unknown, "\(file): a list shows no more than a summary of it")
    }
    var facts: [String] = []
    for reading in constraint.readings {
      switch read(reading, of: resource) {
      case .known(let fact): if let fact { facts.append(fact) }
      case .open(let reason): return (.unknown, "\(file): \(reason)")
      }
    }
    var evaluator = SchemaEvaluator(combined(resource), budget: self.evaluator.budget)
    let holds = evaluator.holds(constraint.assert)
    self.evaluator.budget = evaluator.budget
    if let undecided = evaluator.unknown {
      note(undecided)
      return (.unknown, "\(file): \(undecided.reason)")
    }
    let evidence = facts.joined(separator: ", ")
    guard !holds else { return (.met, "\(file): \(evidence)") }
    let operation = subject.operation
    let renderer = MessageRenderer(context: evaluator.context) { Self.isSensitive($0, operation) }
    return (.unmet, "\(file): \(renderer.render(constraint.message, at: nil)); \(evidence)")
  }

  private enum Fact {
    case known(String?)
    case open(String)
  }

  private func read(_ reading: SnapshotConstraint.Reading, of resource: Resource) -> Fact {
    let snapshot = snapshots[resource.snapshot]
    let document = snapshot.document
    let name = JSONPointer(snapshot.pointer(of: resource.item).tokens + reading.field.tokens).description
    let value = document.follow(reading.field, from: resource.item).value
    guard let value else {
      if case .oneOf(_, isOptional: true) = reading.expected { return .known(nil) }
      return .open("\(name) is absent")
    }
    func wrongType(_ wanted: String) -> Fact {
      .open("\(name) is \(document.noun(of: value)), not \(wanted)")
    }
    switch reading.expected {
    case .types(let types):
      guard !document.jsonTypes(of: value).isDisjoint(with: types) else { return wrongType(types.noun) }
      return .known("\(name) is \(shown(value, in: document, at: reading.field))")
    case .time:
      guard !document.jsonTypes(of: value).isDisjoint(with: [.number, .string]) else {
        return wrongType("a time")
      }
      guard let instant = document.time(at: value) else {
        return .open("\(name) is no time that can be read")
      }
      return .known("\(name) is \(instant.rfc3339)")
    case .oneOf(let known, _):
      guard document.jsonTypes(of: value) == .string else { return wrongType("a string") }
      let text = shown(value, in: document, at: reading.field)
      guard known.contains(document.string(of: value)) else {
        return .open("\(name) is \(text), a value that is not known here")
      }
      return .known("\(name) is \(text)")
    }
  }

  private func shown(_ value: NodeID, in document: Document, at field: JSONPointer) -> String {
    guard document[value].kind == .scalar else { return document.noun(of: value) }
    if Self.isSensitive(JSONPointer(["snapshot"] + field.tokens), subject.operation) {
      return redacted
    }
    return MessageRenderer.plain(document.string(of: value))
  }

  /// A field of a snapshot that has the name of a sensitive member is as secret as that.
  private static func isSensitive(_ pointer: JSONPointer, _ operation: Operation) -> Bool {
    let path = Array(pointer.tokens.dropFirst())
    guard pointer.tokens.first == "snapshot" else { return operation.masks(path) }
    return path.contains { operation.masks([$0]) }
  }

  // MARK: Words

  private func verdict(
    _ rule: Rule, _ constraint: SnapshotConstraint, _ state: SnapshotVerdict.State, _ evidence: String,
    used: [Int] = [], assumed: String? = nil
  ) -> SnapshotVerdict {
    SnapshotVerdict(
      rule: rule.id, severity: rule.description.severity,
      statement: constraint.statement.map { renderer.render($0, at: nil) }, state: state, evidence: evidence,
      // What holds, or may hold, needs no hint how to make it hold.
      hint: state == .unmet ? rule.hint.map { renderer.render($0, at: nil) } : nil, used: used,
      isDispensable: isDispensable(constraint.kind), assumed: assumed)
  }

  private func isDispensable(_ kind: SnapshotKind) -> Bool {
    kind.isSupplement && !snapshots.contains { $0.kind == kind }
  }

  private func files(_ places: [Int]) -> String {
    let names = Set(places.map { snapshots[$0].file }).sorted()
    return names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }

  /// The request's parameters and the resource as one instance.
  private mutating func combined(_ resource: Resource) -> EvaluationContext {
    let document = combined[resource] ?? joined(resource)
    combined[resource] = document
    return EvaluationContext(
      document: document, root: document.root, rootKey: ByteSpan(0, 0), now: context.now,
      facts: context.facts,
      limits: context.limits)
  }

  private func joined(_ resource: Resource) -> Document {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      writer.key("parameters")
      writer.copy(context.root, of: context.document)
      writer.key("snapshot")
      writer.copy(resource.item, of: snapshots[resource.snapshot].document)
    }
    // Both have kept the bounds of the run; together they may be a level deeper.
    guard case .document(let document) = readJSON(SourceText(writer.bytes), limits: .unbounded) else {
      preconditionFailure("a request and its snapshot are no JSON: \(writer.text)")
    }
    return document
  }
}
