/// The services and operations that a run has asked for so far, unpacked once each.
///
/// One worker owns one; nothing in it depends on the order of the files.
public struct LoadedModels: Sendable {
  /// Where the services come from.
  public let catalog: Catalog
  private var services: [String: ServiceModel] = [:]
  private var operations: [OperationID: Operation] = [:]
  private var spellings: [OperationID: String] = [:]
  private var knownSensitiveNames: [String: Set<String>] = [:]
  private var regionNames: [String]??
  private var siblings: [OperationID: OperationID?] = [:]

  public init(_ catalog: Catalog) { self.catalog = catalog }

  /// The service of that name; `nil` for a name that is none.
  ///
  /// - Throws: for a model that cannot be read.
  public mutating func service(_ name: String) throws(ServiceModel.Fault) -> ServiceModel? {
    if let known = services[name] { return known }
    let service = try catalog.service(name)
    services[name] = service
    return service
  }

  /// The operation of that name, in the model's own spelling.
  public mutating func operation(_ id: OperationID) throws(ServiceModel.Fault) -> Operation? {
    if let known = operations[id] { return known }
    let operation = try service(id.service)?.operation(id.operation)
    operations[id] = operation
    return operation
  }

  /// The model's spelling of an operation that is written in one of the three.
  public mutating func canonicalName(_ written: OperationID) throws(ServiceModel.Fault) -> OperationID? {
    if let known = spellings[written] { return OperationID(service: written.service, operation: known) }
    guard let name = try service(written.service)?.canonicalOperationName(written.operation) else {
      return nil
    }
    spellings[written] = name
    return OperationID(service: written.service, operation: name)
  }

  /// Names that services give to members whose values must not be shown, in lower case.
  ///
  /// - Parameter services: `nil` for all, where the operation is not known; takes a look at the whole catalog.
  public mutating func sensitiveNames(of services: Set<String>? = nil) throws(ServiceModel.Fault) -> Set<
    String
  > {
    var names: Set<String> = []
    for name in services.map({ Array($0) }) ?? catalog.serviceNames {
      if knownSensitiveNames[name] == nil {
        knownSensitiveNames[name] = Set(try service(name)?.sensitiveMemberNames.map { $0.lowercased() } ?? [])
      }
      names.formUnion(knownSensitiveNames[name] ?? [])
    }
    return names
  }

  /// All AWS regions; `nil` where the catalog has no table of them.
  public mutating func regions() -> [String]? {
    if let regionNames { return regionNames }
    let names = catalog.regions()
    regionNames = .some(names)
    return names
  }

  /// The operation of a service on the same host that does the same job, such as opensearch's for es.
  ///
  /// - Shape: the one whose name shares most words, and at least two thirds of the shorter name's.
  public mutating func sibling(of operation: OperationID) throws(ServiceModel.Fault) -> Operation? {
    let sibling: OperationID?
    if let known = siblings[operation] {
      sibling = known
    } else {
      sibling = try nearestSibling(of: operation)
      siblings[operation] = .some(sibling)
    }
    guard let sibling else { return nil }
    return try self.operation(sibling)
  }

  private mutating func nearestSibling(of operation: OperationID) throws(ServiceModel.Fault) -> OperationID? {
    var best: (id: OperationID, share: Double)?
    let words = Self.words(of: operation.operation)
    for name in catalog.siblings(of: operation.service) {
      for candidate in try service(name)?.operationNames ?? [] {
        let others = Self.words(of: candidate)
        let shared = Double(words.intersection(others).count)
        let share = shared / Double(words.union(others).count)
        let isEnough = shared >= 2 / 3 * Double(min(words.count, others.count))
        guard isEnough, share > best?.share ?? 0.6 else { continue }
        best = (OperationID(service: name, operation: candidate), share)
      }
    }
    return best?.id
  }

  private static func words(of operation: String) -> Set<Substring> {
    Set(OperationSpelling.split(operation, by: "-").split(separator: "-"))
  }

  /// The operations whose inputs fit a set of top-level keys, best first.
  ///
  /// - Shape: at most three; every key known or all but one; those that know every key and miss no required member
  ///   are preferred, then those with few members.
  public mutating func likelyOperations(forKeys keys: [String]) throws(ServiceModel.Fault) -> [OperationID] {
    var scored: [(id: OperationID, score: Int)] = []
    for name in catalog.serviceNames {
      guard let service = try service(name) else { continue }
      for operation in service.operationNames {
        let input = service.inputMemberNames(of: operation)
        let known = keys.count { input.names.contains($0) }
        guard known > 0, known + 1 >= keys.count else { continue }
        let missing = input.required.count { !keys.contains($0) }
        let score = 4 * known - 4 * missing - 8 * (keys.count - known) - input.names.count
        scored.append((OperationID(service: name, operation: operation), score))
      }
    }
    scored.sort { ($1.score, $0.id.description) < ($0.score, $1.id.description) }
    return scored.prefix(3).map(\.id)
  }
}
