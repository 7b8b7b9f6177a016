internal import Syntax

/// Finds the shapes of a service that are or contain something sensitive, without unpacking any.
struct ShapeSensitivity {
  enum Kind {
    case plain
    /// Sensitive itself, or a list or map of sensitive values.
    case value
    /// Contains a sensitive member.
    case owner
  }

  private let model: ServiceModel
  private var known: [Int: Kind] = [:]

  init(model: ServiceModel) {
    self.model = model
    // Recursive shapes each take another round; there are few.
    var owners: [Int: [Int]] = [:]
    for index in model.shapes.indices { add(index, &owners) }
    var open = Array(known.keys)
    while let index = open.popLast() {
      for owner in owners[index] ?? [] {
        let kind: Kind = isStructure(owner) ? .owner : known[index] ?? .plain
        guard known[owner] == nil || (known[owner] == .owner && kind == .value) else { continue }
        known[owner] = kind
        open.append(owner)
      }
    }
  }

  /// Records whether a shape itself is sensitive, and which shapes it refers to.
  private mutating func add(_ index: Int, _ owners: inout [Int: [Int]]) {
    let shape = model.shapes[index].value
    if model.flag("sensitive", in: shape) { known[index] = .value }
    for key in ["member", "key", "value"] {
      guard let reference = model.document.value(of: key, in: shape) else { continue }
      if model.flag("sensitive", in: reference) { known[index] = .value }
      if let target = target(of: reference) { owners[target, default: []].append(index) }
    }
    guard let members = model.document.value(of: "members", in: shape) else { return }
    for member in model.document.entries(of: members) {
      if model.flag("sensitive", in: member.value) { known[index] = known[index] ?? .owner }
      if let target = target(of: member.value) { owners[target, default: []].append(index) }
    }
  }

  private func isStructure(_ index: Int) -> Bool {
    model.document.value(of: "members", in: model.shapes[index].value) != nil
  }

  private func target(of reference: NodeID) -> Int? {
    model.text("shape", in: reference).flatMap { model.index(ofShape: $0) }
  }

  /// The kind of the shape that a member refers to.
  func kind(ofReference reference: NodeID) -> Kind {
    if model.flag("sensitive", in: reference) { return .value }
    return target(of: reference).flatMap { known[$0] } ?? .plain
  }
}
