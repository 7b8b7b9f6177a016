internal import Linting
internal import Syntax
internal import Verdicts

extension PlanDifference {
  /// Compares two plan files, matching requests by id.
  package init(from old: RecordedPlan, to new: RecordedPlan) {
    let before = Dictionary(old.requests.map { ($0.id, $0) }) { first, _ in first }
    let after = Dictionary(new.requests.map { ($0.id, $0) }) { first, _ in first }
    var entries: [Entry] = []
    for request in new.requests where before[request.id] == nil { entries.append(Entry(.added, request)) }
    for request in old.requests where after[request.id] == nil { entries.append(Entry(.removed, request)) }
    for request in new.requests {
      guard let known = before[request.id] else { continue }
      let comparison = ValueComparison(old: old.document, new: new.document)
      var entry = Entry(known, request, comparison)
      entry.add(known.readingChanges(to: request.readings, old.document, new.document, request.parameters))
      if entry.isDifferent || known.digest != request.digest { entries.append(entry) }
    }
    self.init(oldDigest: old.digest, newDigest: new.digest, entries: entries.sorted { $0.precedes($1) })
  }

  /// Compares the request files as they are now with a plan file.
  ///
  /// - Shape: verdict and risk are left out: they depend on the day, and are not what was signed off. Errors of the
  ///   model's checks are the file's own: a digest does not cover how a value is written, such as `1` or `"1"` for a key.
  package init(of recorded: RecordedPlan, against plan: Plan) {
    let after = Dictionary(plan.requests.map { ($0.id, $0) }) { first, _ in first }
    let before = Set(recorded.requests.map(\.id))
    var entries: [Entry] = []
    for request in plan.requests where !before.contains(request.id) {
      entries.append(
        Entry(
          kind: .added, id: request.id, file: request.file, service: request.service,
          operation: request.operation))
    }
    // A file that cannot be read may hold requests that nobody has reviewed.
    for finding in plan.findings
    where finding.severity == .error && !recorded.faultyFiles.contains(finding.file) {
      entries.append(
        Entry(
          kind: .added, id: "\(finding.file):\(finding.start.line)", file: finding.file, service: nil,
          operation: nil, notes: ["\(finding.rule): \(finding.message)"]))
    }
    for request in recorded.requests {
      guard let now = after[request.id] else {
        entries.append(
          Entry(
            kind: .removed, id: request.id, file: request.file, service: request.service,
            operation: request.operation))
        continue
      }
      let isSame = now.digest == request.digest
      let errors = now.newErrors(since: request)
      guard !isSame || !now.readings.isEmpty || !request.readings.isEmpty || !errors.isEmpty else { continue }
      guard case .document(let document) = readJSON(SourceText(now.parameters), limits: .unbounded) else {
        preconditionFailure("parameters of a plan are no JSON")
      }
      let comparison = ValueComparison(old: recorded.document, new: document)
      var entry = Entry(
        request,
        isSame
          ? []
          : comparison.changes(request.parameters, document.root, dynamic: (request.dynamic, now.dynamic)),
        isSame: isSame,
        hasMasked: comparison.hasMasked(request.parameters), file: now.file,
        service: now.service, operation: now.operation, region: now.region, account: now.account)
      let readings = Dictionary(now.readings.map { ($0.pointer, Optional($0.text)) }) { first, _ in first }
      entry.add(request.readingChanges(to: readings, recorded.document, document, document.root))
      entry.add(errors)
      if !isSame || !entry.changes.isEmpty { entries.append(entry) }
    }
    self.init(oldDigest: recorded.digest, newDigest: plan.digest, entries: entries.sorted { $0.precedes($1) })
  }
}

extension PlannedRequest {
  /// Errors that do not depend on the day, and that a plan did not list.
  fileprivate func newErrors(since recorded: RecordedPlan.Request) -> [PlanDifference.Change] {
    let rules = Set(self.findings.filter { $0.severity == .error && $0.suppression == nil }.map { $0.rule })
    return rules.sorted().compactMap { rule in
      guard let check = BuiltInCheck.check(rule), !check.traits.contains(.ofSuppression),
        recorded.facts["findings.\(rule)"] == nil
      else { return nil }
      return PlanDifference.Change(
        pointer: "findings.\(rule)", old: nil, new: jsonText(Severity.error.rawValue))
    }
  }
}

extension PlanDifference.Entry {
  fileprivate init(_ kind: Kind, _ request: RecordedPlan.Request) {
    self.init(
      kind: kind, id: request.id, file: request.file, service: request.service, operation: request.operation,
      oldVerdict: kind == .removed ? request.verdict : nil,
      newVerdict: kind == .added ? request.verdict : nil,
      oldRisk: kind == .removed ? request.risk : nil, newRisk: kind == .added ? request.risk : nil)
  }

  fileprivate init(_ old: RecordedPlan.Request, _ new: RecordedPlan.Request, _ comparison: ValueComparison) {
    let changes =
      Self.frameChanges(
        old, service: new.service, operation: new.operation, region: new.region, account: new.account)
      + comparison.changes(old.parameters, new.parameters, dynamic: (old.dynamic, new.dynamic))
      + Self.factChanges(old.facts, new.facts)
    self.init(
      kind: .changed, id: new.id, file: new.file, service: new.service, operation: new.operation,
      oldVerdict: old.verdict, newVerdict: new.verdict, oldRisk: old.risk, newRisk: new.risk,
      changes: changes,
      notes: Self.notes(
        changes.filter { $0.pointer.hasPrefix("/") }, isSame: old.digest == new.digest,
        hasMasked: comparison.hasMasked(old.parameters)))
  }

  fileprivate init(
    _ old: RecordedPlan.Request, _ changes: [PlanDifference.Change], isSame: Bool, hasMasked: Bool,
    file: String,
    service: String?, operation: String?, region: String?, account: String?
  ) {
    let all =
      Self.frameChanges(old, service: service, operation: operation, region: region, account: account)
      + changes
    self.init(
      kind: .changed, id: old.id, file: file, service: service, operation: operation, changes: all,
      notes: Self.notes(all, isSame: isSame, hasMasked: hasMasked))
  }

  /// Differences that no pointer shows: the digest covers sensitive values, but the plan masks them.
  private static func notes(
    _ changes: [PlanDifference.Change], isSame: Bool, hasMasked: Bool
  ) -> [String] {
    if isSame { return [] }
    if changes.isEmpty { return ["a sensitive value changed, which plans do not show"] }
    return hasMasked ? ["sensitive values, which plans do not show, may have changed too"] : []
  }

  private static func factChanges(
    _ old: [String: String], _ new: [String: String]
  ) -> [PlanDifference.Change] {
    Set(old.keys).union(new.keys).sorted().compactMap { name in
      old[name] == new[name] ? nil : PlanDifference.Change(pointer: name, old: old[name], new: new[name])
    }
  }

  private static func frameChanges(
    _ old: RecordedPlan.Request, service: String?, operation: String?, region: String?, account: String?
  ) -> [PlanDifference.Change] {
    let pairs = [
      ("service", old.service, service), ("operation", old.operation, operation),
      ("region", old.region, region), ("account", old.account, account),
    ]
    return pairs.compactMap { name, old, new in
      old == new ? nil : PlanDifference.Change(pointer: name, old: old.map(json), new: new.map(json))
    }
  }

  private static func json(_ text: String) -> String { jsonText(text) }

  /// Adds values that are equal to this program but that some other readers take differently.
  fileprivate mutating func add(_ readings: [PlanDifference.Change]) {
    let known = Set(changes.map(\.pointer))
    changes += readings.filter { !known.contains($0.pointer) }
  }

  fileprivate var isDifferent: Bool {
    !changes.isEmpty || oldVerdict != newVerdict || oldRisk != newRisk
  }

  /// Whether the entry comes first: changes of risk or verdict, then additions, removals and other changes.
  fileprivate func precedes(_ other: Self) -> Bool {
    (rank, id) < (other.rank, other.id)
  }

  private var rank: Int {
    switch kind {
    case .changed: oldVerdict != newVerdict || oldRisk != newRisk ? 0 : 3
    case .added: 1
    case .removed: 2
    }
  }
}

private func jsonText(_ text: String) -> String {
  var writer = JSONWriter(.compact)
  writer.value(text)
  return writer.text
}

extension RecordedPlan.Request {
  /// Values that some readers take otherwise than before, by pointer.
  ///
  /// - Shape: `old` and `new` are what readers make of a value, or the value itself where they agree.
  fileprivate func readingChanges(
    to readings: [String: String?], _ old: Document, _ new: Document, _ parameters: NodeID
  ) -> [PlanDifference.Change] {
    guard !readings.isEmpty || !self.readings.isEmpty else { return [] }
    func shown(_ reading: String??, _ document: Document, _ root: NodeID, _ pointer: String) -> String? {
      if let reading { return reading.map(jsonText) }
      guard let value = JSONPointer(parsing: pointer).flatMap({ document.follow($0, from: root).value })
      else {
        return nil
      }
      var writer = JSONWriter(.compact)
      writer.copy(value, of: document)
      return writer.text
    }
    return Set(readings.keys).union(self.readings.keys).sorted().compactMap { pointer in
      let (before, after) = (self.readings[pointer], readings[pointer])
      // A plan of an earlier version says that readers disagree, but not how.
      if let before, let after, before == nil || after == nil || before == after { return nil }
      return PlanDifference.Change(
        pointer: pointer, old: shown(before, old, self.parameters, pointer),
        new: shown(after, new, parameters, pointer))
    }
  }
}
