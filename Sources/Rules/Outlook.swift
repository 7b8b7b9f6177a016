public import Syntax

/// What the service or the client will fill in; never part of what is sent by this plan.
public struct InferredValue: Equatable, Sendable {
  /// RFC 6901, relative to the parameters.
  public let pointer: String
  public let value: String
  public let because: String
  public let source: String

  public init(pointer: String, value: String, because: String, source: String) {
    self.pointer = pointer
    self.value = value
    self.because = because
    self.source = source
  }
}

/// When the request takes effect.
public struct Schedule: Equatable, Sendable {
  public var earliest: Instant?
  public var latest: Instant?
  public var note: String

  public init(earliest: Instant? = nil, latest: Instant? = nil, note: String = "") {
    self.earliest = earliest
    self.latest = latest
    self.note = note
  }
}

/// How much harm the request can do.
public struct Risk: Equatable, Sendable {
  public enum Level: String, CaseIterable, Comparable, Sendable {
    case low, medium, high

    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .low: 0
      case .medium: 1
      case .high: 2
      }
    }
  }

  public var level: Level
  public var reasons: [String]

  public init(level: Level = .low, reasons: [String] = []) {
    self.level = level
    self.reasons = reasons
  }
}

/// What a request will do, as far as can be told before it is sent.
public struct Outlook: Sendable {
  /// One sentence.
  public var effect: String
  public var inferred: [InferredValue] = []
  public var schedule = Schedule()
  public var risk = Risk()
  /// Whether what it acts on is disturbed, so that its preconditions matter.
  public var isDisruptive = false
  /// Words of command lines to run afterwards.
  public var followUp: [[String]] = []
  /// Why some of these commands are missing.
  public var unsafeValues: [UnsafeCommandValue] = []

  public init(effect: String) { self.effect = effect }
}
