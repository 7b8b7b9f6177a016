public import Syntax
public import Verdicts

/// A violation, with its place.
public struct Finding: Sendable {
  /// Counts the requests of the file from 0; `nil` for a finding outside any.
  public let request: Int?
  public let rule: String
  public internal(set) var severity: Severity
  /// One line: member, value and limit.
  public internal(set) var message: String
  /// What to do.
  public internal(set) var hint: String?
  public let span: ByteSpan
  /// Relative to the request's parameters for findings in parameters, else to the document.
  public internal(set) var pointer: JSONPointer
  /// Where the constraint is written down.
  public let source: String?
  /// What would repair it; `nil` where nothing is known to.
  public var fix: Fix?
  /// Whether it says that something was not checked, so that it can be neither lowered nor suppressed.
  var isBeyondSuppression = false
  /// What is missing, where the place cannot tell.
  var subject: String?
  /// What it is about, where that is neither missing nor the value at its place.
  var topic: String?
  /// What a baseline asks for; one reference, since few runs do and findings may be many.
  var accepting: AcceptingFacts?
  /// Why the finding is suppressed; `nil` if it counts.
  public internal(set) var suppression: Suppression?

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
public struct NotEvaluated: Sendable {
  public let request: Int?
  public let rule: String
  public let reason: String
  public let span: ByteSpan
  public let pointer: JSONPointer
}

/// What came out for one request.
public struct RequestResult: Sendable {
  /// The worst that was found: `fail` an error, `warn` a warning, `pass` neither; infos do not count.
  public enum Verdict: String, Sendable { case pass, warn, fail }

  public let id: String
  /// `nil` where the file names none, or one that does not exist.
  public let service: String?
  public let operation: String?
  /// The name of the way in which the request is written down.
  public let carrier: String
  public let span: ByteSpan
  public var verdict: Verdict = .pass
  /// Whether an error in it is suppressed, also one beyond those that are listed.
  public internal(set) var hasSuppressedError = false
}

/// What came out for one file.
public struct FileResult: Sendable {
  public internal(set) var requests: [RequestResult] = []
  /// Sorted by place, rule and message; at most as many as the limit says.
  public internal(set) var findings: [Finding] = []
  /// Findings that are not held against the file, sorted alike.
  public internal(set) var suppressed: [Finding] = []
  /// Suppressions of the configuration that took effect, by number.
  public internal(set) var usedSuppressions: Set<Int> = []
  /// What a baseline lists and the file no longer has, with how many times.
  public internal(set) var goneFromBaseline: [FindingKey: Int] = [:]
  /// What a baseline lists of rules that the run does not look at, with how many times.
  public internal(set) var notJudged: [FindingKey: Int] = [:]
  public internal(set) var notEvaluated: [NotEvaluated] = []
  /// Values that must not be shown, as the models say.
  public internal(set) var sensitiveSpans: [ByteSpan] = []
  /// Words of values that must not be shown, as they may be written elsewhere too.
  public internal(set) var secretWords = SecretWords()
  /// For a part of a stream: how many documents it holds, the ids that its requests and those before declare, and how
  /// many findings and checks that were not evaluated are left out.
  var documentCount = 0
  var declaredIDs: Set<String> = []
  var droppedCount = 0
  var droppedNotEvaluatedCount = 0
  /// Whether the file turned out to be no request file and was met only on the way.
  public internal(set) var isSkipped = false

  public init() {}

  /// Whether there is anything that has a place in the file, beside the requests.
  var hasPlaces: Bool { !(findings.isEmpty && suppressed.isEmpty && notEvaluated.isEmpty) }
}
