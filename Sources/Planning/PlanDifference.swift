package import Verdicts

/// What changed from one plan to another.
package struct PlanDifference: Equatable, Sendable {
  /// One member of a request that differs.
  package struct Change: Equatable, Sendable {
    /// RFC 6901, relative to the parameters; facts outside them have a name without a slash: `service`, `operation`,
    /// `region`, `account`, `url`, `schedule.earliest`, `schedule.latest`, `preconditions.ID`, `findings.RULE`.
    package let pointer: String
    /// Compact JSON; `nil` where the member is absent.
    package let old: String?
    package let new: String?

    package init(pointer: String, old: String?, new: String?) {
      self.pointer = pointer
      self.old = old
      self.new = new
    }
  }

  /// A request that is in one plan only, or differs between the two.
  package struct Entry: Equatable, Sendable {
    package enum Kind: String, Sendable { case added, removed, changed }

    package let kind: Kind
    package let id: String
    package let file: String
    package let service: String?
    package let operation: String?
    /// In the old plan; `nil` for an added request.
    package let oldVerdict: PlannedRequest.Verdict?
    package let newVerdict: PlannedRequest.Verdict?
    package let oldRisk: Risk.Level?
    package let newRisk: Risk.Level?
    /// By pointer.
    package internal(set) var changes: [Change]
    /// Differences that no pointer shows, such as one inside a sensitive member.
    package let notes: [String]

    package init(
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

  package let oldDigest: String
  package let newDigest: String
  /// Changes of risk and verdict first, then added, removed and changed requests, each by id.
  package let entries: [Entry]

  package init(oldDigest: String, newDigest: String, entries: [Entry]) {
    self.oldDigest = oldDigest
    self.newDigest = newDigest
    self.entries = entries
  }

  /// Number of requests of a kind.
  package func count(_ kind: Entry.Kind) -> Int { entries.count { $0.kind == kind } }
}
