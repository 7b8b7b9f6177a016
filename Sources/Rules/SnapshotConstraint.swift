internal import Syntax
package import Verdicts

/// A schema over `{parameters, snapshot}`.
struct SnapshotAssertion {
  let schema: Schema
  /// Whether it may look at more of a request than region, account and operation.
  let readsRequest: Bool
}

/// What must hold of a resource, as a saved answer of a describe call shows it.
///
/// One reference, since each request is held against many.
final class SnapshotConstraint {
  /// Where the value stands that tells whose a snapshot is.
  indirect enum Origin {
    case parameter(JSONPointer)
    /// A field of another snapshot that is of the request's resource.
    case snapshot(SnapshotField)
  }

  /// What tells a resource.
  enum Identity {
    /// A field of it, and the value that it must have: that of the first origin that tells one.
    case field(JSONPointer, [Origin])
    /// A folder or the file's name is the value of a member, for answers that name no resource.
    case path(JSONPointer)
  }

  /// A fact that must be there before anything is concluded.
  struct Reading {
    /// What a fact may be.
    enum Expected {
      case types(Schema.Types)
      /// An epoch number or an RFC 3339 text.
      case time
      /// One of these texts, or nothing where that means something too.
      case oneOf([String], isOptional: Bool)
    }

    let field: JSONPointer
    let expected: Expected
  }

  let kind: SnapshotKind
  let identity: [Identity]
  let readings: [Reading]
  let assert: SnapshotAssertion
  /// Where given, fewer resources than this may satisfy `assert`.
  let below: Int?
  /// Whether an entry of a list, which may leave fields out, tells nothing.
  let needsWhole: Bool
  /// What must hold, as the plan lists it; `nil` for a remark.
  let statement: MessageTemplate?
  /// The rule's message, its members looked up in `{parameters, snapshot}`.
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

  /// The member by whose value a file must be named, where only that tells whose the snapshot is.
  var pathMember: JSONPointer? {
    for case .path(let pointer) in identity { return pointer }
    return nil
  }
}

/// A field of a snapshot that is of the request's resource.
struct SnapshotField {
  let kind: SnapshotKind
  let identity: [SnapshotConstraint.Identity]
  let field: JSONPointer
}

/// What a snapshot rule says of a request.
package struct SnapshotVerdict: Sendable {
  package enum State: Sendable { case met, unmet, unknown }

  package let rule: String
  package let severity: Severity
  /// What must hold; `nil` for a remark, which counts where it is unmet.
  package let statement: String?
  package let state: State
  package let evidence: String
  package let hint: String?
  /// Places of the snapshots that were used.
  package let used: [Int]
  /// Whether nobody has to look into it: no snapshot was given, and none is asked for.
  package let isDispensable: Bool
  /// What the snapshot was taken to be of, though it does not say so: holds only if the plan has no other such resource.
  package let assumed: String?
}
