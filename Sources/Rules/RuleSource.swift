package import Models
package import Syntax
package import Verdicts

/// The source of a rule about one request, for other programs to judge by.
package struct RuleSource: Sendable {
  package let description: RuleDescription
  package let document: Document
  /// JSON Schema in that document; if `nil`, every request is judged.
  package let when: NodeID?
  /// JSON Schema in that document.
  package let assert: NodeID
  /// Whether a request without any parameters violates the rule.
  package let refusesNothing: Bool
}

extension RuleBook {
  /// The sources of the rules about one request of an operation that are severe enough.
  ///
  /// - Shape: in the order of judging.
  package func sources(for operation: Operation, from severity: Severity) -> [RuleSource] {
    let files = Dictionary(files.filter { $0.kind == .request }.map { ($0.id, $0) }) { first, _ in first }
    return rules(for: operation.id).compactMap { rule in
      guard rule.description.severity >= severity, rule.description.applies(to: operation),
        let file = files[rule.id], let document = file.parsed,
        let assert = document.value(of: "assert", in: document.root)
      else { return nil }
      return RuleSource(
        description: rule.description, document: document,
        when: document.value(of: "when", in: document.root), assert: assert,
        refusesNothing: rule.refusesNothing(operation))
    }
  }
}

extension RuleBook {
  /// Whether a built-in rule of any severity names an operation explicitly, not by a pattern.
  package func isKnownBeyondModel(_ id: OperationID) -> Bool {
    rules(for: id).contains { rule in
      rule.description.isBuiltIn
        && rule.description.operations.contains { $0.service == id.service && $0.operation == id.operation }
    }
  }
}

extension Rule {
  /// Whether a request without any parameters violates the rule.
  fileprivate func refusesNothing(_ operation: Operation) -> Bool {
    guard case .document(let nothing) = readJSON(SourceText("{}"), limits: Limits()) else { return false }
    let subject = RuleSubject(
      document: nothing, parameters: nothing.root, parametersKey: ByteSpan(0, 0), operation: operation,
      declared: [], file: "")
    var run = RuleRun(subject, now: Instant(milliseconds: 0), limits: Limits())
    guard case .violated = run.judge(self) else { return false }
    return true
  }
}

extension RuleFile {
  /// The file as a tree, without its examples; `nil` if it cannot be parsed.
  fileprivate var parsed: Document? {
    var found: Document?
    readDocuments(SourceText(judgedBytes), as: .yaml, limits: Limits()) { parsed in
      if case .document(let document) = parsed, found == nil { found = document }
    }
    return found
  }
}
