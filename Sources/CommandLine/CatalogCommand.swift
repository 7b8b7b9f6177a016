internal import ArgumentParser
internal import Glibc
internal import Models
internal import Syntax
internal import SystemPackage

struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog", abstract: "Renew the catalog of AWS operations.", subcommands: [Import.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make the catalog's files from an installed botocore.",
      discussion:
        """
        Writes files/SERVICE.json, files/SERVICE.endpoints.json and catalog.c into the folder given by --into; build \
        again to compile them in.
        """
    )

    @Argument(help: ArgumentHelp("botocore's data folder.", valueName: "DIR"))
    var folder: String

    @Option(help: ArgumentHelp("The folder of the C target.", valueName: "DIR"))
    var into = "Sources/CCatalog"

    @Option(help: ArgumentHelp("A service to import; repeatable. Default: all.", valueName: "SERVICE"))
    var service: [String] = []

    @Option(help: "What reports name as the source. Default: botocore and its version.")
    var source: String?

    func run() throws {
      let data = FilePath(folder)
      let output = FilePath(into)
      let imports = try Self.faults {
        try CatalogImport(
          endpoints: Self.read("endpoints.json", in: data), partitions: Self.read("partitions.json", in: data)
        )
      }
      var files: [(name: String, endpointPrefix: String)] = []
      let services = service.isEmpty ? try Self.services(in: data) : Set(service).sorted()
      for name in services {
        let version = try Self.version(of: name, in: data)
        let reduced = try Self.faults { try imports.service(Self.model(in: version, of: data)) }
        try writeFile(output.appending("files/\(name).json"), reduced.json)
        files.append((name, reduced.endpointPrefix))
        // Releases of botocore from before 2022 have none.
        guard let rules = try Self.file("endpoint-rule-set-1.json", in: version, of: data) else { continue }
        let json = try Self.faults { try imports.endpointRules(rules) }
        try writeFile(output.appending("files/\(name).endpoints.json"), json)
        files.append(("\(name).endpoints", ""))
      }
      try writeFile(output.appending("files/partitions.json"), Self.faults { try imports.partitionTable() })
      files.append(("partitions", ""))
      files.sort { $0.name < $1.name }
      let text = catalogSource(files: files, source: try source ?? Self.version(of: data))
      try writeFile(output.appending("catalog.c"), Array(text.utf8))
      writeStandardError("reqlint: \(services.count) services written to \(into)")
    }

    // MARK: Reading

    /// Names of all services, sorted; a folder without a version of a model is none.
    private static func services(in data: FilePath) throws(Failure) -> [String] {
      let names = entries(of: data).filter { name in
        entries(of: data.appending(name)).contains { $0.first?.isNumber == true }
      }
      guard !names.isEmpty else {
        throw .badCatalogInput(path: data.shown, reason: "holds no models of services")
      }
      return names.sorted()
    }

    /// The folder of the newest version of a service, relative to the data.
    private static func version(of service: String, in data: FilePath) throws(Failure) -> String {
      let folder = data.appending(service)
      guard let version = entries(of: folder).filter({ $0.first?.isNumber == true }).max() else {
        throw .badCatalogInput(path: folder.shown, reason: "holds no version of the service's model")
      }
      return "\(service)/\(version)"
    }

    private static func model(in version: String, of data: FilePath) throws(Failure) -> BotocoreFile {
      guard let model = try file("service-2.json", in: version, of: data) else {
        throw .badCatalogInput(path: data.appending(version).shown, reason: "holds no service-2.json")
      }
      return model
    }

    /// A file of a service, packed or not; `nil` where there is none.
    private static func file(
      _ name: String, in version: String, of data: FilePath
    ) throws(Failure) -> BotocoreFile? {
      let names = entries(of: data.appending(version))
      guard names.contains(name) || names.contains(name + ".gz") else { return nil }
      return try read("\(version)/\(name)", in: data)
    }

    private static func read(_ path: String, in data: FilePath) throws(Failure) -> BotocoreFile {
      var file = data.appending(path)
      if access(file.string, R_OK) != 0, access(file.string + ".gz", R_OK) == 0 {
        file = FilePath(file.string + ".gz")
      }
      return BotocoreFile(path: file.shown, bytes: try readFile(file))
    }

    private static func entries(of folder: FilePath) -> [String] {
      folderEntries(folder)?.map(\.name.string) ?? []
    }

    /// botocore's own version, from the package that the data folder stands in.
    private static func version(of data: FilePath) throws(Failure) -> String {
      let file = data.appending("..").appending("__init__.py")
      let text = String(decoding: try readFile(file), as: UTF8.self)
      for line in text.split(separator: "\n") where line.hasPrefix("__version__") {
        let parts = line.split(separator: "'")
        if parts.count >= 2 { return "botocore \(parts[1])" }
      }
      throw .badCatalogInput(path: file.shown, reason: "names no version; give --source")
    }

    private static func faults<Value>(_ body: () throws -> Value) throws -> Value {
      do {
        return try body()
      } catch let fault as CatalogImport.Fault {
        throw Failure(fault)
      }
    }
  }
}

extension Failure {
  init(_ fault: CatalogImport.Fault) {
    switch fault {
    case .packed(let path, let reason):
      self = .badCatalogInput(path: path, reason: "cannot be unpacked: \(reason)")
    case .syntax(let path, let issue):
      self = .badCatalogInput(path: path, reason: "byte \(issue.span.start): \(issue.message)")
    case .missing(let path, let key): self = .badCatalogInput(path: path, reason: "has no \(key)")
    case .danglingShape(let path, let shape):
      self = .badCatalogInput(path: path, reason: "names shape \(shape), which it does not describe")
    }
  }
}
