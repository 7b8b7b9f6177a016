internal import CCatalog
internal import Glibc
public import Syntax

/// All services that are known; a service is unpacked when it is asked for.
public struct Catalog: Sendable {
  /// A file made beforehand.
  private struct File: Sendable {
    let name: String
    let endpointPrefix: String
    let bytes: [UInt8]
  }

  private enum Files {
    /// What is compiled in, sorted by name.
    case embedded
    /// Sorted by name.
    case given([File])
    /// Made when they are asked for. What a folder of some services does not say is taken from what is compiled in.
    case imported(CatalogImport)
  }

  /// Where the facts come from, for example `botocore 1.44.8`.
  public let source: String
  /// The day on which the models were taken, for example `2026-11-28`; `nil` if that is not recorded.
  public let date: String?
  private let files: Files

  /// The catalog that is compiled in.
  public static let builtIn: Catalog = {
    let date = String(cString: reqlint_catalog_date_start())
    return Catalog(
      source: String(cString: reqlint_catalog_source_start()), date: date.isEmpty ? nil : date,
      files: .embedded)
  }()

  /// The source with the day, for people: `botocore 1.44.8 of 2026-11-28`.
  public var datedSource: String { date.map { "\(source) of \($0)" } ?? source }

  /// A catalog of files at hand, such as `CatalogImport` makes them.
  ///
  /// - Parameters:
  ///   - source: where the files come from, for reports.
  ///   - files: a model for each service, botocore's own or a shortened one; its endpoint rules under the service's
  ///     name and `.endpoints`; and the table of partitions under the name `partitions`, without which no region is
  ///     known.
  public init(source: String, files: [(name: String, endpointPrefix: String, json: [UInt8])]) {
    self.init(
      source: source,
      files: .given(
        files.map { File(name: $0.name, endpointPrefix: $0.endpointPrefix, bytes: $0.json) }
          .sorted { $0.name < $1.name }))
  }

  /// A catalog of botocore's data, read where a service is asked for.
  ///
  /// - Parameters:
  ///   - imports: takes the place of all that is compiled in if it is whole, else of the services that it has.
  ///   - source: where the data comes from, for reports.
  public init(_ imports: CatalogImport, source: String) {
    self.init(
      source: imports.isWhole ? source : "\(source), \(Catalog.builtIn.source)", files: .imported(imports))
  }

  private init(source: String, date: String? = nil, files: Files) {
    self.source = source
    self.date = date
    self.files = files
  }

  // MARK: Services

  /// What the name of a file with endpoint rules ends in, behind the service's name.
  static let rulesSuffix = ".endpoints"
  /// The file with the table of partitions.
  static let partitionsName = "partitions"
  /// The file with the names of members whose values must not be shown.
  static let sensitiveName = "sensitive-members"

  /// Names of all services, sorted.
  public var serviceNames: [String] {
    switch files {
    case .embedded: embeddedFiles.lazy.map(\.shownName).filter(Self.isService)
    case .given(let files): files.map(\.name).filter(Self.isService)
    case .imported(let imports):
      imports.isWhole
        ? imports.serviceNames : Set(imports.serviceNames + Catalog.builtIn.serviceNames).sorted()
    }
  }

  private static func isService(_ name: String) -> Bool {
    name != partitionsName && name != sensitiveName && !name.hasSuffix(rulesSuffix)
  }

  /// Whether a service of that name is known, told without unpacking it.
  public func hasService(_ name: String) -> Bool {
    guard Self.isService(name) else { return false }
    switch files {
    case .embedded: return embeddedFile(name) != nil
    case .given(let files): return files.contains { $0.name == name }
    case .imported(let imports):
      return imports.hasService(name) || (!imports.isWhole && Catalog.builtIn.hasService(name))
    }
  }

  /// Unpacks a service; `nil` for a name that is none.
  public func service(_ name: String) throws(ModelFault) -> ServiceModel? {
    guard hasService(name), let json = try bytes(of: name) else { return nil }
    return try ServiceModel(name: name, json: SourceText(json))
  }

  /// The model of a service as JSON, unparsed; `nil` for an unknown name.
  ///
  /// - Shape: the form of the catalog's files, byte for byte as `CatalogImport` writes it.
  public func modelJSON(of service: String) throws(ModelFault) -> [UInt8]? {
    guard hasService(service) else { return nil }
    return try bytes(of: service)
  }

  /// Those services whose models hold all words, of several all but one, each as a quoted name, told without unpacking them.
  ///
  /// - Shape: of a folder of models, only those that are compiled in too: to read them all would take seconds.
  func services(naming words: [String]) -> [String] {
    let needles = words.map { Array("\"\($0)\":".utf8) }
    let tolerated = min(1, needles.count - 1)
    func isNear(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
      var missing = 0
      for needle in needles where !bytes.contains(sequence: needle) {
        missing += 1
        if missing > tolerated { return false }
      }
      return true
    }
    switch files {
    case .embedded:
      return embeddedFiles.filter { isNear($0.content) }.map(\.shownName).filter(Self.isService)
    case .given(let files):
      return files.filter { file in Self.isService(file.name) && file.bytes.withUnsafeBufferPointer(isNear) }
        .map(\.name)
    case .imported: return Catalog.builtIn.services(naming: words).filter(hasService)
    }
  }

  /// What a service's model says of the service as a whole, told without unpacking the rest.
  func metadata(of service: String) -> ServiceMetadata? {
    if case .imported = files { return Catalog.builtIn.metadata(of: service) }
    let key = Array("\"metadata\":".utf8)
    guard let bytes = try? bytes(of: service), let start = bytes.firstIndex(of: key, from: 0),
      let open = bytes[start...].firstIndex(of: UInt8(ascii: "{"))
    else { return nil }
    var depth = 0
    let close = bytes[open...].firstIndex { byte in
      if byte == UInt8(ascii: "{") { depth += 1 } else if byte == UInt8(ascii: "}") { depth -= 1 }
      return depth == 0
    }
    let object = SourceText(
      Array("{\"metadata\":".utf8) + bytes[open...(close ?? open)] + [UInt8(ascii: "}")])
    guard case .document(let document) = readJSON(object, limits: Limits()) else { return nil }
    return ServiceMetadata(document)
  }

  /// Other services behind the same host, such as opensearch for es.
  public func siblings(of service: String) -> [String] {
    switch files {
    case .embedded:
      guard let file = embeddedFile(service), Self.isService(service) else { return [] }
      return embeddedFiles.filter { strcmp($0.endpoint_prefix, file.endpoint_prefix) == 0 }.map(\.shownName)
        .filter { $0 != service && Self.isService($0) }
    case .given(let files):
      guard let prefix = files.first(where: { $0.name == service })?.endpointPrefix else { return [] }
      return files.filter { $0.endpointPrefix == prefix && $0.name != service && Self.isService($0.name) }
        .map(\.name)
    case .imported: return Catalog.builtIn.siblings(of: service).filter(hasService)
    }
  }

  // MARK: Other files

  /// The rules that lead to a service's endpoint, JSON; `nil` for a service without.
  ///
  /// - Source: botocore's `endpoint-rule-set-1.json`, without documentation.
  public func endpointRules(of service: String) throws(ModelFault) -> SourceText? {
    try bytes(of: service + Self.rulesSuffix).map { SourceText($0) }
  }

  /// The table of partitions, JSON as `CatalogImport.partitionTable()` writes it; `nil` without one.
  public func partitionTable() throws(ModelFault) -> SourceText? {
    try bytes(of: Self.partitionsName).map { SourceText($0) }
  }

  /// All AWS regions of all partitions, sorted; `nil` without a table of partitions, or with one that is damaged.
  public func regions() -> [String]? {
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

  /// Names of members whose values must mostly not be shown, in lower case; `nil` without a list.
  ///
  /// - Shape: for a folder of models, what is compiled in: to read all of it would take seconds.
  func sensitiveNames() -> Set<String>? {
    if case .imported = files { return Catalog.builtIn.sensitiveNames() }
    guard let bytes = try? bytes(of: Self.sensitiveName),
      case .document(let document) = readJSON(SourceText(bytes), limits: Limits())
    else { return nil }
    return Set(document.items(of: document.root).map { document.string(of: $0) })
  }

  /// A file as it would be compiled in; `nil` where there is none.
  func bytes(of name: String) throws(ModelFault) -> [UInt8]? {
    switch files {
    case .embedded: return embeddedFile(name).map { Array($0.content) }
    case .given(let files): return files.first { $0.name == name }?.bytes
    case .imported(let imports):
      let made =
        if name == Self.partitionsName {
          try imports.partitionTable()
        } else if name.hasSuffix(
          Self.rulesSuffix)
        {
          try imports.endpointRules(of: String(name.dropLast(Self.rulesSuffix.count)))
        } else { try imports.service(name)?.json }
      if let made { return made }
      return imports.isWhole ? nil : try Catalog.builtIn.bytes(of: name)
    }
  }
}

/// All files that are compiled in, sorted by name.
private var embeddedFiles: UnsafeBufferPointer<reqlint_catalog_file> {
  UnsafeBufferPointer(start: reqlint_catalog_files_start(), count: reqlint_catalog_count)
}

/// A file that is compiled in, found by halving.
private func embeddedFile(_ name: String) -> reqlint_catalog_file? {
  let files = embeddedFiles
  let place = files.partitioningIndex { strcmp($0.name, name) >= 0 }
  return place < files.endIndex && strcmp(files[place].name, name) == 0 ? files[place] : nil
}

extension reqlint_catalog_file {
  fileprivate var shownName: String { String(cString: name) }
  fileprivate var content: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }
}
