internal import Models
package import Syntax

/// Judges one request by saved answers of describe calls.
package struct SnapshotRun {
  typealias Resource = SavedState.Resource

  private static let noSnapshot = "no snapshot of it was given"

  /// The result for one resource, or for one file.
  typealias Finding = (state: SnapshotVerdict.State, evidence: String)

  let subject: RuleSubject
  let state: SavedState
  let region: String?
  let account: String?
  let context: EvaluationContext
  let renderer: MessageRenderer
  /// Shared by all checks of the request alone.
  var evaluator: SchemaEvaluator
  var combined: [Resource: Document] = [:]

  private var target: SavedState.Target {
    SavedState.Target(operation: subject.operation.id, region: region, account: account)
  }

  /// Why an evaluation ended early since the last call of `takeStop()`; the first reason counts.
  private var stopped: EvaluationLimit?

  /// - Parameters:
  ///   - state: the snapshots of the run.
  ///   - region, account: where the request goes, as far as known.
  ///   - budget: of the request; `nil` for the budget of a small request.
  package init(
    _ subject: RuleSubject, state: SavedState, region: String?, account: String?, now: Instant,
    limits: Limits, budget: RuleBudget? = nil
  ) {
    self.subject = subject
    self.state = state
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

  mutating func note(_ undecided: Undecided?) { stopped = stopped ?? undecided?.limit }

  /// Why an evaluation ended early since the last call; `nil` if none did.
  package mutating func takeStop() -> EvaluationLimit? {
    defer { stopped = nil }
    return stopped
  }

  /// Whether the request certainly satisfies a schema; records an exhausted budget.
  mutating func definitelyHolds(_ schema: Schema) -> Bool {
    let holds = evaluator.holds(schema)
    if holds { note(evaluator.unknown) }
    return holds && evaluator.unknown == nil
  }

  /// A rule's verdict; `nil` if the rule does not apply to the request.
  package mutating func judge(_ rule: Rule) -> SnapshotVerdict? {
    guard case .snapshot(let constraint) = rule.judgement else { return nil }
    if let when = rule.when {
      guard evaluator.holds(when) else { return nil }
      if let undecided = evaluator.unknown {
        note(undecided)
        return verdict(rule, constraint, .unknown, undecided.reason)
      }
    }
    guard !state.all(of: constraint.kind).isEmpty else {
      return verdict(rule, constraint, .unknown, Self.noSnapshot)
    }
    if isElsewhereUnknown || isUnknown(constraint.identity) {
      return verdict(rule, constraint, .unknown, "what the request is for is known at run time only")
    }
    if constraint.below != nil { return judgeCount(rule, constraint) }
    return constraint.kind.isListed ? judgeList(rule, constraint) : judgeOne(rule, constraint)
  }

  /// What a batch rule counts in addition to the batch, in this request's region and account.
  ///
  /// The result is a lower bound if a list is incomplete.
  package mutating func existing(_ rule: Rule) -> Int {
    guard case .batch(let batch) = rule.judgement, let existing = batch.existing else { return 0 }
    return tally(existing.kind, existing.counted, []).count
  }

  // MARK: One resource

  private mutating func judgeOne(_ rule: Rule, _ constraint: SnapshotConstraint) -> SnapshotVerdict {
    // A snapshot that names the resource is preferred to one that is only assumed to describe it.
    let (sure, assumed) = resources(of: constraint.kind, names(of: constraint.identity))
    let isAssumed = sure.isEmpty
    let matching = isAssumed ? assumed : sure
    guard !matching.isEmpty else { return judgeAbsence(rule, constraint) }
    guard matching.count <= Self.mostAnswers else {
      let used = Array(Set(matching.map(\.snapshot))).sorted()
      return verdict(
        rule, constraint, .unknown,
        "\(state.files(used)): more than \(Self.mostAnswers) answers are about it",
        used: used)
    }
    // An answer that does not show the facts contradicts no other one.
    let telling = matching.filter { !isSilent($0, constraint) }
    let judged = telling.isEmpty ? matching : telling
    let found = judged.map { judge($0, constraint) }
    let used = Array(Set(judged.map(\.snapshot))).sorted()
    let (state, evidence) = Self.summary(of: found)
    guard isAssumed else { return verdict(rule, constraint, state, evidence, used: used) }
    return verdict(
      rule, constraint, state == .met ? .unknown : state,
      "\(evidence); \(self.state.files(used)) does not say whose it is", used: used,
      assumed: identityText(constraint.identity))
  }

  /// Combines the results of several files about one resource.
  private static func summary(of found: [Finding]) -> Finding {
    let states = Set(found.map(\.state))
    if states.count == 1 { return found[0] }
    if let unknown = found.first(where: { $0.state == .unknown }), !states.contains(.unmet) { return unknown }
    return (.unknown, "snapshots contradict each other: \(contradiction(found.map(\.evidence)))")
  }

  /// Describes contradicting evidence; only the first items if there are many.
  private static func contradiction(_ evidence: [String]) -> String {
    let all = Set(evidence).sorted()
    return all.prefix(3).joined(separator: ", but ") + (all.count > 3 ? ", …" : "")
  }

  private func judgeAbsence(_ rule: Rule, _ constraint: SnapshotConstraint) -> SnapshotVerdict {
    verdict(
      rule, constraint, .unknown,
      "\(state.files(of: constraint.kind)): of another \(constraint.kind.noun), region or account")
  }

  // MARK: Lists

  /// Judges list snapshots.
  ///
  /// Only a complete list proves that nothing blocks the request.
  private mutating func judgeList(_ rule: Rule, _ constraint: SnapshotConstraint) -> SnapshotVerdict {
    let names = names(of: constraint.identity)
    let found = lists(for: constraint).map { judge(list: $0, constraint, names) }
    guard !found.isEmpty else { return judgeAbsence(rule, constraint) }
    let hasFurtherPage = found.contains { !state.snapshots[$0.file].isComplete }
    let unmet = found.filter { $0.finding.state == .unmet }
    let met = found.filter { $0.finding.state == .met && state.snapshots[$0.file].isList }
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
      let evidence = Self.contradiction([sure, other].map(\.finding.evidence))
      return unknown("snapshots contradict each other: \(evidence)")
    }
    if let open = found.first(where: { $0.finding.state == .unknown }) { return verdict([open]) }
    guard !met.isEmpty else {
      return unknown("\(state.files(found.map(\.file))): no list of every \(constraint.kind.noun)")
    }
    if hasFurtherPage {
      return unknown(
        "\(state.files(found.map(\.file))): none found that matters, but the list has a further page")
    }
    return verdict(met)
  }

  /// The files that may be in the request's region and account, and about its resource if some are named after it.
  private func lists(for constraint: SnapshotConstraint) -> [Int] {
    let all = state.all(of: constraint.kind, region: region, account: account)
    guard let name = constraint.pathMember.flatMap({ parameter($0) }) else { return all }
    let named = Set(state.filed(under: name, of: constraint.kind))
    let ours = named.isEmpty ? [] : all.filter { named.contains($0) }
    return ours.isEmpty ? all : ours
  }

  /// Judges the entries of one file by themselves.
  private mutating func judge(
    list index: Int, _ constraint: SnapshotConstraint, _ names: ResourceNames
  ) -> (file: Int, finding: Finding, isAssumed: Bool) {
    let file = state.files([index])
    switch outcome(list: index, constraint, names) {
    case .unmet(let resource, let facts, let isAssumed):
      let finding = finding(.unmet(facts), of: resource, constraint)
      guard isAssumed else { return (index, finding, false) }
      return (index, (.unmet, "\(finding.evidence); \(file) does not say whose it is"), true)
    case .unknown(let resource, let outcome):
      return (index, finding(outcome, of: resource, constraint), false)
    case .met(let met):
      let isTold =
        constraint.pathMember.map { state.snapshots[index].isFiled(under: parameter($0) ?? "") } ?? true
      guard isTold else { return (index, (.unknown, "\(file): does not say whose it is"), false) }
      let fields = constraint.identity.compactMap { part in
        if case .field(let field, _) = part { field } else { nil }
      }
      if let place = state.unreadable(in: index, fields: fields) {
        return (index, (.unknown, "\(file): \(place) does not tell what it is"), false)
      }
      guard let (resource, facts) = met else {
        return (index, (.met, "\(file): lists no such \(constraint.kind.noun)"), false)
      }
      return (index, finding(.met(facts), of: resource, constraint), false)
    }
  }

  /// The result for the entries of one file; computed once for all requests with the same inputs.
  private mutating func outcome(
    list index: Int, _ constraint: SnapshotConstraint, _ names: ResourceNames
  ) -> SavedState.ListOutcome {
    let isSure = isSure(index, names)
    let key = SavedState.ListKey(
      constraint: ObjectIdentifier(constraint), target: target, snapshot: index, names: names.withoutPaths,
      isSure: isSure)
    let outcome = state.outcomes[key] ?? outcome(of: key, constraint, names)
    if case .unknown(_, .undecided(let undecided)) = outcome { note(undecided) }
    return outcome
  }

  private mutating func outcome(
    of key: SavedState.ListKey, _ constraint: SnapshotConstraint, _ names: ResourceNames
  ) -> SavedState.ListOutcome {
    let isNamed = names.isNamed || names.isAssumed
    let matching = state.resources(of: constraint.kind, by: names.fields, names.values)
      .filter { $0.snapshot == key.snapshot && isNamed && isHere($0) }
    let budget = budget(for: constraint.assert, size: state.snapshots[key.snapshot].size)
    var open: SavedState.ListOutcome?
    var met: (SavedState.Resource, [String])?
    for resource in matching {
      switch outcome(of: resource, constraint, budget) {
      case .unmet(let facts):
        let unmet = SavedState.ListOutcome.unmet(resource, facts, isAssumed: !key.isSure)
        remember(unmet, key, constraint.assert)
        return unmet
      case .met(let facts): met = met ?? (resource, facts)
      case let outcome: open = open ?? .unknown(resource, outcome)
      }
    }
    let result = open ?? .met(met)
    remember(result, key, constraint.assert)
    return result
  }

  private mutating func remember(
    _ outcome: SavedState.ListOutcome, _ key: SavedState.ListKey, _ assertion: SnapshotAssertion
  ) {
    if !assertion.readsRequest { state.outcomes[key] = outcome }
  }

  /// The budget for an assertion: the request's own if it reads the request, else the same for all assertions.
  private func budget(for assertion: SnapshotAssertion, size: Int) -> RuleBudget {
    assertion.readsRequest ? evaluator.budget : RuleBudget(context.limits, size: size)
  }

  // MARK: Counting

  /// The number of resources that satisfy an assertion; computed once for all requests with the same inputs.
  private mutating func tally(
    _ kind: SnapshotKind, _ assertion: SnapshotAssertion, _ readings: [SnapshotConstraint.Reading]
  ) -> SavedState.Tally {
    let key = SavedState.TallyKey(schema: ObjectIdentifier(assertion.schema), target: target)
    if let known = state.tallies[key] {
      note(known.undecided)
      return known
    }
    let resources = state.resources(of: kind).filter { isHere($0) }
    let size = state.all(of: kind).reduce(0) { $0 + state.snapshots[$1].size }
    let budget = budget(for: assertion, size: size)
    var tally = SavedState.Tally()
    var seen: Set<[UInt8]> = []
    for resource in resources {
      // Pages may overlap.
      let document = state.snapshots[resource.snapshot].document
      guard seen.insert(document.canonicalJSON(of: resource.item)).inserted else { continue }
      for case .open(let reason) in readings.map({ read($0, of: resource) }) {
        tally.doubt = tally.doubt ?? reason
      }
      let (holds, undecided) = holds(assertion, of: resource, budget)
      tally.undecided = tally.undecided ?? undecided
      tally.doubt = tally.doubt ?? undecided?.reason
      if holds, undecided == nil { tally.count += 1 }
    }
    note(tally.undecided)
    if !assertion.readsRequest { state.tallies[key] = tally }
    return tally
  }

  private mutating func judgeCount(_ rule: Rule, _ constraint: SnapshotConstraint) -> SnapshotVerdict {
    let used = lists(for: constraint)
    guard !used.isEmpty else { return judgeAbsence(rule, constraint) }
    let limit = constraint.below ?? 0
    let tally = tally(constraint.kind, constraint.assert, constraint.readings)
    let evidence = "\(state.files(used)): \(tally.count) of \(limit)"
    if tally.count >= limit { return verdict(rule, constraint, .unmet, evidence, used: used) }
    let isComplete = used.allSatisfy { state.snapshots[$0].isComplete && state.snapshots[$0].isList }
    let doubt = tally.doubt ?? (isComplete ? nil : "not everything is listed")
    guard let doubt else { return verdict(rule, constraint, .met, evidence, used: used) }
    return verdict(rule, constraint, .unknown, "\(evidence), but \(doubt)", used: used)
  }

  // MARK: Words

  private func verdict(
    _ rule: Rule, _ constraint: SnapshotConstraint, _ state: SnapshotVerdict.State, _ evidence: String,
    used: [Int] = [], assumed: String? = nil
  ) -> SnapshotVerdict {
    SnapshotVerdict(
      rule: rule.id, severity: rule.description.severity,
      statement: constraint.statement.map { renderer.render($0, at: nil) }, state: state, evidence: evidence,
      // A condition that holds, or may hold, needs no hint.
      hint: state == .unmet ? rule.hint.map { renderer.render($0, at: nil) } : nil, used: used,
      isDispensable: isDispensable(constraint.kind), assumed: assumed)
  }

  private func isDispensable(_ kind: SnapshotKind) -> Bool {
    kind.isSupplement && state.all(of: kind).isEmpty
  }
}
