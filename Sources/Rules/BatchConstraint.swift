internal import Models
internal import Syntax

/// A combination of requests that a batch must not contain.
///
/// - Shape: requests whose operation and `when` match are grouped by region, account and `same`; a group is judged if
///   it has more than `limit` requests. A class, since each request is checked against many constraints.
final class BatchConstraint {
  /// A part of the key that groups requests.
  enum Term {
    /// The value of a member; absent values are equal too.
    case member(JSONPointer)
    /// The hour of a member's time, or of the run's time if it is absent.
    case hour(JSONPointer)
    /// The member that the model marks as the idempotency token.
    case token
    /// Service and operation.
    case operation
  }

  /// The order in which requests of a group wait for each other.
  enum Order {
    /// A later request, by file and place, waits for an earlier one.
    case asWritten
    /// Requests of a later operation wait for those of an earlier one; only a group with two such operations is judged.
    case operations([OperationPattern])
  }

  let same: [Term]
  /// A group counts only if its requests differ in one of these.
  let differ: [JSONPointer]
  let limit: Int
  /// If set, a group counts only from a request that satisfies this schema, and only if another one follows.
  let first: Schema?
  let order: Order?
  /// What is counted in addition to the batch: entries of a snapshot that satisfy the schema.
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
  /// Whether a message shows the term under a pointer.
  func isShown(as pointer: JSONPointer) -> Bool {
    switch self {
    case .member(let member), .hour(let member): member == pointer
    case .token: pointer == JSONPointer(["token"])
    case .operation: pointer == JSONPointer(["operation"])
    }
  }
}

extension BatchConstraint {
  /// An operation's position in the order; `nil` if it has none.
  func stage(of operation: OperationID) -> Int? {
    guard case .operations(let operations) = order else { return nil }
    return operations.firstIndex { $0.matches(operation) }
  }
}
