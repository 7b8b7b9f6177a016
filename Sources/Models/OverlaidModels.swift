/// The models of one source on top of those of another.
///
/// The upper source takes precedence table by table: if it replaces only the model of a service, the endpoint rules of
/// the lower source stay in force. Only the lower source answers what would require reading all models of the upper
/// one: the services that use some words, their metadata and siblings, and sensitive names.
struct OverlaidModels: ModelSource {
  private let upper: any ModelSource
  private let lower: any ModelSource

  init(_ upper: any ModelSource, over lower: any ModelSource) {
    self.upper = upper
    self.lower = lower
  }

  var serviceNames: [String] { Set(upper.serviceNames + lower.serviceNames).sorted() }

  func hasService(_ name: String) -> Bool { upper.hasService(name) || lower.hasService(name) }

  func service(_ name: String) throws(ModelFault) -> ServiceModel? {
    if let service = try upper.service(name) { return service }
    return try lower.service(name)
  }

  func modelJSON(of service: String) throws(ModelFault) -> [UInt8]? {
    if let json = try upper.modelJSON(of: service) { return json }
    return try lower.modelJSON(of: service)
  }

  func endpointRules(of service: String) throws(ModelFault) -> [UInt8]? {
    if let rules = try upper.endpointRules(of: service) { return rules }
    return try lower.endpointRules(of: service)
  }

  func partitionTable() throws(ModelFault) -> [UInt8]? {
    if let table = try upper.partitionTable() { return table }
    return try lower.partitionTable()
  }

  // MARK: Answers of the lower source

  func services(naming words: [String]) -> [String] { lower.services(naming: words) }

  func metadata(of service: String) -> ServiceMetadata? { lower.metadata(of: service) }

  func siblings(of service: String) -> [String] { lower.siblings(of: service) }

  func sensitiveNames() -> Set<String>? { lower.sensitiveNames() }
}
