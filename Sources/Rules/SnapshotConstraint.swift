internal import Syntax

/// What must hold of a resource, as a saved answer of a describe call shows it.
struct SnapshotConstraint {
  /// What a field of a snapshot must be equal to for the snapshot to be of the request's resource.
  indirect enum Origin {
    case parameter(JSONPointer)
    /// A folder or the file's name is the value of a member, for answers that name no resource.
    case path(JSONPointer)
    /// A field of another snapshot that is of the request's resource; the first that tells.
    case snapshots([SnapshotField])
  }

  /// What tells a resource: a field of it and the value that it must have.
  struct Identity {
    let field: JSONPointer
    let origin: Origin
  }

  /// A fact that must be there, in one of some types.
  struct Reading {
    let field: JSONPointer
    let types: Schema.Types
  }

  let kind: SnapshotKind
  let identity: [Identity]
  let readings: [Reading]
  /// Over `{parameters, snapshot}`.
  let assert: Schema
  /// Where given, fewer resources than this may satisfy `assert`.
  let below: Int?
  /// What must hold, as the plan lists it; `nil` for a remark.
  let statement: MessageTemplate?
  /// The rule's message, its members looked up in `{parameters, snapshot}`.
  let message: MessageTemplate

  /// The resource in words, such as `service template`.
  var noun: String { kind.rawValue.split(separator: "-").joined(separator: " ") }

  /// Whether only the file's name tells whose the snapshot is.
  var hasPathIdentity: Bool {
    identity.contains { if case .path = $0.origin { true } else { false } }
  }
}

/// A field of a snapshot that is of the request's resource.
struct SnapshotField {
  let kind: SnapshotKind
  let identity: [SnapshotConstraint.Identity]
  let field: JSONPointer
}

/// What a snapshot rule says of a request.
public struct SnapshotVerdict: Sendable {
  public enum State: Sendable { case met, unmet, unknown }

  public let rule: String
  public let severity: Severity
  /// What must hold; `nil` for a remark, which counts where it is unmet.
  public let statement: String?
  public let state: State
  public let evidence: String
  public let hint: String?
  /// Places of the snapshots that were used.
  public let used: [Int]
  /// What the snapshot was taken to be of, though it does not say so: holds only if the plan has no other such resource.
  public let assumed: String?
}
