internal import Syntax

/// The models in a data folder of botocore; each is read and reduced on request.
///
/// An index supplies facts that would take seconds to find in the folder: the services that use some words, their
/// metadata and siblings, and sensitive names.
struct BotocoreModels: ModelSource {
  private let imports: CatalogImport
  /// Has mostly the same services, and answers without reading their models.
  private let index: any ModelSource

  init(_ imports: CatalogImport, index: any ModelSource) {
    self.imports = imports
    self.index = index
  }

  var serviceNames: [String] { imports.serviceNames }

  /// - Parameter name: a name, or `SERVICE@VERSION`; names of the catalog's other files are reserved.
  func hasService(_ name: String) -> Bool { CatalogFile.isModel(name) && imports.hasService(name) }

  func service(_ name: String) throws(ModelFault) -> ServiceModel? {
    guard let json = try modelJSON(of: name) else { return nil }
    return try ServiceModel(name: name, json: SourceText(json))
  }

  func modelJSON(of service: String) throws(ModelFault) -> [UInt8]? {
    hasService(service) ? try imports.service(service)?.json : nil
  }

  func endpointRules(of service: String) throws(ModelFault) -> [UInt8]? {
    try imports.endpointRules(of: service)
  }

  func partitionTable() throws(ModelFault) -> [UInt8]? { try imports.partitionTable() }

  // MARK: Answers of the index

  func services(naming words: [String]) -> [String] { index.services(naming: words).filter(hasService) }

  func metadata(of service: String) -> ServiceMetadata? { index.metadata(of: service) }

  func siblings(of service: String) -> [String] { index.siblings(of: service).filter(hasService) }

  func sensitiveNames() -> Set<String>? { index.sensitiveNames() }
}
