package import Syntax
package import Verdicts

/// A violation, with its place.
package struct Finding: Sendable {
  /// Counts the requests of the file from 0; `nil` for a finding outside any.
  package let request: Int?
  package let rule: String
  package internal(set) var severity: Severity
  /// One line: member, value and limit.
  package internal(set) var message: String
  /// What to do.
  package internal(set) var hint: String?
  package let span: ByteSpan
  /// Relative to the request's parameters for findings in parameters, else to the document.
  package internal(set) var pointer: JSONPointer
  /// Where the constraint is written down.
  package let source: String?
  /// What would repair it; `nil` where nothing is known to.
  package var fix: Fix?
  /// Whether it says that something was not checked, so that it can be neither lowered nor suppressed.
  var isBeyondSuppression = false
  /// What is missing, where the place cannot tell.
  var subject: String?
  /// What it is about, where that is neither missing nor the value at its place.
  var topic: String?
  /// What a baseline asks for; one reference, since few runs do and findings may be many.
  var accepting: AcceptingFacts?
  /// Why the finding is suppressed; `nil` if it counts.
  package internal(set) var suppression: Suppression?

  /// What tells a finding from others, as far as that has been asked for.
  final class AcceptingFacts: Sendable {
    let value: Value?
    let key: FindingKey?

    init(value: Value?, key: FindingKey?) {
      self.value = value
      self.key = key
    }
  }

  /// The value that it is about; set where keys are asked for and the document is at hand.
  var value: Value? {
    get { accepting?.value }
    set { accepting = AcceptingFacts(value: newValue, key: key) }
  }

  /// Set where keys are asked for, once the file has been looked at.
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

/// What came out for one request.
package struct RequestResult: Sendable {
  /// The worst that was found: `fail` an error, `warn` a warning, `pass` neither; infos do not count.
  package enum Verdict: String, Sendable { case pass, warn, fail }

  package let id: String
  /// `nil` where the file names none, or one that does not exist.
  package let service: String?
  package let operation: String?
  /// The name of the way in which the request is written down.
  package let carrier: String
  package let span: ByteSpan
  package var verdict: Verdict = .pass
  /// Whether an error in it is suppressed, also one beyond those that are listed.
  package internal(set) var hasSuppressedError = false
}

/// What came out for one file.
package struct FileResult: Sendable {
  package internal(set) var requests: [RequestResult] = []
  /// Sorted by place, rule and message; at most as many as the limit says.
  package internal(set) var findings: [Finding] = []
  /// Findings that are not held against the file, sorted alike.
  package internal(set) var suppressed: [Finding] = []
  /// Suppressions of the configuration that took effect, by number.
  package internal(set) var usedSuppressions: Set<Int> = []
  /// What a baseline lists and the file no longer has, with how many times.
  package internal(set) var goneFromBaseline: [FindingKey: Int] = [:]
  /// What a baseline lists of rules that the run does not look at, with how many times.
  package internal(set) var notJudged: [FindingKey: Int] = [:]
  package internal(set) var notEvaluated: [NotEvaluated] = []
  /// Values that must not be shown, as the models say.
  package internal(set) var sensitiveSpans: [ByteSpan] = []
  /// Words of values that must not be shown, as they may be written elsewhere too.
  package internal(set) var secretWords = SecretWords()
  /// For a part of a stream: how many documents it holds, the ids that its requests and those before declare, and how
  /// many findings and checks that were not evaluated are left out.
  var documentCount = 0
  var declaredIDs: Set<String> = []
  var droppedCount = 0
  var droppedNotEvaluatedCount = 0
  /// Whether the file turned out to be no request file and was met only on the way.
  package internal(set) var isSkipped = false

  package init() {}

  /// Whether there is anything that has a place in the file, beside the requests.
  var hasPlaces: Bool { !(findings.isEmpty && suppressed.isEmpty && notEvaluated.isEmpty) }
}
