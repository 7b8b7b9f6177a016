package import Syntax

/// All known services; each is read on first request.
package struct Catalog: Sendable {
  /// The origin of the facts, for example `botocore 1.44.8`.
  package let source: String
  /// The date of the models, for example `2026-11-28`; `nil` if that is not recorded.
  package let date: String?
  private let models: any ModelSource

  /// The compiled-in catalog.
  package static let builtIn = Catalog(
    EmbeddedModels(), source: EmbeddedModels.source, date: EmbeddedModels.date)

  /// The source with its date, for display: `botocore 1.44.8 of 2026-11-28`.
  package var datedSource: String { date.map { "\(source) of \($0)" } ?? source }

  /// - Parameters:
  ///   - source: the origin of the models, for reports.
  ///   - date: the date of the models; `nil` if that is not recorded.
  package init(_ models: any ModelSource, source: String, date: String? = nil) {
    self.source = source
    self.date = date
    self.models = models
  }

  /// A catalog of files in memory, such as those that `CatalogImport` makes.
  ///
  /// - Parameters:
  ///   - source: the origin of the files, for reports.
  ///   - files: a model for each service, either botocore's own or a reduced one. Endpoint rules are named after the
  ///     service, plus `.endpoints`; the table of partitions is named `partitions`. Without it, no region is known.
  package init(source: String, files: [(name: String, endpointPrefix: String, json: [UInt8])]) {
    let files = files.map { CatalogFile(name: $0.name, endpointPrefix: $0.endpointPrefix, json: $0.json) }
    self.init(InMemoryModels(files), source: source)
  }

  /// A catalog of botocore's data; each service is read on request.
  ///
  /// - Parameters:
  ///   - imports: replaces the compiled-in catalog if it is whole; otherwise replaces only the services that it has.
  ///   - source: the origin of the data, for reports.
  package init(_ imports: CatalogImport, source: String) {
    let folder = BotocoreModels(imports, index: EmbeddedModels())
    if imports.isWhole {
      self.init(folder, source: source)
    } else {
      self.init(
        OverlaidModels(folder, over: EmbeddedModels()), source: "\(source), \(EmbeddedModels.source)")
    }
  }

  // MARK: Services

  /// Names of all services, sorted.
  package var serviceNames: [String] { models.serviceNames }

  /// Whether a service of that name is known, without reading its model.
  package func hasService(_ name: String) -> Bool { models.hasService(name) }

  /// Reads a service; `nil` for an unknown name.
  package func service(_ name: String) throws(ModelFault) -> ServiceModel? { try models.service(name) }

  /// The model of a service as JSON, unparsed; `nil` for an unknown name.
  ///
  /// - Shape: the form of the catalog's files.
  package func modelJSON(of service: String) throws(ModelFault) -> [UInt8]? {
    try models.modelJSON(of: service)
  }

  /// The services whose models may use all words as keys, or all but one if there are several words.
  ///
  /// - Shape: for a folder of models, only services that are also compiled in: reading all of them would take seconds.
  func services(naming words: [String]) -> [String] { models.services(naming: words) }

  /// A model's facts about its service as a whole, without reading the rest.
  ///
  /// - Shape: for a folder of models, the compiled-in facts.
  func metadata(of service: String) -> ServiceMetadata? { models.metadata(of: service) }

  /// Other services behind the same host, such as opensearch for es.
  package func siblings(of service: String) -> [String] { models.siblings(of: service) }

  // MARK: Tables

  /// The rules that resolve a service's endpoint, as JSON; `nil` if the service has none.
  ///
  /// - Source: botocore's `endpoint-rule-set-1.json`, without documentation.
  package func endpointRules(of service: String) throws(ModelFault) -> SourceText? {
    try models.endpointRules(of: service).map { SourceText($0) }
  }

  /// The table of partitions, JSON as `CatalogImport.partitionTable()` writes it; `nil` if there is none.
  package func partitionTable() throws(ModelFault) -> SourceText? {
    try models.partitionTable().map { SourceText($0) }
  }

  /// All AWS regions of all partitions, sorted; `nil` if the table of partitions is missing or damaged.
  package func regions() -> [String]? {
    guard let table = try? partitionTable(),
      case .document(let document) = readJSON(table, limits: Limits()),
      let list = document.value(of: "partitions", in: document.root)
    else { return nil }
    return document.items(of: list).flatMap { partition in
      document.value(of: "regions", in: partition).map { regions in
        document.items(of: regions).map { document.string(of: $0) }
      } ?? []
    }.sorted()
  }

  /// Lower-case names of members whose values are mostly secret; `nil` without a list.
  ///
  /// - Shape: for a folder of models, the compiled-in list: reading all models would take seconds.
  func sensitiveNames() -> Set<String>? { models.sensitiveNames() }
}
