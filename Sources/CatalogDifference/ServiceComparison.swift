internal import Models
internal import Syntax

/// Finds the changes between two models of one service.
///
/// Compares shapes in pairs, starting at the inputs of operations that both models have, so a renamed shape is compared
/// with the one that it replaces. Shapes that only an added or removed operation or member reaches are covered by the
/// report of that operation or member.
struct ServiceComparison {
  /// Two shapes in the same place.
  private struct Pair: Hashable {
    let old: String
    let new: String
  }

  /// How a pair was first reached, and from where else it is reached.
  private struct Visit {
    let pair: Pair
    let path: String
    var parents: Set<Int> = []
    /// The operations that have it as their input.
    var operations: Set<String> = []
  }

  let service: String
  let old: ServiceModel
  let new: ServiceModel
  private let facts: FactComparison
  private var visits: [Visit] = []
  private var known: [Pair: Int] = [:]
  /// Indices in `changes` of the changes found in a pair.
  private var changesByVisit: [Int: [Int]] = [:]
  private var changes: [CatalogChange] = []

  init(_ service: String, old: ServiceModel, new: ServiceModel) {
    self.service = service
    self.old = old
    self.new = new
    facts = FactComparison(service: service, old: old.document, new: new.document)
  }

  /// - Parameter knowsRegions: whether the newer model has the regions of the service.
  /// - Shape: the service itself, then its operations, then shapes in the order in which inputs reach them.
  mutating func run(knowsRegions: Bool) -> [CatalogChange] {
    let roots = (old.document.root, new.document.root)
    let metadata = (
      old.document.value(of: "metadata", in: roots.0), new.document.value(of: "metadata", in: roots.1)
    )
    changes += facts.nested("metadata", metadata.0, metadata.1, of: .service)
    if knowsRegions { changes += facts.valueList("regions", roots.0, roots.1, of: .service) }
    compareOperations()
    var next = 0
    while next < visits.count {
      compareShapes(at: next)
      next += 1
    }
    addOperations()
    return changes
  }

  // MARK: Operations

  private mutating func compareOperations() {
    for entry in new.operations where old.find(new.document.string(of: entry.key), in: old.operations) == nil
    {
      let name = new.document.string(of: entry.key)
      changes.append(CatalogChange(service, .operation(name), .added, operations: [name]))
    }
    for entry in old.operations {
      let name = old.document.string(of: entry.key)
      guard let other = new.find(name, in: new.operations) else {
        changes.append(
          CatalogChange(service, .operation(name), .removed, isBreaking: true, operations: [name]))
        continue
      }
      var found = facts.plain(entry.value, other.value, of: .operation(name), besides: ["http", "input"])
      let http = (
        old.document.value(of: "http", in: entry.value), new.document.value(of: "http", in: other.value)
      )
      found += facts.nested("http", http.0, http.1, of: .operation(name))
      found += compareInputs(name, entry.value, other.value)
      for index in found.indices { found[index].operations = [name] }
      changes += found
    }
  }

  private mutating func compareInputs(_ name: String, _ left: NodeID, _ right: NodeID) -> [CatalogChange] {
    let inputs = (old.document.value(of: "input", in: left), new.document.value(of: "input", in: right))
    guard let oldInput = inputs.0, let newInput = inputs.1 else {
      guard inputs.0 != nil || inputs.1 != nil else { return [] }
      let shape = inputs.1.flatMap { new.find(new.text("shape", in: $0) ?? "", in: new.shapes) }
      let isBreaking = inputs.1 == nil || shape.map { !required(in: $0.value).isEmpty } ?? false
      return [
        CatalogChange(
          service, .operation(name), key: "input", inputs.1 == nil ? .removed : .added,
          old: facts.oldJSON(inputs.0), new: facts.newJSON(inputs.1), isBreaking: isBreaking)
      ]
    }
    visit(oldInput, newInput, path: name, operation: name)
    return facts.plain(oldInput, newInput, of: .operation(name), besides: ["shape"], prefix: "input.")
  }

  // MARK: Shapes

  /// Queues the shapes of two references.
  private mutating func visit(
    _ left: NodeID, _ right: NodeID, path: String, from parent: Int? = nil, operation: String? = nil
  ) {
    let pair = Pair(old: old.text("shape", in: left) ?? "", new: new.text("shape", in: right) ?? "")
    let index = known[pair] ?? visits.count
    if index == visits.count {
      known[pair] = index
      visits.append(Visit(pair: pair, path: path))
    }
    if let parent { visits[index].parents.insert(parent) }
    if let operation { visits[index].operations.insert(operation) }
  }

  private mutating func compareShapes(at index: Int) {
    let (pair, path) = (visits[index].pair, visits[index].path)
    guard let left = old.find(pair.old, in: old.shapes)?.value,
      let right = new.find(pair.new, in: new.shapes)?.value
    else { return }
    let subject = CatalogChange.Subject.shape(pair.new)
    var found: [CatalogChange] = []
    if pair.old != pair.new {
      found.append(
        CatalogChange(
          service, subject, key: "shape", .changed, old: FactComparison.quoted(pair.old),
          new: FactComparison.quoted(pair.new)))
    }
    let types = (old.text("type", in: left) ?? "", new.text("type", in: right) ?? "")
    if types.0 != types.1 {
      found.append(
        CatalogChange(
          service, subject, key: "type", .changed, old: FactComparison.quoted(types.0),
          new: FactComparison.quoted(types.1), isBreaking: !isWider(types.1, than: types.0)))
    }
    if types.0 == types.1 || isWider(types.1, than: types.0) {
      found += facts.plain(
        left, right, of: subject, besides: ["type", "enum", "required", "members", "member", "key", "value"])
      found += facts.valueList("enum", left, right, of: subject)
      found += compareMembers(left, right, of: pair.new, at: index)
      found += compareElements(left, right, of: subject, path: path, at: index)
    }
    guard !found.isEmpty else { return }
    changesByVisit[index] = Array(changes.count..<changes.count + found.count)
    changes += found
  }

  /// Whether every value of one type is also a value of the other.
  private func isWider(_ type: String, than other: String) -> Bool {
    switch (other, type) {
    case ("integer", "long"), ("float", "double"), ("integer", "double"), ("integer", "float"): true
    case ("character", "string"), ("string", "character"): true
    default: false
    }
  }

  private mutating func compareElements(
    _ left: NodeID, _ right: NodeID, of subject: CatalogChange.Subject, path: String, at index: Int
  ) -> [CatalogChange] {
    var found: [CatalogChange] = []
    for (key, step) in [("member", "[]"), ("key", "{key}"), ("value", "{}")] {
      guard let from = old.document.value(of: key, in: left), let to = new.document.value(of: key, in: right)
      else { continue }
      found += facts.plain(from, to, of: subject, besides: ["shape"], prefix: "\(key).")
      visit(from, to, path: path + step, from: index)
    }
    return found
  }

  private mutating func compareMembers(
    _ left: NodeID, _ right: NodeID, of shape: String, at index: Int
  ) -> [CatalogChange] {
    let (before, after) = (members(of: left, in: old.document), members(of: right, in: new.document))
    let required = (Set(old.strings("required", in: left)), self.required(in: right))
    let requiredNames = Set(new.strings("required", in: right))
    var found: [CatalogChange] = []
    for (name, reference) in before {
      let subject = CatalogChange.Subject.member(name, of: shape)
      guard let other = after.first(where: { $0.name == name })?.reference else {
        found.append(
          CatalogChange(service, subject, .removed, old: facts.oldJSON(reference), isBreaking: true))
        continue
      }
      if required.0.contains(name) != requiredNames.contains(name) {
        found.append(
          CatalogChange(
            service, subject, key: "required", requiredNames.contains(name) ? .added : .removed,
            isBreaking: required.1.contains(name)))
      }
      found += facts.plain(
        reference, other, of: subject, besides: ["shape"], isRequired: requiredNames.contains(name))
      visit(reference, other, path: "\(visits[index].path).\(name)", from: index)
    }
    for (name, reference) in after where !before.contains(where: { $0.name == name }) {
      found.append(
        CatalogChange(
          service, .member(name, of: shape), .added, new: described(reference, requiredNames.contains(name)),
          isBreaking: required.1.contains(name)))
    }
    let subject = CatalogChange.Subject.shape(shape)
    found += facts.order("members", before.map(\.name), after.map(\.name), of: subject)
    found += facts.order(
      "required", old.strings("required", in: left), new.strings("required", in: right), of: subject)
    return found
  }

  private func members(of shape: NodeID, in document: Document) -> [(name: String, reference: NodeID)] {
    guard let list = document.value(of: "members", in: shape) else { return [] }
    return document.entries(of: list).map { (document.string(of: $0.key), $0.value) }
  }

  /// Members that a request must supply under the newer model; clients fill in tokens.
  private func required(in shape: NodeID) -> Set<String> {
    let tokens = members(of: shape, in: new.document).filter {
      new.flag("idempotencyToken", in: $0.reference)
    }
    return Set(new.strings("required", in: shape)).subtracting(tokens.map(\.name))
  }

  /// A member of the newer model, with the type of its shape and whether it is required.
  private func described(_ reference: NodeID, _ isRequired: Bool) -> String {
    let shape = new.find(new.text("shape", in: reference) ?? "", in: new.shapes)
    var writer = JSONWriter(.compact)
    writer.object { writer in
      writer.member("type", shape.flatMap { new.text("type", in: $0.value) })
      if isRequired { writer.member("required", true) }
      for entry in new.document.entries(of: reference) {
        writer.key(new.document.string(of: entry.key))
        writer.copy(entry.value, of: new.document)
      }
    }
    return writer.text
  }

  // MARK: Operations that are touched

  private mutating func addOperations() {
    for (visit, places) in changesByVisit {
      var operations: Set<String> = []
      var seen: Set<Int> = [visit]
      var waiting = [visit]
      while let next = waiting.popLast() {
        operations.formUnion(visits[next].operations)
        for parent in visits[next].parents where seen.insert(parent).inserted { waiting.append(parent) }
      }
      let sorted = operations.sorted()
      for place in places {
        changes[place].operations = sorted
        changes[place].path = visits[visit].path
        if case .member(let name, _) = changes[place].subject { changes[place].path? += ".\(name)" }
      }
    }
  }
}
