internal import Requests
package import Verdicts

extension BuiltInCheck {
  /// All checks, by group.
  package static let all: [BuiltInCheck] = [
    // Document
    .syntaxError, .invalidEncoding, .duplicateKey, .ambiguousScalar, .documentLimit, .evaluationLimit,
    .emptyDocument,
    // Binding
    .unboundRequest, .malformedDirective, .unknownService, .unknownOperation, .unusableModel, .unknownKey,
    .duplicateRequestID,
    // Model
    .missingParameter, .unknownParameter, .wrongType, .integerOverflow, .tooShort, .tooLong, .tooSmall,
    .tooLarge, .patternMismatch, .unknownValue, .unionMembers, .deprecatedOperation, .deprecatedParameter,
    .unknownRegion, .notSerializable, .noEndpoint, .nonFiniteNumber,
    // Plan
    .unsafeCommandValue, .eventStream, .staleSnapshot, .circularOrder,
    // Suppression
    .unknownSuppression, .unusedSuppression, .expiredSuppression, .suppressionWithoutReason,
    // Authoring
    .skeletonLeftover, .unexpandedFileURI, .ambiguousBlob,
  ]

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  /// The check with an id; `nil` for rules and unknown ids.
  package static func check(_ id: String) -> BuiltInCheck? { byID[id] }

  /// The traits of a check; empty for rules and unknown ids.
  package static func traits(of id: String) -> Traits { byID[id]?.traits ?? [] }
}
