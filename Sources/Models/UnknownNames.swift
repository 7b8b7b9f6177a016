/// Finds what a name that does not exist most likely means.
extension LoadedModels {
  /// An operation with a name near to an unknown one.
  package struct NearOperation: Sendable {
    package let id: OperationID
    /// Whether the name is exactly as written, and only the service differs.
    package let hasThatName: Bool
  }

  /// The service that an unknown name most likely means.
  ///
  /// - Shape: tries case and separators first, then the AWS CLI's name, then the other names that models give to
  ///   services, then few edits.
  package func nearService(_ name: String) -> String? {
    if let known = nearServices[name] { return known }
    let near = findNearService(name)
    nearServices[name] = .some(near)
    return near
  }

  private func findNearService(_ name: String) -> String? {
    let wanted = foldedName(name)
    guard !wanted.isEmpty else { return nil }
    let services = serviceCandidates()
    if let same = services.first(where: { $0.folded == wanted }) { return same.name }
    if let service = CommandLineNames.service(named: wanted), catalog.hasService(service) { return service }
    let others = otherServiceCandidates()
    if let other = others.first(where: { $0.name.folded == wanted }) { return other.service }
    let beginnings = others.lazy.filter {
      $0.name.name.utf8.count < 40 && $0.name.folded.starts(with: wanted)
    }
    if wanted.count >= 5,
      let other = beginnings.min(by: { $0.name.name.utf8.count < $1.name.name.utf8.count })
    {
      return other.service
    }
    if let near = suggestion(for: name, among: services) { return near }
    let near = suggestion(for: name, among: others.lazy.map(\.name))
    return others.first { $0.name.name == near }?.service
  }

  /// The operation that an unknown name most likely means, for a known service.
  ///
  /// - Shape: tries case and separators first, then the same name in another service, then few edits.
  package func nearOperation(_ name: OperationID) -> NearOperation? {
    let written = OperationID(service: serviceName(name.service) ?? name.service, operation: name.operation)
    if let known = nearOperations[written] { return known }
    let near = findNearOperation(written)
    nearOperations[written] = .some(near)
    return near
  }

  private func findNearOperation(_ written: OperationID) -> NearOperation? {
    guard let service = service(written.service) else { return nil }
    let wanted = foldedName(written.operation)
    func own(_ name: String) -> NearOperation {
      NearOperation(id: OperationID(service: service.name, operation: name), hasThatName: false)
    }
    let names = operationCandidates(of: service)
    if let same = names.first(where: { $0.folded == wanted }) { return own(same.name) }
    for sibling in catalog.siblings(of: written.service) {
      if let near = sameName(written.operation, in: sibling) { return near }
    }
    if let near = suggestion(for: written.operation, among: names) { return own(near) }
    let holders = catalog.services(naming: [written.operation])
      .compactMap { sameName(written.operation, in: $0) }
    return holders.count == 1 ? holders.first : nil
  }

  /// The operations of a known service that are near to a misspelt name, nearest first.
  ///
  /// - Shape: within two edits, or one below eight letters; ignores case and separators. Empty for a known name.
  /// - Source: the result is the same for any file, so unlike `nearOperation` it is not charged to the current one.
  package func operations(nearest written: OperationID) -> [OperationID] {
    if let known = nearestOperations[written] { return known }
    var found: [OperationID] = []
    if let name = serviceName(written.service), let service = service(name),
      service.canonicalOperationName(written.operation) == nil
    {
      let wanted = Candidate(written.operation)
      let bound = wanted.folded.count < 8 ? 1 : 2
      found = operationCandidates(of: service)
        .compactMap { candidate in
          editDistance(wanted, candidate, atMost: bound).map { (distance: $0, name: candidate.name) }
        }
        .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
        .map { OperationID(service: name, operation: $0.name) }
    }
    nearestOperations[written] = found
    return found
  }

  /// What a text that names no operation most likely means: `SERVICE.OPERATION`, or the part that can be determined.
  ///
  /// - Shape: a colon, a slash or a space may replace the dot, as in names of IAM actions and of commands.
  package func nearOperationName(_ text: String) -> String? {
    guard let written = OperationID(written: text) ?? Self.split(text) else {
      return serviceName(text) != nil ? nil : nearService(text).map { "\($0).OPERATION" }
    }
    if let known = canonicalName(written) { return known.description }
    guard serviceName(written.service) == nil else { return nearOperation(written)?.id.description }
    guard let service = nearService(written.service) else { return nil }
    let meant = OperationID(service: service, operation: written.operation)
    return (canonicalName(meant) ?? nearOperation(meant)?.id)?.description ?? "\(service).OPERATION"
  }

  private static func split(_ text: String) -> OperationID? {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: true) { ":/ ".contains($0) }
    guard parts.count == 2 else { return nil }
    return OperationID(service: String(parts[0]), operation: String(parts[1]))
  }

  private func sameName(_ operation: String, in service: String) -> NearOperation? {
    self.service(service)?.canonicalOperationName(operation).map {
      NearOperation(id: OperationID(service: service, operation: $0), hasThatName: true)
    }
  }
}

extension Catalog {
  /// Other names of services: their titles at AWS, and their names in hosts and signatures.
  ///
  /// - Shape: for a folder of models, only services that are also compiled in: reading all of them would take seconds.
  func otherServiceNames() -> [(service: String, name: String)] {
    var titles: [(service: String, name: String)] = []
    var others: [(service: String, name: String)] = []
    for service in serviceNames {
      guard let metadata = self.metadata(of: service) else { continue }
      titles.append((service, metadata.serviceID))
      for name in [metadata.endpointPrefix, metadata.signingName, metadata.targetPrefix ?? ""] {
        others.append((service, name))
      }
    }
    return titles + others
  }
}
