internal import Syntax

/// Which resources of the snapshots are the request's.
extension SnapshotRun {
  /// Whether a resource is the request's.
  enum Match {
    case yes, no
    /// Nothing says otherwise, but nothing names it either.
    case assumed
  }

  /// A value of the request's resource, and where it was read.
  typealias Told = (text: String, evidence: String)

  /// The value of a field of the request's resource; `nil` where nothing tells it, or snapshots disagree.
  func value(of field: SnapshotField) -> Told? {
    let values = places(of: field).compactMap { resource, node -> Told? in
      let snapshot = snapshots[resource.snapshot]
      guard let text = snapshot.document.scalarText(at: node) else { return nil }
      let pointer = JSONPointer(snapshot.pointer(of: resource.item).tokens + field.field.tokens)
      return (text, "\(snapshot.file): \(pointer)")
    }
    guard let first = values.first, values.allSatisfy({ $0.text == first.text }) else { return nil }
    return first
  }

  /// Minutes since midnight that a field of the request's resource says as `{Hours, Minutes}`.
  func minuteOfDay(of field: SnapshotField) -> Int? {
    let minutes = places(of: field).map { snapshots[$0.snapshot].document.minuteOfDay(at: $1) }
    return minutes.first.flatMap { first in minutes.allSatisfy { $0 == first } ? first : nil }
  }

  private func places(of field: SnapshotField) -> [(Resource, NodeID)] {
    resources(of: field.kind, field.identity).compactMap { resource in
      guard match(resource, field.identity) == .yes else { return nil }
      return snapshots[resource.snapshot].document.follow(field.field, from: resource.item).value
        .map { (resource, $0) }
    }
  }

  /// Resources of a kind that can be the request's: where their name tells it, those of that name.
  func resources(of kind: SnapshotKind, _ identity: [SnapshotConstraint.Identity]) -> [Resource] {
    let name = identity.lazy.compactMap { part in
      if case .field(let field, let origins) = part, field.tokens == [kind.nameKey], origins.count == 1,
        case .parameter(let pointer) = origins[0]
      {
        self.parameter(pointer)
      } else {
        nil
      }
    }.first
    guard let name else { return resources(of: kind) }
    return snapshots.indices.filter { snapshots[$0].kind == kind }.flatMap { index in
      snapshots[index].itemsByName[name, default: []].map { Resource(snapshot: index, item: $0) }
    }
  }

  func resources(of kind: SnapshotKind) -> [Resource] {
    snapshots.indices.filter { snapshots[$0].kind == kind }.flatMap { index in
      snapshots[index].items.map { Resource(snapshot: index, item: $0) }
    }
  }

  /// Whether nothing says that a resource is of another region or account than the request.
  func isHere(_ resource: Resource) -> Bool {
    snapshots[resource.snapshot].isIn(region: region, account: account, resource.item)
  }

  func match(_ resource: Resource, _ identity: [SnapshotConstraint.Identity]) -> Match {
    let document = snapshots[resource.snapshot].document
    var isAssumed = false
    var isNamed = false
    for part in identity {
      switch part {
      case .path(let pointer):
        isNamed = true
        let name = parameter(pointer)
        if !snapshots[resource.snapshot].isFiled(under: name ?? "") { isAssumed = true }
      case .field(let field, let origins):
        let value = document.follow(field, from: resource.item).value.flatMap { document.scalarText(at: $0) }
        guard let told = told(origins) else {
          // What no parameter names, the resource must not have either.
          let isOfRequest = origins.allSatisfy { if case .parameter = $0 { true } else { false } }
          if isOfRequest, value != nil { return .no }
          if !isOfRequest { isAssumed = true }
          continue
        }
        if value != told { return .no }
        isNamed = true
      }
    }
    guard isNamed || isAssumed else { return .no }
    guard isHere(resource) else { return .no }
    return isAssumed ? .assumed : .yes
  }

  /// An entry of a list that could be anything's, since a name of it is missing or no text.
  func unreadable(in index: Int, _ identity: [SnapshotConstraint.Identity]) -> JSONPointer? {
    let snapshot = snapshots[index]
    let document = snapshot.document
    func isText(_ node: NodeID?, orAbsent: Bool) -> Bool {
      guard let node, document.jsonTypes(of: node) != .null else { return orAbsent }
      return document.jsonTypes(of: node) == .string
    }
    let item = snapshot.items.first { item in
      guard isText(document.value(of: snapshot.kind.nameKey, in: item), orAbsent: false) else { return true }
      return !identity.allSatisfy { part in
        guard case .field(let field, _) = part else { return true }
        return isText(document.follow(field, from: item).value, orAbsent: true)
      }
    }
    return item.map { snapshot.pointer(of: $0) }
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

extension Document {
  /// The text of a value that is neither a collection nor null.
  fileprivate func scalarText(at node: NodeID) -> String? {
    guard self[node].kind == .scalar, scalarType(of: node) != .null else { return nil }
    return string(of: node)
  }
}
