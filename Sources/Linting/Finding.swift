package import Syntax
package import Verdicts

/// A violation, with its location.
package struct Finding: Sendable {
  /// Counts the requests of the file from 0; `nil` for a finding outside any.
  package let request: Int?
  package let rule: String
  package internal(set) var severity: Severity
  /// One line: member, value and limit.
  package internal(set) var message: String
  /// What to do about it.
  package internal(set) var hint: String?
  package let span: ByteSpan
  /// Relative to the request's parameters for findings in parameters, otherwise to the document.
  package internal(set) var pointer: JSONPointer
  /// The documentation of the constraint.
  package let source: String?
  /// The repair; `nil` if none is known.
  package var fix: Fix?
  /// Whether it reports that something was not checked, so that it can be neither lowered nor suppressed.
  var isBeyondSuppression = false
  /// The missing thing, if the location does not identify it.
  var subject: String?
  /// The topic, if it is neither missing nor the value at the location.
  var topic: String?
  /// Facts for a baseline; a class, since few runs need them and there may be many findings.
  var accepting: AcceptingFacts?
  /// Why the finding is suppressed; `nil` if it counts.
  package internal(set) var suppression: Suppression?

  /// Facts that distinguish a finding from others, once computed.
  final class AcceptingFacts: Sendable {
    let value: Value?
    let key: FindingKey?

    init(value: Value?, key: FindingKey?) {
      self.value = value
      self.key = key
    }
  }

  /// The value that it is about; set if keys are requested, while the document is available.
  var value: Value? {
    get { accepting?.value }
    set { accepting = AcceptingFacts(value: newValue, key: key) }
  }

  /// Set if keys are requested, once the file has been checked.
  var key: FindingKey? {
    get { accepting?.key }
    set { accepting = AcceptingFacts(value: value, key: newValue) }
  }
}

extension Finding {
  /// Orders findings by place, rule and message.
  static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    let one = (left.span.start, left.rule, left.message, left.span.end)
    let other = (right.span.start, right.rule, right.message, right.span.end)
    return one == other ? left.pointer.description < right.pointer.description : one < other
  }
}

/// A constraint that could not be judged: neither pass nor fail.
package struct NotEvaluated: Sendable {
  package let request: Int?
  package let rule: String
  package let reason: String
  package let span: ByteSpan
  package let pointer: JSONPointer
}

/// The result for one request.
package struct RequestResult: Sendable {
  /// The worst finding: `fail` for an error, `warn` for a warning, `pass` for neither; infos do not count.
  package enum Verdict: String, Sendable { case pass, warn, fail }

  package let id: String
  /// `nil` if the file names none, or one that does not exist.
  package let service: String?
  package let operation: String?
  /// The name of the request's carrier.
  package let carrier: String
  package let span: ByteSpan
  package var verdict: Verdict = .pass
  /// Whether an error in it is suppressed, including errors beyond the listed ones.
  package internal(set) var hasSuppressedError = false
}

/// The result for one file.
package struct FileResult: Sendable {
  package internal(set) var requests: [RequestResult] = []
  /// Sorted by place, rule and message; at most as many as the limit permits.
  package internal(set) var findings: [Finding] = []
  /// Suppressed findings, in the same order.
  package internal(set) var suppressed: [Finding] = []
  /// Numbers of the configuration's suppressions that took effect.
  package internal(set) var usedSuppressions: Set<Int> = []
  /// Entries of a baseline that the file no longer has, with their counts.
  package internal(set) var goneFromBaseline: [FindingKey: Int] = [:]
  /// A baseline's entries for rules that the run does not apply, with their counts.
  package internal(set) var notJudged: [FindingKey: Int] = [:]
  package internal(set) var notEvaluated: [NotEvaluated] = []
  /// Values that must not be shown, according to the models.
  package internal(set) var sensitiveSpans: [ByteSpan] = []
  /// Words of values that must not be shown, since they may also occur elsewhere.
  package internal(set) var secretWords = SecretWords()
  /// For a part of a stream: how many documents it has, the ids that its requests and earlier ones declare, and how
  /// many findings and unevaluated checks are left out.
  var documentCount = 0
  var declaredIDs: Set<String> = []
  var droppedCount = 0
  var droppedNotEvaluatedCount = 0
  /// Whether the file has no requests and a directory walk found it.
  package internal(set) var isSkipped = false

  package init() {}

  /// Whether the file has anything with a location, apart from the requests.
  var hasPlaces: Bool { !(findings.isEmpty && suppressed.isEmpty && notEvaluated.isEmpty) }
}
