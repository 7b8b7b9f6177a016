package import Models
package import Syntax

/// An example that does not have the result that its rule states.
package struct RuleExampleFault: Sendable {
  package let origin: String
  package let position: Position
  package let message: String
}

/// Runs the examples of a rule: good ones must pass, bad ones must fail.
package func runExamples(of rule: Rule, in file: RuleFile, models: LoadedModels) -> [RuleExampleFault] {
  let lines = LineIndex(SourceText(file.bytes))
  return rule.examples.enumerated().compactMap { number, example in
    func fault(_ message: String) -> RuleExampleFault {
      RuleExampleFault(
        origin: file.origin, position: lines.position(of: example.span.start), message: message)
    }
    let subjects = example.requests.compactMap { subject(of: $0, example, rule, file, models) }
    guard subjects.count == example.requests.count, !subjects.isEmpty else {
      return fault("example names no operation of the rule")
    }
    switch verdict(of: rule, on: subjects, example) {
    case .holds: return example.isGood ? nil : fault("bad example passes")
    case .violated(let violations, _) where example.isGood:
      return fault("good example fails: \(violations.first?.message ?? "")")
    case .violated: return fixProblem(of: rule, file, example: number, models).map { fault($0) }
    case .notEvaluated(let reason): return fault("example cannot be evaluated: \(reason)")
    case .stopped(let limit): return fault("example cannot be evaluated: \(limit.reason)")
    }
  }
}

/// The problem with a rule's fix for a bad example; `nil` if the fixed example passes.
private func fixProblem(
  of rule: Rule, _ file: RuleFile, example number: Int, _ models: LoadedModels
) -> String? {
  guard rule.fix != nil else { return nil }
  var file = file
  var rule = rule
  // Edits that touch each other are applied in separate rounds.
  for round in 0..<20 {
    let example = rule.examples[number]
    guard let subject = subject(of: example.requests[0], example, rule, file, models) else { break }
    var run = RuleRun(subject, now: example.now, limits: Limits())
    if round == 0, let fix = rule.fix, !run.applies(fix) { return nil }
    guard case .violated(let violations, _) = run.judge(rule) else { return nil }
    var edits = EditSet()
    for repair in violations.compactMap(\.repair) { _ = edits.insert(repair.edits) }
    guard !edits.edits.isEmpty else { break }
    let text = SourceText(file.bytes).applying(edits.edits)
    file = RuleFile(id: file.id, origin: file.origin, bytes: text.bytes)
    guard let fixed = RuleLoader.load(file).rule,
      fixed.examples.count > number
    else { return "fix breaks the bad example" }
    rule = fixed
  }
  return "fix leaves the bad example as bad as it is"
}

private func verdict(of rule: Rule, on subjects: [RuleSubject], _ example: RuleExample) -> RuleVerdict {
  func violated(_ message: String) -> RuleVerdict {
    .violated(
      [
        RuleViolation(span: example.span, pointer: JSONPointer(), message: message, hint: nil, repair: nil)
      ], limit: nil)
  }
  switch rule.judgement {
  case .request:
    var run = RuleRun(subjects[0], now: example.now, limits: Limits())
    return run.judge(rule)
  case .batch:
    guard let snapshots = snapshots(of: example) else { return .notEvaluated(reason: "its snapshot is none") }
    let state = SavedState(snapshots)
    var runs = subjects.map { SnapshotRun($0, state, example) }
    let entries = runs.indices.map { index in
      BatchRun.entries(
        of: &runs[index], rules: PlacedRule.those(of: [rule], for: subjects[index].operation.id))
    }
    if let limit = runs.indices.lazy.compactMap({ runs[$0].takeStop() }).first { return .stopped(limit) }
    let verdicts = BatchRun.judge(entries, rules: [rule]) { rule, place in runs[place].existing(rule) }
    return verdicts.first.map { violated($0.message) } ?? .holds
  case .snapshot:
    guard let snapshots = snapshots(of: example), !snapshots.isEmpty else {
      return .notEvaluated(reason: "the example has no snapshot")
    }
    var run = SnapshotRun(subjects[0], SavedState(snapshots), example)
    guard let verdict = run.judge(rule) else { return .holds }
    if let limit = run.takeStop() { return .stopped(limit) }
    switch verdict.state {
    case .met: return .holds
    case .unmet: return violated(verdict.evidence)
    case .unknown: return .notEvaluated(reason: verdict.evidence)
    }
  }
}

/// The saved answers of an example; `nil` if one of them is not a snapshot.
private func snapshots(of example: RuleExample) -> [Snapshot]? {
  guard let node = example.snapshot else { return [] }
  let isList = example.document[node].kind == .sequence
  let answers = isList ? Array(example.document.items(of: node)) : [node]
  let snapshots = answers.compactMap { answer in
    var writer = JSONWriter(.compact)
    writer.copy(answer, of: example.document)
    return try? Snapshot(
      file: example.file ?? "example.json", text: SourceText(writer.bytes), savedAt: nil, limits: Limits())
  }
  return snapshots.count == answers.count ? snapshots : nil
}

extension SnapshotRun {
  fileprivate init(_ subject: RuleSubject, _ state: SavedState, _ example: RuleExample) {
    self.init(
      subject, state: state, region: subject.declared("region"), account: subject.declared("account"),
      now: example.now, limits: Limits())
  }
}

private func subject(
  of request: RuleExample.Request, _ example: RuleExample, _ rule: Rule, _ file: RuleFile,
  _ models: LoadedModels
) -> RuleSubject? {
  guard let operation = operation(of: request, rule, models: models) else { return nil }
  var declared: [(name: String, text: String, span: ByteSpan)] = []
  if let region = request.region { declared.append(("region", region, example.span)) }
  if let account = request.account { declared.append(("account", account, example.span)) }
  return RuleSubject(
    document: example.document, parameters: request.parameters, parametersKey: example.span,
    operation: operation, declared: declared, file: file.origin)
}

/// The operation of a request: its own, else the first that the rule names.
private func operation(
  of request: RuleExample.Request, _ rule: Rule, models: LoadedModels
) -> Operation? {
  if let id = request.operation {
    guard rule.isFor(id) else { return nil }
    return models.canonicalName(id).flatMap { try? models.operation($0) }
  }
  for pattern in rule.description.operations {
    guard let service = pattern.service ?? models.catalog.serviceNames.first else { continue }
    guard let name = pattern.operation ?? models.service(service)?.operationNames.first else {
      continue
    }
    let written = OperationID(service: service, operation: name)
    if let id = models.canonicalName(written), let operation = try? models.operation(id) {
      return operation
    }
  }
  return nil
}
