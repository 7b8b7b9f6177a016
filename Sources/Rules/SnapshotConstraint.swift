internal import Syntax
package import Verdicts

/// A schema over `{parameters, snapshot}`.
struct SnapshotAssertion {
  let schema: Schema
  /// Whether it may read more of a request than region, account and operation.
  let readsRequest: Bool
}

/// A condition on a resource, as shown by a saved answer of a describe call.
///
/// A class, since each request is checked against many constraints.
final class SnapshotConstraint {
  /// The location of the value that identifies a snapshot's resource.
  indirect enum Origin {
    case parameter(JSONPointer)
    /// A field of another snapshot of the request's resource.
    case snapshot(SnapshotField)
  }

  /// How a resource is identified.
  enum Identity {
    /// A field of the resource, and its required value: that of the first origin that gives one.
    case field(JSONPointer, [Origin])
    /// A folder or the file's name is the value of a member, for answers that name no resource.
    case path(JSONPointer)
  }

  /// A fact that must be present before anything is concluded.
  struct Reading {
    /// The permitted values of a fact.
    enum Expected {
      case types(Schema.Types)
      /// An epoch number or an RFC 3339 text.
      case time
      /// One of these texts, or nothing if absence has a meaning too.
      case oneOf([String], isOptional: Bool)
    }

    let field: JSONPointer
    let expected: Expected
  }

  let kind: SnapshotKind
  let identity: [Identity]
  let readings: [Reading]
  let assert: SnapshotAssertion
  /// If set, fewer resources than this may satisfy `assert`.
  let below: Int?
  /// Whether list entries, which may omit fields, prove nothing.
  let needsWhole: Bool
  /// The condition as the plan lists it; `nil` for a remark.
  let statement: MessageTemplate?
  /// The rule's message; its members are looked up in `{parameters, snapshot}`.
  let message: MessageTemplate

  init(
    kind: SnapshotKind, identity: [Identity], readings: [Reading], assert: SnapshotAssertion, below: Int?,
    needsWhole: Bool, statement: MessageTemplate?, message: MessageTemplate
  ) {
    self.kind = kind
    self.identity = identity
    self.readings = readings
    self.assert = assert
    self.below = below
    self.needsWhole = needsWhole
    self.statement = statement
    self.message = message
  }

  /// The member whose value the file must be named after, if only that identifies the snapshot's resource.
  var pathMember: JSONPointer? {
    for case .path(let pointer) in identity { return pointer }
    return nil
  }
}

/// A field of a snapshot of the request's resource.
struct SnapshotField {
  let kind: SnapshotKind
  let identity: [SnapshotConstraint.Identity]
  let field: JSONPointer
}

/// A snapshot rule's verdict on a request.
package struct SnapshotVerdict: Sendable {
  package enum State: Sendable { case met, unmet, unknown }

  package let rule: String
  package let severity: Severity
  /// The condition; `nil` for a remark, which counts if it is unmet.
  package let statement: String?
  package let state: State
  package let evidence: String
  package let hint: String?
  /// Indices of the snapshots that were used.
  package let used: [Int]
  /// Whether nobody has to look into it: no snapshot was given, and none is asked for.
  package let isDispensable: Bool
  /// The resource that the snapshot is assumed to describe; valid only if the plan has no other such resource.
  package let assumed: String?
}
