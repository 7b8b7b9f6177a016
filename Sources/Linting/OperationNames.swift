internal import Models
internal import Requests

/// Names from the models of operations, for masking values.
///
/// Not Sendable: one worker owns one.
final class OperationNames {
  private let models: LoadedModels
  private var vocabularies: [OperationID: Set<String>] = [:]
  private var members: [OperationID?: SensitiveMembers] = [:]

  init(_ models: LoadedModels) { self.models = models }

  /// Members of an operation that are or contain something sensitive; for an unknown operation, those that mostly are.
  func sensitiveMembers(of id: OperationID?) -> SensitiveMembers {
    if let known = members[id] { return known }
    let found: SensitiveNames
    if let operation = id.flatMap({ try? models.operation($0) }) {
      let members = operation.hasSensitive ? operation.shapes.flatMap(\.members) : []
      found = SensitiveNames(
        values: Set(members.filter { operation[$0.shape].holdsSensitive }.map { $0.name.lowercased() }))
    } else {
      found = models.sensitiveNames()
    }
    let names = SensitiveMembers(found)
    members[id] = names
    return names
  }

  /// Names of all operations of a document, which its frame may mention.
  func vocabulary(ofAll requests: [Request]) -> Set<String> {
    var names: Set<String> = []
    for id in Set(requests.compactMap(\.operation)) { names.formUnion(vocabulary(of: id)) }
    return names
  }

  /// Names in the model of an operation, which reveal nothing about values.
  func vocabulary(of id: OperationID?) -> Set<String> {
    guard let id, let operation = try? models.operation(id) else { return [] }
    if let known = vocabularies[id] { return known }
    var names: Set<String> = [id.service, id.operation]
    for shape in operation.shapes {
      names.formUnion(shape.values)
      for member in shape.members { names.insert(member.name) }
    }
    vocabularies[id] = names
    return names
  }
}
