package import Syntax

/// All known services; each is read when it is asked for.
package struct Catalog: Sendable {
  /// Where the facts come from, for example `botocore 1.44.8`.
  package let source: String
  /// The day on which the models were taken, for example `2026-11-28`; `nil` if that is not recorded.
  package let date: String?
  private let models: any ModelSource

  /// The catalog that is compiled in.
  package static let builtIn = Catalog(
    EmbeddedModels(), source: EmbeddedModels.source, date: EmbeddedModels.date)

  /// The source with the day, for people: `botocore 1.44.8 of 2026-11-28`.
  package var datedSource: String { date.map { "\(source) of \($0)" } ?? source }

  /// - Parameters:
  ///   - source: where the models come from, for reports.
  ///   - date: the day on which they were taken; `nil` if that is not recorded.
  package init(_ models: any ModelSource, source: String, date: String? = nil) {
    self.source = source
    self.date = date
    self.models = models
  }

  /// A catalog of files in memory, such as `CatalogImport` makes them.
  ///
  /// - Parameters:
  ///   - source: where the files come from, for reports.
  ///   - files: a model for each service, botocore's own or a shortened one. Endpoint rules have the service's name and
  ///     `.endpoints`; the table of partitions has the name `partitions`. Without that table, no region is known.
  package init(source: String, files: [(name: String, endpointPrefix: String, json: [UInt8])]) {
    let files = files.map { CatalogFile(name: $0.name, endpointPrefix: $0.endpointPrefix, json: $0.json) }
    self.init(InMemoryModels(files), source: source)
  }

  /// A catalog of botocore's data, each service read on request.
  ///
  /// - Parameters:
  ///   - imports: replaces everything that is compiled in if it is whole, else only the services that it has.
  ///   - source: where the data comes from, for reports.
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

  /// The services whose models may use all words as keys, or all but one of several words.
  ///
  /// - Shape: of a folder of models, only services that are compiled in too: reading all of it would take seconds.
  func services(naming words: [String]) -> [String] { models.services(naming: words) }

  /// What a service's model says about the service as a whole, without reading the rest.
  ///
  /// - Shape: for a folder of models, what is compiled in.
  func metadata(of service: String) -> ServiceMetadata? { models.metadata(of: service) }

  /// Other services behind the same host, such as opensearch for es.
  package func siblings(of service: String) -> [String] { models.siblings(of: service) }

  // MARK: Tables

  /// The rules that resolve a service's endpoint, as JSON; `nil` for a service without.
  ///
  /// - Source: botocore's `endpoint-rule-set-1.json`, without documentation.
  package func endpointRules(of service: String) throws(ModelFault) -> SourceText? {
    try models.endpointRules(of: service).map { SourceText($0) }
  }

  /// The table of partitions, JSON as `CatalogImport.partitionTable()` writes it; `nil` without one.
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

  /// Names of members whose values are mostly secret, in lower case; `nil` without a list.
  ///
  /// - Shape: for a folder of models, what is compiled in: reading all of it would take seconds.
  func sensitiveNames() -> Set<String>? { models.sensitiveNames() }
}
