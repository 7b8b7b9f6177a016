internal import ArgumentParser
internal import Linting
internal import Models
internal import Reports
internal import Syntax
internal import SystemPackage

extension CatalogCommand {
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Make the catalog's files from an installed botocore.",
      discussion: """
        Writes files/SERVICE.json, files/SERVICE.endpoints.json and catalog.c into the folder given by --into, and \
        removes what it does not write; build again to compile them in. Exit status: 0 all is written, 2 a model cannot \
        be used: it is named and left out.
        """
    )

    @Argument(help: ArgumentHelp("botocore's data folder.", valueName: "DIR"))
    var folder: String

    @Option(help: ArgumentHelp("The folder of the C target.", valueName: "DIR"))
    var into = "Sources/CCatalog"

    @Option(
      help: ArgumentHelp(
        "A service to import, or an older version of its model; repeatable. Default: the newest of all.",
        valueName: "SERVICE[@VERSION]"), completion: .services)
    var service: [String] = []

    @Flag(help: "Import every version of every model, the older ones as SERVICE@VERSION.")
    var allVersions = false

    @Option(help: "What reports name as the source. Default: botocore and its version.")
    var source: String?

    @Option(
      help: ArgumentHelp(
        "The day on which the models were taken, so that messages can say how old the catalog is.",
        valueName: "YYYY-MM-DD"))
    var date: String?

    func validate() throws {
      guard let date, !isCalendarDate(date) else { return }
      throw ValidationError("--date must be a day such as 2026-11-28, not \(quote(date))")
    }

    func run() throws {
      let folder = FilePath(argument: folder)
      let data = try openData(folder)
      var made = try make(names(in: data), data)
      let version = botocoreVersion(of: folder).map { "botocore \($0)" }
      if source == nil, version == nil {
        made.notes.append(
          "\(data.path): tells no version of botocore; reports will name \"unnamed models\", or what --source says"
        )
      }
      let output = FilePath(argument: into)
      try makeFolder(output.appending("files"))
      for file in made.files { try writeFile(output.appending("files/\(file.name).json"), [file.json]) }
      try removeOthers(than: made.files.map(\.name), in: output.appending("files"))
      let table = made.files.map { ($0.name, $0.endpointPrefix ?? "") }
      try writeFile(
        output.appending("catalog.c"),
        [Array(catalogSource(files: table, source: source ?? version ?? "unnamed models", date: date).utf8)])
      for note in made.notes + made.faults { writeStandardError("reqlint: \(note)") }
      let count = made.files.count { $0.endpointPrefix != nil }
      writeStandardError("reqlint: \(counted(count, "service")) written to \(output.shown)")
      if !made.faults.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// What is asked for, sorted.
    private func names(in data: BotocoreData) -> [String] {
      if !service.isEmpty { return Set(service).sorted() }
      guard allVersions else { return data.serviceNames }
      return data.versions.flatMap { service, versions in
        [service] + versions.dropLast().map { "\(service)@\($0)" }
      }.sorted()
    }

    private struct Made {
      var files: [CatalogFile] = []
      /// Services that cannot be imported.
      var faults: [String] = []
      /// What can be linted, but not planned.
      var notes: [String] = []
    }

    private func make(_ names: [String], _ data: BotocoreData) throws(Failure) -> Made {
      let imports: CatalogImport
      do throws(ModelFault) { imports = try CatalogImport(data) } catch { throw Failure(error) }
      var made = Made()
      for name in names {
        do throws(ModelFault) {
          guard let files = try imports.files(of: name) else {
            made.faults.append("\(data.path): has no model of \(name)")
            continue
          }
          made.files += files
          let service = try ServiceModel(name: name, json: SourceText(files[0].json))
          if WireProtocol(service.metadata) == nil {
            let spoken = service.metadata.wireProtocol
            made.notes.append(
              "\(data.path): \(name) speaks the protocol \(quote(spoken)), which is not known: its requests can be "
                + "linted, not planned")
          }
        } catch {
          made.faults.append(Failure(error).message)
        }
      }
      do throws(ModelFault) {
        made.files += try imports.sharedFiles(for: made.files)
      } catch {
        throw Failure(error)
      }
      made.files.sort { $0.name < $1.name }
      return made
    }

    /// Services that botocore has dropped must not stay behind.
    private func removeOthers(than names: [String], in folder: FilePath) throws(Failure) {
      let written = Set(names.map { "\($0).json" })
      for entry in (try? folderEntries(folder)) ?? [] {
        let name = entry.name.string
        if name.hasSuffix(".json"), !written.contains(name) { try removeFile(folder.appending(name)) }
      }
    }
  }
}
