internal import Syntax

/// Compares values of two documents member by member.
struct ValueComparison {
  let old: Document
  let new: Document

  /// What differs, by pointer.
  ///
  /// - Parameter dynamic: pointers to what is known at run time only.
  func changes(
    _ before: NodeID, _ after: NodeID, dynamic: (old: [String], new: [String])
  ) -> [PlanDifference.Change] {
    var changes: [PlanDifference.Change] = []
    compare(before, after, JSONPointer(), &changes)
    guard dynamic.old != dynamic.new else { return changes }
    let known = Set(changes.map(\.pointer))
    let (old, new) = (Set(dynamic.old), Set(dynamic.new))
    for pointer in old.symmetricDifference(new).sorted() where !known.contains(pointer) {
      guard let place = JSONPointer(parsing: pointer),
        let (left, right) = values(at: place, before, after)
      else { continue }
      changes.append(
        PlanDifference.Change(
          pointer: pointer, old: unknown(left, isDynamic: old.contains(pointer)),
          new: unknown(right, isDynamic: new.contains(pointer))))
    }
    return changes
  }

  /// The JSON of a value that both have.
  private func values(at place: JSONPointer, _ before: NodeID, _ after: NodeID) -> (String, String)? {
    guard let left = old.follow(place, from: before).value, let right = new.follow(place, from: after).value
    else { return nil }
    return (text(left, of: old), text(right, of: new))
  }

  private func text(_ id: NodeID, of document: Document) -> String {
    var writer = JSONWriter(.compact)
    writer.copy(id, of: document)
    return writer.text
  }

  /// JSON of a value as digests have it.
  private func unknown(_ json: String, isDynamic: Bool) -> String {
    isDynamic ? "{\"$unknown\":\(json)}" : json
  }

  /// Whether a value of the old document is masked, or one inside it.
  func hasMasked(_ id: NodeID) -> Bool {
    switch old[id].kind {
    case .mapping: old.entries(of: id).contains { hasMasked($0.value) }
    case .sequence: old.items(of: id).contains { hasMasked($0) }
    case .scalar, .alias: old.hasText(redacted, at: id)
    }
  }

  private func compare(
    _ before: NodeID, _ after: NodeID, _ place: JSONPointer, _ changes: inout [PlanDifference.Change]
  ) {
    switch (old[before].kind, new[after].kind) {
    case (.mapping, .mapping): compareMembers(before, after, place, &changes)
    case (.sequence, .sequence):
      let (left, right) = (Array(old.items(of: before)), Array(new.items(of: after)))
      for index in 0..<max(left.count, right.count) {
        let inner = JSONPointer(place.tokens + [String(index)])
        if index < left.count, index < right.count {
          compare(left[index], right[index], inner, &changes)
        } else {
          add(
            index < left.count ? left[index] : nil, index < right.count ? right[index] : nil, inner, &changes)
        }
      }
    default:
      guard old.canonicalJSON(of: before) != new.canonicalJSON(of: after) else { return }
      // A plan of another version may show what is masked now.
      let isMasked = old.hasText(redacted, at: before) || new.hasText(redacted, at: after)
      add(before, after, place, isMasked: isMasked, &changes)
    }
  }

  private func compareMembers(
    _ before: NodeID, _ after: NodeID, _ place: JSONPointer, _ changes: inout [PlanDifference.Change]
  ) {
    var names: [String] = []
    var known: Set<String> = []
    for name in old.entries(of: before).map({ old.string(of: $0.key) })
      + new.entries(of: after).map({ new.string(of: $0.key) }) where known.insert(name).inserted
    {
      names.append(name)
    }
    for name in names.sorted() {
      let inner = JSONPointer(place.tokens + [name])
      let (left, right) = (old.value(of: name, in: before), new.value(of: name, in: after))
      if let left, let right {
        compare(left, right, inner, &changes)
      } else {
        add(left, right, inner, &changes)
      }
    }
  }

  private func add(
    _ before: NodeID?, _ after: NodeID?, _ place: JSONPointer, isMasked: Bool = false,
    _ changes: inout [PlanDifference.Change]
  ) {
    func json(_ id: NodeID?, of document: Document) -> String? {
      id.map { id in
        var writer = JSONWriter(.compact)
        if isMasked { writer.value(redacted) } else { writer.copy(id, of: document) }
        return writer.text
      }
    }
    changes.append(
      PlanDifference.Change(
        pointer: place.description, old: json(before, of: old), new: json(after, of: new)))
  }
}
