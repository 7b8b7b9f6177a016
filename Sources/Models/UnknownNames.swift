/// What a name that does not exist most likely means.
extension LoadedModels {
  /// An operation near to an unknown one.
  public struct NearOperation: Sendable {
    public let id: OperationID
    /// Whether it has the very name that was written, and only the service is another.
    public let hasThatName: Bool
  }

  /// The service that an unknown name most likely means.
  ///
  /// - Shape: casing and separators first, then the other names that models give to services, then few edits.
  public func nearService(_ name: String) -> String? {
    let wanted = foldedName(name)
    guard !wanted.isEmpty else { return nil }
    if let same = catalog.serviceNames.first(where: { foldedName($0) == wanted }) { return same }
    let others = catalog.otherServiceNames()
    if let other = others.first(where: { foldedName($0.name) == wanted }) { return other.service }
    let beginnings = others.filter { $0.name.utf8.count < 40 && foldedName($0.name).starts(with: wanted) }
    if wanted.count >= 5, let other = beginnings.min(by: { $0.name.utf8.count < $1.name.utf8.count }) {
      return other.service
    }
    if let near = suggestion(for: name, among: catalog.serviceNames) { return near }
    let near = suggestion(for: name, among: others.map(\.name))
    return others.first { $0.name == near }?.service
  }

  /// The operation that an unknown one of a known service most likely means.
  ///
  /// - Shape: casing and separators first, then that very name in another service, then few edits.
  public mutating func nearOperation(_ written: OperationID) -> NearOperation? {
    guard let service = service(written.service) else { return nil }
    let wanted = foldedName(written.operation)
    func own(_ name: String) -> NearOperation {
      NearOperation(id: OperationID(service: service.name, operation: name), hasThatName: false)
    }
    if let same = service.operationNames.first(where: { foldedName($0) == wanted }) { return own(same) }
    for sibling in catalog.siblings(of: written.service) {
      if let near = sameName(written.operation, in: sibling) { return near }
    }
    if let near = suggestion(for: written.operation, among: service.operationNames) { return own(near) }
    let holders = catalog.services(naming: [written.operation, written.operation])
      .compactMap { sameName(written.operation, in: $0) }
    return holders.count == 1 ? holders.first : nil
  }

  private mutating func sameName(_ operation: String, in service: String) -> NearOperation? {
    self.service(service)?.canonicalOperationName(operation).map {
      NearOperation(id: OperationID(service: service, operation: $0), hasThatName: true)
    }
  }
}

extension Catalog {
  /// What services are called beside their own names: as AWS titles them, in host names and in signatures.
  ///
  /// - Shape: of a folder of models, those that are compiled in too: to read them all would take seconds.
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
