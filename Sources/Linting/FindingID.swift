internal import Verdicts

/// Ids of the findings that need no rule file: about documents, bindings, models and authoring.
enum FindingID: String, CaseIterable {
  // Document
  case syntaxError = "syntax-error"
  case invalidEncoding = "invalid-encoding"
  case duplicateKey = "duplicate-key"
  case ambiguousScalar = "ambiguous-scalar"
  case documentLimit = "document-limit"
  case evaluationLimit = "evaluation-limit"
  case emptyDocument = "empty-document"
  // Binding
  case unboundRequest = "unbound-request"
  case malformedDirective = "malformed-directive"
  case unknownService = "unknown-service"
  case unknownOperation = "unknown-operation"
  case unusableModel = "unusable-model"
  case unknownKey = "unknown-key"
  case duplicateRequestID = "duplicate-request-id"
  // Model
  case missingParameter = "missing-parameter"
  case unknownParameter = "unknown-parameter"
  case wrongType = "wrong-type"
  case integerOverflow = "integer-overflow"
  case tooShort = "too-short"
  case tooLong = "too-long"
  case tooSmall = "too-small"
  case tooLarge = "too-large"
  case patternMismatch = "pattern-mismatch"
  case unknownValue = "unknown-value"
  case unionMembers = "union-members"
  case deprecatedOperation = "deprecated-operation"
  case deprecatedParameter = "deprecated-parameter"
  case unknownRegion = "unknown-region"
  case notSerializable = "not-serializable"
  case noEndpoint = "no-endpoint"
  case nonFiniteNumber = "non-finite-number"
  // Plan
  case unsafeCommandValue = "unsafe-command-value"
  case eventStream = "event-stream"
  // Suppression
  case unknownSuppression = "unknown-suppression"
  case unusedSuppression = "unused-suppression"
  case expiredSuppression = "expired-suppression"
  case suppressionWithoutReason = "suppression-without-reason"
  // Authoring
  case skeletonLeftover = "skeleton-leftover"
  case unexpandedFileURI = "unexpanded-file-uri"
  case ambiguousBlob = "ambiguous-blob"

  /// The severity where nothing is said of the case.
  var severity: Severity {
    switch self {
    case .ambiguousScalar, .deprecatedOperation, .deprecatedParameter, .unknownRegion, .skeletonLeftover,
      .nonFiniteNumber, .unsafeCommandValue, .unusedSuppression, .expiredSuppression,
      .suppressionWithoutReason:
      .warning
    case .eventStream: .info
    default: .error
    }
  }

  /// Whether it speaks of a suppression.
  var isOfSuppression: Bool {
    switch self {
    case .unknownSuppression, .unusedSuppression, .expiredSuppression, .suppressionWithoutReason: true
    default: false
    }
  }

  /// Whether planning may find it where linting does not.
  var isOfPlan: Bool {
    switch self {
    case .noEndpoint, .unsafeCommandValue, .eventStream: true
    default: false
    }
  }

  /// Whether it says that something was not checked, which must not look like success.
  var isBeyondSuppression: Bool { isFileFault || self == .unusableModel || self == .evaluationLimit }

  /// Whether a baseline cannot accept it: nothing is known of what was not checked.
  var isBeyondBaseline: Bool { isBeyondSuppression && self != .syntaxError && self != .invalidEncoding }

  /// Whether the file, or a document of it, could not be taken in.
  var isFileFault: Bool { self == .syntaxError || self == .invalidEncoding || self == .documentLimit }
}
