internal import Models
public import Syntax

/// Judges one request by saved answers of describe calls.
public struct SnapshotRun {
  /// A resource of one of the snapshots.
  private struct Resource: Hashable {
    let snapshot: Int
    let item: NodeID
  }

  /// Whether a resource is the request's.
  private enum Match { case yes, no, assumed }

  private let subject: RuleSubject
  private let snapshots: [Snapshot]
  private let region: String?
  private let account: String?
  private let now: Instant
  private let limits: Limits
  private let context: EvaluationContext
  private var conditions: SchemaEvaluator
  private var combined: [Resource: Document] = [:]

  /// - Parameters:
  ///   - snapshots: all of the run.
  ///   - region, account: where the request goes, as far as anything says so.
  public init(
    _ subject: RuleSubject, snapshots: [Snapshot], region: String?, account: String?, now: Instant,
    limits: Limits
  ) {
    self.subject = subject
    self.snapshots = snapshots
    self.region = region
    self.account = account
    self.now = now
    self.limits = limits
    context = EvaluationContext(
      document: subject.document, root: subject.document.resolve(subject.parameters),
      rootKey: subject.parametersKey, now: now, facts: subject.facts, limits: limits)
    conditions = SchemaEvaluator(context)
  }

  /// What a rule says; `nil` where it does not apply to the request.
  public mutating func judge(_ rule: Rule) -> SnapshotVerdict? {
    guard case .snapshot(let constraint) = rule.judgement else { return nil }
    if let when = rule.when {
      guard conditions.holds(when) else { return nil }
      if let reason = conditions.unknown { return verdict(rule, constraint, .unknown, reason) }
    }
    return constraint.below == nil ? judgeOne(rule, constraint) : judgeCount(rule, constraint)
  }

  /// The value of a field of the request's resource, and where it was read; `nil` where nothing tells it.
  mutating func value(of field: SnapshotField) -> (text: String, evidence: String)? {
    let values = places(of: field).compactMap { resource, node -> (text: String, evidence: String)? in
      let document = snapshots[resource.snapshot].document
      guard document[node].kind == .scalar, document.scalarType(of: node) != .null else { return nil }
      return (document.string(of: node), place(field.field, of: resource))
    }
    guard let first = values.first, values.allSatisfy({ $0.text == first.text }) else { return nil }
    return first
  }

  /// Minutes since midnight that a field of the request's resource says as `{Hours, Minutes}`.
  mutating func minuteOfDay(of field: SnapshotField) -> Int? {
    let minutes = places(of: field).map { snapshots[$0.snapshot].document.minuteOfDay(at: $1) }
    return minutes.first.flatMap { first in minutes.allSatisfy { $0 == first } ? first : nil }
  }

  private mutating func places(of field: SnapshotField) -> [(Resource, NodeID)] {
    var places: [(Resource, NodeID)] = []
    for resource in resources(of: field.kind) where match(resource, field.identity) == .yes {
      let document = snapshots[resource.snapshot].document
      document.follow(field.field, from: resource.item).value.map { places.append((resource, $0)) }
    }
    return places
  }

  // MARK: One resource

  private mutating func judgeOne(_ rule: Rule, _ constraint: SnapshotConstraint) -> SnapshotVerdict {
    let candidates = resources(of: constraint.kind)
    let files = snapshots.filter { $0.kind == constraint.kind }
    guard !files.isEmpty else { return verdict(rule, constraint, .unknown, "no snapshot of it was given") }
    var matching: [(resource: Resource, match: Match)] = []
    for resource in candidates {
      let match = match(resource, constraint.identity)
      if match != .no { matching.append((resource, match)) }
    }
    // A snapshot that names the resource is better than one that is only taken for its.
    if matching.contains(where: { $0.match == .yes }) { matching.removeAll { $0.match == .assumed } }
    guard !matching.isEmpty else { return judgeAbsence(rule, constraint, files) }
    var found: [(state: SnapshotVerdict.State, evidence: String)] = []
    for item in matching { found.append(judge(item.resource, rule, constraint)) }
    let used = Array(Set(matching.map(\.resource.snapshot))).sorted()
    let isAssumed = matching.contains { $0.match == .assumed }
    let (state, evidence) = summary(of: found, isList: constraint.kind.listsAll)
    guard isAssumed else { return verdict(rule, constraint, state, evidence, used: used) }
    let names = used.map { snapshots[$0].file }.joined(separator: ", ")
    let remark = "\(evidence); \(names) does not say whose it is"
    return verdict(
      rule, constraint, state == .met ? .unknown : state, remark, used: used,
      assumed: identityText(constraint))
  }

  /// What several resources, or several files about one, come to.
  private func summary(
    of found: [(state: SnapshotVerdict.State, evidence: String)], isList: Bool
  ) -> (SnapshotVerdict.State, String) {
    let unmet = found.filter { $0.state == .unmet }
    let unknown = found.filter { $0.state == .unknown }
    // Of several entries of a list, one that fails is enough; of several files about one resource it is not.
    if let first = unmet.first, isList || unmet.count == found.count { return first }
    if unmet.isEmpty { return unknown.first ?? found[0] }
    let evidence = Set(found.map(\.evidence)).sorted().joined(separator: ", but ")
    return (.unknown, "snapshots contradict each other: \(evidence)")
  }

  private func judgeAbsence(
    _ rule: Rule, _ constraint: SnapshotConstraint, _ files: [Snapshot]
  ) -> SnapshotVerdict {
    let names = Set(files.map(\.file)).sorted()
    let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
    guard constraint.kind.listsAll else {
      return verdict(rule, constraint, .unknown, "\(shown): of another \(constraint.noun), region or account")
    }
    if constraint.hasPathIdentity {
      return verdict(rule, constraint, .unknown, "\(shown): does not say which resource it is of")
    }
    guard files.allSatisfy(\.isComplete) else {
      return verdict(rule, constraint, .unknown, "\(shown): not found, but the list has a further page")
    }
    return verdict(rule, constraint, .met, "\(shown): lists no such \(constraint.noun)")
  }

  private mutating func judge(
    _ resource: Resource, _ rule: Rule, _ constraint: SnapshotConstraint
  ) -> (state: SnapshotVerdict.State, evidence: String) {
    let document = snapshots[resource.snapshot].document
    var facts: [String] = []
    for reading in constraint.readings {
      let name = place(reading.field, of: resource)
      guard let value = document.follow(reading.field, from: resource.item).value else {
        return (.unknown, "\(name) is absent")
      }
      guard !document.jsonTypes(of: value).isDisjoint(with: reading.types) else {
        return (.unknown, "\(name) is \(document.noun(of: value)), not \(reading.types.noun)")
      }
      facts.append("\(name) is \(shown(value, in: document, at: reading.field))")
    }
    let combined = combined(resource)
    let context = EvaluationContext(
      document: combined, root: combined.root, rootKey: ByteSpan(0, 0), now: now, facts: subject.facts,
      limits: limits)
    var evaluator = SchemaEvaluator(context)
    let holds = evaluator.holds(constraint.assert)
    if let reason = evaluator.unknown { return (.unknown, "\(snapshots[resource.snapshot].file): \(reason)") }
    guard !holds else { return (.met, facts.joined(separator: ", ")) }
    let operation = subject.operation
    let renderer = MessageRenderer(context: context) { Self.isSensitive($0, operation) }
    return (.unmet, "\(snapshots[resource.snapshot].file): \(renderer.render(constraint.message, at: nil))")
  }

  // MARK: Counting

  /// Number of resources that satisfy a schema over `{parameters, snapshot}`, and whether all were listed.
  mutating func count(_ kind: SnapshotKind, _ schema: Schema) -> (count: Int, isComplete: Bool, used: [Int]) {
    var count = 0
    var seen: Set<[UInt8]> = []
    for resource in resources(of: kind) where isHere(resource) {
      // Pages may overlap.
      let snapshot = snapshots[resource.snapshot]
      guard seen.insert(snapshot.document.canonicalJSON(of: resource.item)).inserted else { continue }
      let combined = combined(resource)
      var evaluator = SchemaEvaluator(
        EvaluationContext(
          document: combined, root: combined.root, rootKey: ByteSpan(0, 0), now: now, facts: subject.facts,
          limits: limits))
      if evaluator.holds(schema), evaluator.unknown == nil { count += 1 }
    }
    let used = snapshots.indices.filter { snapshots[$0].kind == kind }
    return (count, used.allSatisfy { snapshots[$0].isComplete }, used)
  }

  /// Number of resources that a batch rule counts beside the batch; 0 where no snapshot was given.
  public mutating func existingCount(for rule: Rule) -> Int {
    guard case .batch(let batch) = rule.judgement, let existing = batch.existing else { return 0 }
    return count(existing.kind, existing.counted).count
  }

  private mutating func judgeCount(_ rule: Rule, _ constraint: SnapshotConstraint) -> SnapshotVerdict {
    let limit = constraint.below ?? 0
    let (count, isComplete, used) = count(constraint.kind, constraint.assert)
    guard !used.isEmpty else { return verdict(rule, constraint, .unknown, "no snapshot of it was given") }
    let files = used.map { snapshots[$0].file }.joined(separator: ", ")
    let evidence = "\(files): \(count) of \(limit)"
    if count >= limit { return verdict(rule, constraint, .unmet, evidence, used: used) }
    return isComplete
      ? verdict(rule, constraint, .met, evidence, used: used)
      : verdict(rule, constraint, .unknown, "\(evidence), but the list has a further page", used: used)
  }

  // MARK: Whose it is

  private func resources(of kind: SnapshotKind) -> [Resource] {
    snapshots.indices.filter { snapshots[$0].kind == kind }.flatMap { index in
      snapshots[index].items.map { Resource(snapshot: index, item: $0) }
    }
  }

  /// Whether a resource can be in the request's region and account.
  private func isHere(_ resource: Resource) -> Bool {
    guard let owner = snapshots[resource.snapshot].owner(of: resource.item) else { return true }
    return (region == nil || owner.region.isEmpty || owner.region == region)
      && (account == nil || owner.account.isEmpty || owner.account == account)
  }

  private mutating func match(_ resource: Resource, _ identity: [SnapshotConstraint.Identity]) -> Match {
    guard isHere(resource) else { return .no }
    let document = snapshots[resource.snapshot].document
    var isAssumed = false
    for part in identity {
      let value = document.follow(part.field, from: resource.item).value.map { document.string(of: $0) }
      switch part.origin {
      case .parameter(let pointer): if value != parameter(pointer) { return .no }
      case .path(let pointer):
        let name = parameter(pointer) ?? ""
        if !snapshots[resource.snapshot].isFiled(under: name) { isAssumed = true }
      case .snapshots(let fields):
        var told: String?
        for field in fields where told == nil { told = self.value(of: field)?.text }
        if let told { if value != told { return .no } } else { isAssumed = true }
      }
    }
    return isAssumed ? .assumed : .yes
  }

  private func parameter(_ pointer: JSONPointer) -> String? {
    context.document.follow(pointer, from: context.root).value.map { context.document.string(of: $0) }
  }

  /// The request's values by which its resource is told.
  private func identityText(_ constraint: SnapshotConstraint) -> String {
    constraint.identity.map { part in
      switch part.origin {
      case .parameter(let pointer), .path(let pointer): parameter(pointer) ?? ""
      case .snapshots: parameter(JSONPointer(["serviceName"])) ?? ""
      }
    }.joined(separator: "/")
  }

  // MARK: Words

  private func verdict(
    _ rule: Rule, _ constraint: SnapshotConstraint, _ state: SnapshotVerdict.State, _ evidence: String,
    used: [Int] = [], assumed: String? = nil
  ) -> SnapshotVerdict {
    let renderer = MessageRenderer(context: context, operation: subject.operation)
    return SnapshotVerdict(
      rule: rule.id, severity: rule.description.severity,
      statement: constraint.statement.map { renderer.render($0, at: nil) }, state: state, evidence: evidence,
      hint: rule.hint.map { renderer.render($0, at: nil) }, used: used, assumed: assumed)
  }

  private func place(_ field: JSONPointer, of resource: Resource) -> String {
    let snapshot = snapshots[resource.snapshot]
    return "\(snapshot.file): \(JSONPointer(snapshot.pointer(of: resource.item).tokens + field.tokens))"
  }

  private func shown(_ value: NodeID, in document: Document, at field: JSONPointer) -> String {
    guard document[value].kind == .scalar else { return document.noun(of: value) }
    if Self.isSensitive(JSONPointer(["snapshot"] + field.tokens), subject.operation) {
      return redacted
    }
    let text = document.string(of: value)
    return document.scalarType(of: value) == .string ? MessageRenderer.plain(text) : text
  }

  /// A field of a snapshot that has the name of a sensitive member is as secret as that.
  private static func isSensitive(_ pointer: JSONPointer, _ operation: Operation) -> Bool {
    let path = Array(pointer.tokens.dropFirst())
    guard pointer.tokens.first == "snapshot" else { return operation.isSensitive(path) }
    return path.contains { operation.isSensitive([$0]) }
  }

  /// The request's parameters and the resource as one instance.
  private mutating func combined(_ resource: Resource) -> Document {
    if let known = combined[resource] { return known }
    var writer = JSONWriter(.compact)
    writer.object { writer in
      writer.key("parameters")
      writer.copy(context.root, of: context.document)
      writer.key("snapshot")
      writer.copy(resource.item, of: snapshots[resource.snapshot].document)
    }
    guard case .document(let document) = readJSON(SourceText(writer.bytes), limits: Limits()) else {
      preconditionFailure("a request and its snapshot are no JSON: \(writer.text)")
    }
    combined[resource] = document
    return document
  }
}
