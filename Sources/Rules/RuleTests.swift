public import Models
public import Syntax

/// An example of a rule that does not come out as the rule says.
public struct RuleExampleFault: Sendable {
  public let origin: String
  public let position: Position
  public let message: String
}

/// Runs the examples of a rule: a good one must pass, a bad one must not.
public func runExamples(of rule: Rule, in file: RuleFile, models: inout LoadedModels) -> [RuleExampleFault] {
  let lines = LineIndex(SourceText(file.bytes))
  return rule.examples.compactMap { example in
    func fault(_ message: String) -> RuleExampleFault {
      RuleExampleFault(
        origin: file.origin, position: lines.position(of: example.span.start), message: message)
    }
    guard let operation = operation(of: example, rule, models: &models) else {
      return fault("example names no operation of the rule")
    }
    var declared: [(name: String, text: String, span: ByteSpan)] = []
    if let region = example.region { declared.append(("region", region, example.span)) }
    if let account = example.account { declared.append(("account", account, example.span)) }
    let subject = RuleSubject(
      document: example.document, parameters: example.parameters, parametersKey: example.span,
      operation: operation,
      declared: declared, file: file.origin)
    var run = RuleRun(subject, now: example.now, limits: Limits())
    switch run.judge(rule) {
    case .holds: return example.isGood ? nil : fault("bad example passes")
    case .violated(let violations):
      return example.isGood ? fault("good example fails: \(violations.first?.message ?? "")") : nil
    case .notEvaluated(let reason): return fault("example cannot be evaluated: \(reason)")
    }
  }
}

/// The operation that an example is for: its own, else the first that the rule names.
private func operation(of example: RuleExample, _ rule: Rule, models: inout LoadedModels) -> Operation? {
  if let id = example.operation {
    guard rule.description.operations.contains(where: { $0.matches(id) }) else { return nil }
    return (try? models.canonicalName(id)).flatMap { try? models.operation($0) }
  }
  for pattern in rule.description.operations {
    guard let service = pattern.service ?? models.catalog.serviceNames.first else { continue }
    guard let name = pattern.operation ?? (try? models.service(service))?.operationNames.first else {
      continue
    }
    let written = OperationID(service: service, operation: name)
    if let id = try? models.canonicalName(written), let operation = try? models.operation(id) {
      return operation
    }
  }
  return nil
}
