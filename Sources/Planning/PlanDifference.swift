public import Verdicts

/// What changed from one plan to another.
public struct PlanDifference: Equatable, Sendable {
  /// One member of a request that differs.
  public struct Change: Equatable, Sendable {
    /// RFC 6901, relative to the parameters; facts outside them have a name without a slash: `service`, `operation`,
    /// `region`, `account`, `url`, `schedule.earliest`, `schedule.latest`, `preconditions.ID`, `findings.RULE`.
    public let pointer: String
    /// Compact JSON; `nil` where the member is absent.
    public let old: String?
    public let new: String?

    public init(pointer: String, old: String?, new: String?) {
      self.pointer = pointer
      self.old = old
      self.new = new
    }
  }

  /// A request that is in one plan only, or differs between the two.
  public struct Entry: Equatable, Sendable {
    public enum Kind: String, Sendable { case added, removed, changed }

    public let kind: Kind
    public let id: String
    public let file: String
    public let service: String?
    public let operation: String?
    /// In the old plan; `nil` for an added request.
    public let oldVerdict: PlannedRequest.Verdict?
    public let newVerdict: PlannedRequest.Verdict?
    public let oldRisk: Risk.Level?
    public let newRisk: Risk.Level?
    /// By pointer.
    public internal(set) var changes: [Change]
    /// Differences that no pointer shows, such as one inside a sensitive member.
    public let notes: [String]

    public init(
      kind: Kind, id: String, file: String, service: String?, operation: String?,
      oldVerdict: PlannedRequest.Verdict? = nil, newVerdict: PlannedRequest.Verdict? = nil,
      oldRisk: Risk.Level? = nil, newRisk: Risk.Level? = nil, changes: [Change] = [], notes: [String] = []
    ) {
      self.kind = kind
      self.id = id
      self.file = file
      self.service = service
      self.operation = operation
      self.oldVerdict = oldVerdict
      self.newVerdict = newVerdict
      self.oldRisk = oldRisk
      self.newRisk = newRisk
      self.changes = changes
      self.notes = notes
    }
  }

  public let oldDigest: String
  public let newDigest: String
  /// Changes of risk and verdict first, then added, removed and changed requests, each by id.
  public let entries: [Entry]

  public init(oldDigest: String, newDigest: String, entries: [Entry]) {
    self.oldDigest = oldDigest
    self.newDigest = newDigest
    self.entries = entries
  }

  /// Number of requests of a kind.
  public func count(_ kind: Entry.Kind) -> Int { entries.count { $0.kind == kind } }
}
