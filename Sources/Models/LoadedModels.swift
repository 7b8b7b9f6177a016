/// The services and operations that a run has requested so far, each unpacked once.
///
/// Not Sendable: one worker owns one. Its contents do not depend on the order of the files.
package final class LoadedModels {
  /// The origin of the services.
  package let catalog: Catalog
  private var services: [String: Result<ServiceModel, ModelFault>] = [:]
  private var operations: [OperationID: Operation] = [:]
  private var spellings: [OperationID: OperationID] = [:]
  private var knownSensitiveNames: [String: SensitiveNames] = [:]
  private var servicesWithSensitive: [String: Bool] = [:]
  private var mostlySensitiveNames: SensitiveNames?
  var nearServices: [String: String?] = [:]
  private var regionNames: [String]??
  private var siblings: [OperationID: OperationID?] = [:]
  private var fittingOperations: [[String]: [OperationID]] = [:]
  var nearOperations: [OperationID: NearOperation?] = [:]
  /// Input member names of a service's operations, to find what unknown keys could mean.
  private var inputs: [String: [Input]] = [:]
  private var knownServiceNames: [Candidate]?
  /// Other names of services, once requested.
  private var knownOtherNames: [(service: String, name: Candidate)]?
  private var knownOperationNames: [String: [Candidate]] = [:]
  var nearestOperations: [OperationID: [OperationID]] = [:]

  package init(_ catalog: Catalog) { self.catalog = catalog }

  /// The input of an operation.
  private struct Input {
    let operation: String
    let names: [String]
    let required: [String]
  }

  func serviceCandidates() -> [Candidate] {
    if let knownServiceNames { return knownServiceNames }
    let names = catalog.serviceNames.map { Candidate($0) }
    knownServiceNames = names
    return names
  }

  func otherServiceCandidates() -> [(service: String, name: Candidate)] {
    if let knownOtherNames { return knownOtherNames }
    let names = catalog.otherServiceNames().map { (service: $0.service, name: Candidate($0.name)) }
    knownOtherNames = names
    return names
  }

  func operationCandidates(of service: ServiceModel) -> [Candidate] {
    if let known = knownOperationNames[service.name] { return known }
    let names = service.operationNames.map { Candidate($0) }
    knownOperationNames[service.name] = names
    return names
  }

  /// The service with that name; `nil` if there is none or if its model cannot be read.
  package func service(_ name: String) -> ServiceModel? { try? load(name) }

  private func load(_ name: String) throws(ModelFault) -> ServiceModel? {
    if let known = services[name] { return try known.get() }
    do throws(ModelFault) {
      let service = try catalog.service(name)
      services[name] = service.map { .success($0) }
      return service
    } catch {
      services[name] = .failure(error)
      throw error
    }
  }

  /// The operation with that name, in the model's own spelling.
  ///
  /// - Throws: if the model, or the part that this operation needs, cannot be read.
  package func operation(_ id: OperationID) throws(ModelFault) -> Operation? {
    if let known = operations[id] { return known }
    let operation = try load(id.service)?.operation(id.operation)
    operations[id] = operation
    return operation
  }

  /// Same as `canonicalName`, but only for names that were requested before.
  package func knownSpelling(of written: OperationID) -> OperationID? {
    spellings[written]
  }

  /// The model's name for a service named as in botocore or the AWS CLI.
  package func serviceName(_ written: String) -> String? { catalog.serviceName(written) }

  /// The model's spelling of an operation written in any of the three spellings, or with a name of the AWS CLI.
  ///
  /// - Shape: the name as written if the model cannot be read; `operation` then throws the reason.
  package func canonicalName(_ written: OperationID) -> OperationID? {
    if let known = spellings[written] { return known }
    guard let service = serviceName(written.service) else { return nil }
    do throws(ModelFault) {
      guard let name = try load(service)?.canonicalOperationName(written.operation) else { return nil }
      let id = OperationID(service: service, operation: name)
      spellings[written] = id
      return id
    } catch {
      return OperationID(service: service, operation: written.operation)
    }
  }

  /// Names of the services' members whose values must not be shown.
  ///
  /// - Shape: for a service with an unreadable model, the names compiled in for it and the mostly sensitive ones.
  package func sensitiveNames(of services: some Sequence<String>) -> SensitiveNames {
    var names = SensitiveNames()
    for service in services { names.formUnion(sensitiveNames(of: service)) }
    return names
  }

  /// Likewise for one service.
  package func sensitiveNames(of service: String) -> SensitiveNames {
    if let known = knownSensitiveNames[service] { return known }
    let names = findSensitiveNames(of: service)
    knownSensitiveNames[service] = names
    return names
  }

  private func findSensitiveNames(of name: String) -> SensitiveNames {
    if let service = service(name) { return service.sensitiveNames }
    guard catalog.hasService(name) else { return SensitiveNames() }
    var names = (try? Catalog.builtIn.service(name))?.sensitiveNames ?? SensitiveNames()
    names.formUnion(sensitiveNames())
    return names
  }

  /// Names that are mostly sensitive, for use if no service is known.
  package func sensitiveNames() -> SensitiveNames {
    if let mostlySensitiveNames { return mostlySensitiveNames }
    let names = SensitiveNames(values: catalog.sensitiveNames() ?? [])
    mostlySensitiveNames = names
    return names
  }

  /// Decides which parts of an operation's request must not be shown.
  package func secrecy(of operation: Operation) -> Secrecy {
    if operation.hasSensitive { return Secrecy(operation, masksUnknown: true) }
    // A member that does not exist may belong to another operation.
    let names = hasSensitive(operation.service) ? sensitiveNames(of: operation.service) : SensitiveNames()
    return Secrecy(operation, masksUnknown: false, names: names)
  }

  private func hasSensitive(_ name: String) -> Bool {
    if let known = servicesWithSensitive[name] { return known }
    // Every request asks whether any name is sensitive; finding which ones takes far longer.
    let isMentioned = service(name)?.mentionsSensitive ?? true
    servicesWithSensitive[name] = isMentioned
    return isMentioned
  }

  /// All AWS regions; `nil` if the catalog has no table of them.
  package func regions() -> [String]? {
    if let regionNames { return regionNames }
    let names = catalog.regions()
    regionNames = .some(names)
    return names
  }

  /// The equivalent operation of another service on the same host, such as opensearch's for es.
  ///
  /// - Shape: the one whose name shares the most words, and at least two thirds of the shorter name's words.
  package func sibling(of operation: OperationID) -> Operation? {
    let sibling: OperationID?
    if let known = siblings[operation] {
      sibling = known
    } else {
      sibling = nearestSibling(of: operation)
      siblings[operation] = .some(sibling)
    }
    guard let sibling else { return nil }
    return try? self.operation(sibling)
  }

  private func nearestSibling(of operation: OperationID) -> OperationID? {
    var best: (id: OperationID, share: Double)?
    let words = Self.words(of: operation.operation)
    for name in catalog.siblings(of: operation.service) {
      for candidate in service(name)?.operationNames ?? [] {
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
  /// - Shape: at most three; none if more than three fit best. They know all keys or, if no operation does, all but
  ///   one; those without missing required members are preferred, then those with few members.
  package func likelyOperations(forKeys keys: [String]) -> [OperationID] {
    let keys = Set(keys).sorted()
    if let known = fittingOperations[keys] { return known }
    var fits: [(id: OperationID, unknown: Int, score: Int)] = []
    for name in catalog.services(naming: keys) {
      for input in inputs(of: name) {
        let unknown = keys.count { !input.names.contains($0) }
        guard unknown < min(keys.count, 2) else { continue }
        let missing = input.required.count { !keys.contains($0) }
        let id = OperationID(service: name, operation: input.operation)
        fits.append((id, unknown, 4 * missing + input.names.count))
      }
    }
    let fewest = fits.map(\.unknown).min()
    fits = fits.filter { $0.unknown == fewest }
      .sorted { ($0.score, $0.id.description) < ($1.score, $1.id.description) }
    let areTooMany = fits.prefix { $0.score == fits.first?.score }.count > 3
    let likely = areTooMany ? [] : fits.prefix(3).map(\.id)
    fittingOperations[keys] = likely
    return likely
  }

  private func inputs(of name: String) -> [Input] {
    if let known = inputs[name] { return known }
    // The service itself is not stored: it is mostly not used again.
    guard let service = try? services[name]?.get() ?? catalog.service(name) else { return [] }
    let found = service.operationNames.map { operation in
      let members = service.inputMemberNames(of: operation)
      return Input(operation: operation, names: members.names, required: members.required)
    }
    inputs[name] = found
    return found
  }
}
