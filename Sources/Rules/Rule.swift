package import Models
internal import Syntax
package import Verdicts

/// Operations that a rule is for: one, all of a service (`proton.*`), or all (`*`).
package struct OperationPattern: Hashable, Sendable, CustomStringConvertible {
  /// `nil` for every service.
  package let service: String?
  /// `nil` for every operation.
  package let operation: String?

  init?(parsing text: String) {
    if text == "*" {
      (service, operation) = (nil, nil)
      return
    }
    guard let id = OperationID(parsing: text) else { return nil }
    service = id.service
    operation = id.operation == "*" ? nil : id.operation
  }

  /// Whether the pattern covers an operation; names may be written in any of the three spellings.
  package func matches(_ id: OperationID) -> Bool {
    guard service == nil || service == id.service else { return false }
    guard let operation, operation != id.operation else { return true }
    // The spellings of the AWS CLI and of boto3.
    let separator: Unicode.Scalar = operation.contains("_") ? "_" : "-"
    return !operation.contains(where: \.isUppercase)
      && OperationSpelling.split(id.operation, by: separator) == operation
  }

  package var description: String { service.map { "\($0).\(operation ?? "*")" } ?? "*" }
}

/// What a rule says of itself, for lists, explanations and reports.
package struct RuleDescription: Sendable {
  package let id: String
  package let title: String
  package internal(set) var severity: Severity
  package let operations: [OperationPattern]
  package let why: String
  package let sources: [String]
  package let hint: String?
  /// What the rule looks at.
  package let kind: RuleFile.Kind
  /// Whether the rule is only for operations that have an idempotency token.
  package let needsToken: Bool
  /// The folder or file that it comes from.
  package let origin: String
  package let isBuiltIn: Bool

  /// Whether the rule can have anything to say of an operation's requests.
  package func applies(to operation: Operation) -> Bool {
    guard operations.contains(where: { $0.matches(operation.id) }) else { return false }
    let members = operation.input.map { operation[$0].members } ?? []
    return !needsToken || members.contains(where: \.isIdempotencyToken)
  }
}

/// What a rule looks at.
enum Judgement {
  /// The parameters of one request.
  case request(assert: Schema)
  /// The requests of a batch beside each other.
  case batch(BatchConstraint)
  /// One request beside the saved output of a describe call.
  case snapshot(SnapshotConstraint)

  /// Whether requests are grouped by their idempotency tokens.
  var needsToken: Bool {
    guard case .batch(let batch) = self else { return false }
    return batch.same.contains { if case .token = $0 { true } else { false } }
  }
}

/// A constraint beyond the model, compiled; belongs to one worker.
///
/// One reference, since each request is held against many.
package final class Rule {
  package let description: RuleDescription
  let when: Schema?
  let judgement: Judgement
  let place: JSONPointer?
  let message: MessageTemplate
  let hint: MessageTemplate?
  /// `nil` where only a person can tell what to do.
  let fix: RuleFix?
  let examples: [RuleExample]

  package var id: String { description.id }

  init(
    description: RuleDescription, when: Schema?, judgement: Judgement, place: JSONPointer?,
    message: MessageTemplate, hint: MessageTemplate?, fix: RuleFix?, examples: [RuleExample]
  ) {
    self.description = description
    self.when = when
    self.judgement = judgement
    self.place = place
    self.message = message
    self.hint = hint
    self.fix = fix
    self.examples = examples
  }

  /// Whether the rule judges the reference time alone, whatever the parameters hold.
  package var judgesTimeOnly: Bool {
    guard case .request(let assert) = judgement, case .keywords(let range, _) = assert[assert.root] else {
      return false
    }
    return assert.tables.keywords[range].allSatisfy { keyword in
      if case .time(let place) = keyword { assert.tables.times[place].judgesNow } else { false }
    }
  }

  /// Whether a rule names an operation.
  func isFor(_ operation: OperationID) -> Bool {
    description.operations.contains { $0.matches(operation) }
  }

  /// The same rule with another severity.
  func with(_ severity: Severity) -> Rule {
    guard severity != description.severity else { return self }
    var description = description
    description.severity = severity
    return Rule(
      description: description, when: when, judgement: judgement, place: place, message: message, hint: hint,
      fix: fix, examples: examples)
  }
}

/// A request, or a batch of them, that a rule must pass or refuse.
struct RuleExample {
  /// One request of an example.
  struct Request {
    let parameters: NodeID
    let operation: OperationID?
    let region: String?
    let account: String?
  }

  let isGood: Bool
  let document: Document
  /// One, or several for a batch rule.
  let requests: [Request]
  /// What the describe call answered, for a snapshot rule; a list where there were several calls.
  let snapshot: NodeID?
  /// The name under which that answer was saved.
  let file: String?
  let now: Instant
  let span: ByteSpan
}
