public import Models
internal import Syntax

/// How bad a finding is.
public enum Severity: String, Comparable, Sendable, CaseIterable {
  /// Worth knowing, for the plan.
  case info
  /// Probably not what was meant, or deprecated.
  case warning
  /// The service refuses it, or its documentation forbids it.
  case error

  public static func < (left: Severity, right: Severity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// Operations that a rule is for: one, all of a service (`proton.*`), or all (`*`).
public struct OperationPattern: Hashable, Sendable, CustomStringConvertible {
  /// `nil` for every service.
  public let service: String?
  /// `nil` for every operation.
  public let operation: String?

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
  public func matches(_ id: OperationID) -> Bool {
    guard service == nil || service == id.service else { return false }
    guard let operation, operation != id.operation else { return true }
    // The spellings of the AWS CLI and of boto3.
    let separator: Character = operation.contains("_") ? "_" : "-"
    return !operation.contains(where: \.isUppercase)
      && OperationSpelling.split(id.operation, by: separator) == operation
  }

  public var description: String { service.map { "\($0).\(operation ?? "*")" } ?? "*" }
}

/// What a rule says of itself, for lists, explanations and reports.
public struct RuleDescription: Sendable {
  public let id: String
  public let title: String
  public let severity: Severity
  public let operations: [OperationPattern]
  public let why: String
  public let sources: [String]
  public let hint: String?
  /// The folder or file that it comes from.
  public let origin: String
  public let isBuiltIn: Bool
}

/// A constraint beyond the model, compiled; belongs to one worker.
public struct Rule {
  public let description: RuleDescription
  let when: Schema?
  let assert: Schema
  let place: JSONPointer?
  let message: MessageTemplate
  let hint: MessageTemplate?
  let examples: [RuleExample]

  public var id: String { description.id }
}

/// A request that a rule must pass or refuse.
struct RuleExample {
  let isGood: Bool
  let document: Document
  let parameters: NodeID
  let operation: OperationID?
  let region: String?
  let account: String?
  let now: Instant
  let span: ByteSpan
}

/// The text of a rule, not yet read.
public struct RuleFile: Sendable {
  /// The file's name without extension, and the rule's id.
  public let id: String
  /// As a person names it.
  public let origin: String
  public let isBuiltIn: Bool
  let text: @Sendable () -> [UInt8]

  public init(id: String, origin: String, bytes: [UInt8]) {
    self.id = id
    self.origin = origin
    isBuiltIn = false
    text = { bytes }
  }

  /// - Parameters:
  ///   - pack: the service's folder under `rules`.
  ///   - text: literal of the generated source, never copied until the rule is read.
  init(pack: String, id: String, builtIn text: StaticString) {
    self.id = id
    origin = "rules/\(pack)/\(id).yaml"
    isBuiltIn = true
    self.text = { Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)) }
  }

  /// The text of the file, UTF-8.
  public var bytes: [UInt8] { text() }

  /// The text without the examples, which stand last in built-in rules; no run but a test needs them.
  var judgedBytes: [UInt8] {
    let bytes = bytes
    guard isBuiltIn, let examples = bytes.firstIndex(of: Array("\nexamples:".utf8)) else { return bytes }
    return Array(bytes[...examples])
  }
}
