internal import Models
internal import Syntax

/// What must not come together in one batch.
///
/// - Shape: requests whose operation and `when` fit are grouped by region, account and `same`; a group is judged where
///   it holds more than `limit` requests; one reference, since each request is held against many.
final class BatchConstraint {
  /// A part of what makes requests one group.
  enum Term {
    /// The value of a member; absent ones are equal too.
    case member(JSONPointer)
    /// The hour in which a member's time falls, that of the run where it is absent.
    case hour(JSONPointer)
    /// The member that the model marks as idempotency token.
    case token
    /// Service and operation.
    case operation
  }

  /// What waits for what in a group.
  enum Order {
    /// A later request, by file and place, waits for an earlier one.
    case asWritten
    /// Requests of a later operation wait for those of an earlier one; a group needs two of them to be judged.
    case operations([OperationPattern])
  }

  let same: [Term]
  /// A group counts only where its requests differ in one of these.
  let differ: [JSONPointer]
  let limit: Int
  /// Where given, a group counts only from a request for which this holds, with one after it.
  let first: Schema?
  let order: Order?
  /// What is counted beside the batch: entries of a snapshot for which the schema holds.
  let existing: (kind: SnapshotKind, counted: SnapshotAssertion)?

  init(
    same: [Term], differ: [JSONPointer], limit: Int, first: Schema?, order: Order?,
    existing: (kind: SnapshotKind, counted: SnapshotAssertion)?
  ) {
    self.same = same
    self.differ = differ
    self.limit = limit
    self.first = first
    self.order = order
    self.existing = existing
  }
}

extension BatchConstraint.Term {
  /// Whether a message shows the term under a name.
  func isShown(as pointer: JSONPointer) -> Bool {
    switch self {
    case .member(let member), .hour(let member): member == pointer
    case .token: pointer == JSONPointer(["token"])
    case .operation: pointer == JSONPointer(["operation"])
    }
  }
}

extension BatchConstraint {
  /// The place of an operation in the order; `nil` where it has none.
  func stage(of operation: OperationID) -> Int? {
    guard case .operations(let operations) = order else { return nil }
    return operations.firstIndex { $0.matches(operation) }
  }
}
