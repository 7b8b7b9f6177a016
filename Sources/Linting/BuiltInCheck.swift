public import Verdicts

/// What a check says of itself that is not a rule file: about documents, bindings, models and authoring.
public struct BuiltInCheck: Sendable {
  public let id: String
  public let severity: Severity
  public let title: String
  public let why: String

  /// Every check, by group.
  public static let all: [BuiltInCheck] = [
    // Document
    BuiltInCheck(
      .syntaxError, "File is no well-formed YAML or JSON", "No reader can make a request of it."),
    BuiltInCheck(
      .invalidEncoding, "File is not UTF-8",
      "JSON must be UTF-8 without a byte order mark, and YAML readers guess otherwise."
    ),
    BuiltInCheck(
      .duplicateKey, "Key given twice",
      "Readers keep one of the values without a word, mostly the last."),
    BuiltInCheck(
      .ambiguousScalar, "Value that readers understand differently",
      "YAML 1.1 and 1.2 type some plain scalars differently, some readers refuse some of them, and no JSON holds `.inf`, so the request depends on the tool that sends it. Quotes settle it."
    ),
    BuiltInCheck(
      .documentLimit, "File passes a bound",
      "Nesting, aliases, size or findings go beyond what an honest file has."),
    BuiltInCheck(
      .evaluationLimit, "Request that was not evaluated in full",
      "A pattern or rule needed more work than a request may take, so nothing is known of its verdict. It cannot be switched off, lowered or suppressed; raise the limit that the hint names, or simplify the value."
    ),
    BuiltInCheck(
      .emptyDocument, "Nothing to check", "An empty file or batch must not pass for a checked one."),
    // Binding
    BuiltInCheck(
      .unboundRequest, "Request that names no operation",
      "Name it with --operation, an envelope, a directive comment or the path SERVICE/OPERATION/."),
    BuiltInCheck(
      .malformedDirective, "Misspelt or misplaced directive comment",
      "The comment names an operation, but does not begin with `reqlint:` or is below the beginning of its document, so it would bind nothing and the file would be skipped."
    ),
    BuiltInCheck(
      .unknownService, "Service that does not exist", "The catalog knows no service of this name."),
    BuiltInCheck(
      .unknownOperation, "Operation that does not exist",
      "The service's model has no operation of this name."),
    BuiltInCheck(
      .unusableModel, "Service whose model cannot be used",
      "A model given with --models is damaged, or newer than this version understands. Requests of other services are checked."
    ),
    BuiltInCheck(
      .unknownKey, "Key that an envelope, batch or directive does not have",
      "It would be ignored, and was surely meant."),
    BuiltInCheck(
      .duplicateRequestID, "Two requests of one id",
      "Reports and plans name requests by their ids: of two with one id nobody could tell which is meant."),
    // Model
    BuiltInCheck(
      .missingParameter, "Required parameter missing",
      "The service refuses the call. A required idempotency token is none, since clients fill it in."),
    BuiltInCheck(
      .unknownParameter, "Parameter that the operation does not have", "Clients refuse to send it."),
    BuiltInCheck(
      .wrongType, "Value of another type", "Clients refuse to send it."),
    BuiltInCheck(
      .integerOverflow, "Integer beyond 32 or 64 bits",
      "The service cannot hold it; clients send it all the same."),
    BuiltInCheck(
      .tooShort, "String, list or map shorter than the model says",
      "The service refuses it. A string counts in Unicode scalar values."),
    BuiltInCheck(
      .tooLong, "String, list or map longer than the model says",
      "The service refuses it; clients do not look. A warning where only the bytes in UTF-8 pass the limit."),
    BuiltInCheck(
      .tooSmall, "Number below the model's minimum", "The service refuses it."),
    BuiltInCheck(
      .tooLarge, "Number above the model's maximum", "The service refuses it; clients do not look."),
    BuiltInCheck(
      .patternMismatch, "String that does not match the model's pattern",
      "Services match the whole string; clients do not look. A warning where a part matches and no live evidence is known."
    ),
    BuiltInCheck(
      .unknownValue, "Value that an enumeration does not have",
      "The service refuses it; clients do not look."),
    BuiltInCheck(
      .unionMembers, "Union with none or several of its members",
      "Exactly one member of a union may be set."),
    BuiltInCheck(
      .deprecatedOperation, "Deprecated operation", "The model marks it so."),
    BuiltInCheck(
      .deprecatedParameter, "Deprecated parameter", "The model marks it so."),
    BuiltInCheck(
      .unknownRegion, "Region without an endpoint of the service",
      "Clients build an address for any region; nothing answers there."),
    BuiltInCheck(
      .notSerializable, "Value that clients cannot send",
      "Clients refuse to put the value where the protocol needs it: a line break in a header, a URL for a bucket, a control character in XML. A plan blocks the request even where the finding is suppressed."
    ),
    BuiltInCheck(
      .noEndpoint, "Service without an endpoint for what is asked",
      "The service's endpoint rules refuse a value, such as an ARN of another service, or the region. Planning also reports FIPS and dual stack where there are none."
    ),
    BuiltInCheck(
      .nonFiniteNumber, "Number that is infinite or not a number",
      "JSON has no such numbers, so no command can carry the request. A plan asks for a review."),
    // Plan
    BuiltInCheck(
      .unsafeCommandValue, "Value that the AWS CLI would not take as text",
      "On a command line the AWS CLI loads addresses such as file:// and http://, and takes a leading hyphen for an option. No follow-up command is printed. Found while planning."
    ),
    BuiltInCheck(
      .eventStream, "Request with a stream of events",
      "What is sent while the call runs is in no file, so what goes over the wire cannot be shown. Found while planning."
    ),
    // Suppression
    BuiltInCheck(
      .unknownSuppression, "Suppression that cannot be understood",
      "It names a rule that does not exist, or is not of the form `# reqlint-ignore: RULE -- reason until 2027-01-31`. Nothing is suppressed by it."
    ),
    BuiltInCheck(
      .unusedSuppression, "Suppression of what does not occur",
      "What it was for is repaired, or stands elsewhere. Left in place it would hide the next fault of its kind."
    ),
    BuiltInCheck(
      .expiredSuppression, "Suppression whose last day is over",
      "It was meant for a time, and what it hid is reported again."),
    BuiltInCheck(
      .suppressionWithoutReason, "Suppression without a reason",
      "Nobody can tell later whether it still holds. Said of every suppression, unless `require-reason` is false."
    ),
    // Authoring
    BuiltInCheck(
      .skeletonLeftover, "Placeholder that was not filled in",
      "Generated skeletons and documentation pages leave such values behind. An error where the model refuses the value, or `reqlint new` wrote it."
    ),
    BuiltInCheck(
      .unexpandedFileURI, "Address of a file in place of its text",
      "The AWS CLI expands file:// only for a whole argument, never inside a request file. A warning where the operation has no rules of its own."
    ),
    BuiltInCheck(
      .ambiguousBlob, "Bytes that are not written in base64",
      "Version 2 of the AWS CLI decodes base64; version 1 and boto3 send the text itself. An error where version 2 refuses the text, a warning where it drops characters."
    ),
  ]

  /// Whether a check finds the same on any day, whatever is saved beside the file.
  public static func isOfFileAlone(_ rule: String) -> Bool {
    FindingID(rawValue: rule).map { !$0.isOfSuppression } ?? false
  }

  /// Whether a baseline cannot accept findings of a check.
  public static func isBeyondBaseline(_ rule: String) -> Bool {
    FindingID(rawValue: rule)?.isBeyondBaseline ?? false
  }

  /// Whether findings of a rule mean that the file as a whole could not be taken in.
  public static func isFileFault(_ rule: String) -> Bool { FindingID(rawValue: rule)?.isFileFault ?? false }

  /// Whether findings of a rule say that something was not checked, and so can be neither off nor suppressed.
  public static func isBeyondSuppression(_ rule: String) -> Bool {
    FindingID(rawValue: rule)?.isBeyondSuppression ?? false
  }

  /// Whether planning may find what a rule is about where linting does not.
  public static func isOfPlan(_ rule: String) -> Bool { FindingID(rawValue: rule)?.isOfPlan ?? false }

  private init(_ id: FindingID, _ title: String, _ why: String) {
    self.id = id.rawValue
    severity = id.severity
    self.title = title
    self.why = why
  }
}
