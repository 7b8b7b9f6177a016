internal import Syntax

/// The names of a request's resource, as far as its parameters and other snapshots give them.
struct ResourceNames: Hashable {
  /// Fields and their values; `nil` for a field that the resource must not have.
  var fields: [JSONPointer] = []
  var values: [String?] = []
  /// Names under which a snapshot is filed.
  var paths: [String] = []
  /// Whether the request names the resource at all.
  var isNamed = false
  /// Whether one of the values must come from another snapshot, but none gives it.
  var isAssumed = false

  var withoutPaths: ResourceNames {
    var names = self
    names.paths = []
    return names
  }
}

/// Finds the resources in the snapshots that belong to the request.
extension SnapshotRun {
  /// A value of the request's resource, with its source.
  typealias Told = (text: String, evidence: String)

  /// Further answers about one resource are not compared.
  static let mostAnswers = 64

  /// The value of a field of the request's resource; `nil` if it is unknown, or snapshots disagree.
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

  /// Minutes since midnight of a field `{Hours, Minutes}` of the request's resource.
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

  /// The names of a request's resource.
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
          // If no parameter names it, the resource must lack it too.
          names.fields.append(field)
          names.values.append(nil)
        } else {
          names.isAssumed = true
        }
      }
    }
    return names
  }

  /// The resources with given names, split into certain matches and assumed ones.
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

  /// Whether a snapshot's resource with the names certainly belongs to the request.
  func isSure(_ snapshot: Int, _ names: ResourceNames) -> Bool {
    !names.isAssumed && names.paths.allSatisfy { state.snapshots[snapshot].isFiled(under: $0) }
  }

  /// Whether a resource is not known to be in another region or account than the request.
  func isHere(_ resource: SavedState.Resource) -> Bool {
    state.snapshots[resource.snapshot].isIn(region: region, account: account, resource.item)
  }

  /// The value from the first origin that gives one.
  private func told(_ origins: [SnapshotConstraint.Origin]) -> String? {
    for origin in origins {
      switch origin {
      case .parameter(let pointer): if let text = parameter(pointer) { return text }
      case .snapshot(let field): if let told = value(of: field) { return told.text }
      }
    }
    return nil
  }

  /// Whether the request's region or account is known only at run time.
  var isElsewhereUnknown: Bool { !subject.dynamicFacts.isDisjoint(with: ["region", "account"]) }

  /// Whether a parameter that identifies the request's resource is known only at run time.
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

  /// The values of the request that identify its resource.
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
