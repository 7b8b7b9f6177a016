internal import CCatalog
public import Syntax

/// All services that are known; a service is unpacked when it is asked for.
public struct Catalog: Sendable {
  private struct File: Sendable {
    let name: String
    let endpointPrefix: String
    let bytes: @Sendable () -> [UInt8]
  }

  /// Where the facts come from, for example `botocore 1.43.11`.
  public let source: String
  private let services: [File]
  private let rules: [File]
  private let partitions: File?

  /// The catalog that is compiled in.
  public static let builtIn: Catalog = {
    let files = UnsafeBufferPointer(start: reqlint_catalog_files_start(), count: reqlint_catalog_count)
    return Catalog(
      source: String(cString: reqlint_catalog_source_start()),
      files: files.indices.map { index in
        File(
          name: String(cString: files[index].name),
          endpointPrefix: String(cString: files[index].endpoint_prefix)
        ) {
          let file = reqlint_catalog_files_start()[index]
          return Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
        }
      })
  }()

  /// A catalog of files at hand, such as `CatalogImport` makes them.
  ///
  /// - Parameters:
  ///   - source: where the files come from, for reports.
  ///   - files: a model for each service, botocore's own or a shortened one; its endpoint rules under the service's
  ///     name and `.endpoints`; and the table of partitions under the name `partitions`, without which no region is
  ///     known.
  public init(source: String, files: [(name: String, endpointPrefix: String, json: [UInt8])]) {
    let files = files.map { file in File(name: file.name, endpointPrefix: file.endpointPrefix) { file.json } }
    self.init(source: source, files: files.sorted { $0.name < $1.name })
  }

  private init(source: String, files: [File]) {
    self.source = source
    partitions = files.first { $0.name == "partitions" }
    rules = files.filter { $0.name.hasSuffix(Self.rulesSuffix) }
    services = files.filter { $0.name != "partitions" && !$0.name.hasSuffix(Self.rulesSuffix) }
  }

  /// What the name of a file with endpoint rules ends in, behind the service's name.
  static let rulesSuffix = ".endpoints"

  /// Names of all services, sorted.
  public var serviceNames: [String] { services.map(\.name) }

  /// Whether a service of that name is known, told without unpacking it.
  public func hasService(_ name: String) -> Bool { file(name) != nil }

  /// Unpacks a service; `nil` for a name that is none.
  public func service(_ name: String) throws(ServiceModel.Fault) -> ServiceModel? {
    guard let file = file(name) else { return nil }
    return try ServiceModel(name: name, json: SourceText(file.bytes()))
  }

  /// Other services behind the same host, such as opensearch for es.
  public func siblings(of service: String) -> [String] {
    guard let prefix = file(service)?.endpointPrefix else { return [] }
    return services.filter { $0.endpointPrefix == prefix && $0.name != service }.map(\.name)
  }

  /// The rules that lead to a service's endpoint, JSON; `nil` for a service without.
  ///
  /// - Source: botocore's `endpoint-rule-set-1.json`, without documentation.
  public func endpointRules(of service: String) -> SourceText? {
    let name = service + Self.rulesSuffix
    return rules.first { $0.name == name }.map { SourceText($0.bytes()) }
  }

  /// The table of partitions, JSON as `CatalogImport.partitionTable()` writes it; `nil` without one.
  public var partitionTable: SourceText? { partitions.map { SourceText($0.bytes()) } }

  /// All AWS regions of all partitions, sorted; `nil` without a table of partitions.
  public func regions() -> [String]? {
    guard let table = partitionTable else { return nil }
    guard case .document(let document) = readJSON(table, limits: Limits()),
      let list = document.value(of: "partitions", in: document.root)
    else { preconditionFailure("the catalog's table of partitions does not parse") }
    return document.items(of: list).flatMap { partition in
      document.value(of: "regions", in: partition).map { regions in
        document.items(of: regions).map { document.string(of: $0) }
      } ?? []
    }.sorted()
  }

  private func file(_ service: String) -> File? { services.first { $0.name == service } }
}
