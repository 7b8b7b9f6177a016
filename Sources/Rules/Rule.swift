package import Models
internal import Syntax
package import Verdicts

/// The operations that a rule covers: one, all of a service (`proton.*`), or all (`*`).
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

  /// Whether the pattern covers an operation; names may use any of the three spellings.
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

/// A rule's own description, for lists, explanations and reports.
package struct RuleDescription: Sendable {
  package let id: String
  package let title: String
  package internal(set) var severity: Severity
  package let operations: [OperationPattern]
  package let why: String
  package let sources: [String]
  package let hint: String?
  /// What the rule judges.
  package let kind: RuleFile.Kind
  /// Whether the rule is only for operations with an idempotency token.
  package let needsToken: Bool
  /// Its folder or file.
  package let origin: String
  package let isBuiltIn: Bool

  /// Whether the rule may apply to an operation's requests.
  package func applies(to operation: Operation) -> Bool {
    guard operations.contains(where: { $0.matches(operation.id) }) else { return false }
    let members = operation.input.map { operation[$0].members } ?? []
    return !needsToken || members.contains(where: \.isIdempotencyToken)
  }
}

/// What a rule judges.
enum Judgement {
  /// The parameters of one request.
  case request(assert: Schema)
  /// The requests of a batch, compared with each other.
  case batch(BatchConstraint)
  /// One request together with the saved output of a describe call.
  case snapshot(SnapshotConstraint)

  /// Whether requests are grouped by their idempotency tokens.
  var needsToken: Bool {
    guard case .batch(let batch) = self else { return false }
    return batch.same.contains { if case .token = $0 { true } else { false } }
  }
}

/// A compiled constraint beyond the model; belongs to one worker.
///
/// A class, since each request is checked against many rules.
package final class Rule {
  package let description: RuleDescription
  let when: Schema?
  let judgement: Judgement
  let place: JSONPointer?
  let message: MessageTemplate
  let hint: MessageTemplate?
  /// `nil` if only a person can decide what to do.
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

  /// Whether the rule judges only the reference time, whatever the parameters contain.
  package var judgesTimeOnly: Bool {
    guard case .request(let assert) = judgement, case .keywords(let range, _) = assert[assert.root] else {
      return false
    }
    return assert.tables.keywords[range].allSatisfy { keyword in
      if case .time(let place) = keyword { assert.tables.times[place].judgesNow } else { false }
    }
  }

  /// Whether a rule covers an operation.
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

/// A request, or a batch of requests, that a rule must accept or reject.
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
  /// The describe call's answer, for a snapshot rule; a list if there were several calls.
  let snapshot: NodeID?
  /// The file name under which that answer was saved.
  let file: String?
  let now: Instant
  let span: ByteSpan
}
