internal import Syntax

/// What a request's resource is known by, as far as its parameters and other snapshots tell.
struct ResourceNames: Hashable {
  /// Fields, each with its value; `nil` for one that the resource must not have.
  var fields: [JSONPointer] = []
  var values: [String?] = []
  /// Names under which a snapshot is filed.
  var paths: [String] = []
  /// Whether anything names the resource.
  var isNamed = false
  /// Whether another snapshot would have to tell one of the values, and none does.
  var isAssumed = false

  var withoutPaths: ResourceNames {
    var names = self
    names.paths = []
    return names
  }
}

/// Which resources of the snapshots are the request's.
extension SnapshotRun {
  /// A value of the request's resource, and where it was read.
  typealias Told = (text: String, evidence: String)

  /// More answers about one resource are not compared.
  static let mostAnswers = 64

  /// The value of a field of the request's resource; `nil` where nothing tells it, or snapshots disagree.
  func value(of field: SnapshotField) -> Told? {
    let values = places(of: field).compactMap { resource, node -> Told? in
      let snapshot = state.snapshots[resource.snapshot]
      guard let text = snapshot.document.scalarText(at: node) else { return nil }
      let pointer = JSONPointer(snapshot.pointer(of: resource.item).tokens + field.field.tokens)
      return (text, "\(snapshot.file): \(pointer)")
    }
    guard let first = values.first, values.allSatisfy({ $0.text == first.text }) else { return nil }
    return first
  }

  /// Minutes since midnight that a field of the request's resource says as `{Hours, Minutes}`.
  func minuteOfDay(of field: SnapshotField) -> Int? {
    let minutes = places(of: field).map { state.snapshots[$0.snapshot].document.minuteOfDay(at: $1) }
    return minutes.first.flatMap { first in minutes.allSatisfy { $0 == first } ? first : nil }
  }

  private func places(of field: SnapshotField) -> [(SavedState.Resource, NodeID)] {
    let sure = resources(of: field.kind, names(of: field.identity)).sure
    guard sure.count <= Self.mostAnswers else { return [] }
    return sure.compactMap { resource in
      state.snapshots[resource.snapshot].document.follow(field.field, from: resource.item).value
        .map { (resource, $0) }
    }
  }

  /// What a request's resource is known by.
  func names(of identity: [SnapshotConstraint.Identity]) -> ResourceNames {
    var names = ResourceNames()
    for part in identity {
      switch part {
      case .path(let pointer):
        names.isNamed = true
        names.paths.append(parameter(pointer) ?? "")
      case .field(let field, let origins):
        let told = told(origins)
        guard told == nil else {
          names.isNamed = true
          names.fields.append(field)
          names.values.append(told)
          continue
        }
        if origins.allSatisfy({ if case .parameter = $0 { true } else { false } }) {
          // What no parameter names, the resource must not have either.
          names.fields.append(field)
          names.values.append(nil)
        } else {
          names.isAssumed = true
        }
      }
    }
    return names
  }

  /// The resources that have certain names: those for which nothing is taken for granted, and the others.
  func resources(
    of kind: SnapshotKind, _ names: ResourceNames
  ) -> (sure: [SavedState.Resource], assumed: [SavedState.Resource]) {
    guard names.isNamed || names.isAssumed else { return ([], []) }
    var found: (sure: [SavedState.Resource], assumed: [SavedState.Resource]) = ([], [])
    for resource in state.resources(of: kind, by: names.fields, names.values) where isHere(resource) {
      if isSure(resource.snapshot, names) {
        found.sure.append(resource)
      } else {
        found.assumed.append(resource)
      }
    }
    return found
  }

  /// Whether a resource of a snapshot that has the names needs no assumption to be the request's.
  func isSure(_ snapshot: Int, _ names: ResourceNames) -> Bool {
    !names.isAssumed && names.paths.allSatisfy { state.snapshots[snapshot].isFiled(under: $0) }
  }

  /// Whether nothing says that a resource is of another region or account than the request.
  func isHere(_ resource: SavedState.Resource) -> Bool {
    state.snapshots[resource.snapshot].isIn(region: region, account: account, resource.item)
  }

  /// What the first origin says that says anything.
  private func told(_ origins: [SnapshotConstraint.Origin]) -> String? {
    for origin in origins {
      switch origin {
      case .parameter(let pointer): if let text = parameter(pointer) { return text }
      case .snapshot(let field): if let told = value(of: field) { return told.text }
      }
    }
    return nil
  }

  /// Whether the request's region or account is known at run time only.
  var isElsewhereUnknown: Bool { !subject.dynamicFacts.isDisjoint(with: ["region", "account"]) }

  /// Whether a parameter that identifies the request's resource is known at run time only.
  func isUnknown(_ identity: [SnapshotConstraint.Identity]) -> Bool {
    guard context.document.hasDynamic else { return false }
    func isUnknown(_ pointer: JSONPointer) -> Bool { context.document.isUnknown(pointer, from: context.root) }
    return identity.contains { part in
      switch part {
      case .path(let pointer): isUnknown(pointer)
      case .field(_, let origins):
        origins.contains { if case .parameter(let pointer) = $0 { isUnknown(pointer) } else { false } }
      }
    }
  }

  func parameter(_ pointer: JSONPointer) -> String? {
    context.document.follow(pointer, from: context.root).value.flatMap { context.document.scalarText(at: $0) }
  }

  /// The request's values by which its resource is told.
  func identityText(_ identity: [SnapshotConstraint.Identity]) -> String {
    func texts(_ identity: [SnapshotConstraint.Identity]) -> [String] {
      identity.flatMap { part -> [String] in
        guard case .field(_, let origins) = part else {
          if case .path(let pointer) = part { return [parameter(pointer) ?? ""] }
          return []
        }
        for origin in origins {
          switch origin {
          case .parameter(let pointer): if let text = parameter(pointer) { return [text] }
          case .snapshot(let field): return texts(field.identity)
          }
        }
        return []
      }
    }
    return texts(identity).joined(separator: "/")
  }
}
