internal import ArgumentParser
internal import Linting
internal import Models
internal import Requests
internal import Requests
internal import Rules
internal import Schemas
internal import Syntax
internal import SystemPackage
internal import Verdicts

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Write JSON Schemas by which editors complete and check request files.",
    discussion:
      """
      For operations: the schema of a file that holds one, or with --carrier envelope of files with envelopes and \
      batches of any of them. With --settings: which of the files below the paths an editor holds against which \
      schema, as settings of VS Code and of yaml-language-server.
      """)

  @Argument(
    help: ArgumentHelp(
      "Operations, in any of their spellings; with --settings files and folders.",
      valueName: "SERVICE.OPERATION|PATH"),
    completion: .operations)
  var names: [String] = []

  @Option(help: "How the file holds requests: bare for parameters alone, or envelope, which covers batches.")
  var carrier = SchemaCarrier.default

  @Flag(help: "Print settings for editors.")
  var settings = false

  @Option(
    help: ArgumentHelp(
      "A folder for the schema files. Default with --settings: \(Self.defaultFolder), named but not written.",
      valueName: "DIR"))
  var output: String?

  @Option(help: "Severity from which findings become part of a schema.")
  var minSeverity = Severity.warning

  @Option(help: ArgumentHelp("A folder of rules beside the built-in ones; repeatable.", valueName: "DIR"))
  var rules: [String] = []

  @OptionGroup var models: ModelsOptions

  @Option(
    help: ArgumentHelp("The configuration, in place of the nearest .reqlint.yaml.", valueName: "FILE"))
  var config: String?

  private static let defaultFolder = ".reqlint/schemas"

  func validate() throws {
    if names.isEmpty, !settings { throw ValidationError("name an operation, or give --settings") }
    if !settings, carrier.form == .parameters, names.count > 1, output == nil {
      throw ValidationError("bare parameters have one schema for each operation: add --output DIR")
    }
  }

  func run() throws {
    let catalog = try models.catalog()
    let now = try Clock.instant(nil)
    let discovery = discoverFiles(
      settings ? (names.isEmpty ? ["."] : names) : [],
      configurations: ConfigurationSearch(named: config, seeksOwn: true))
    let setup = RunSetup(
      RunSetup.Overrides(packs: rules, options: LintOptions(now: now)), discovery, catalog)
    for fault in setup.faults { writeStandardError("reqlint: \(fault)") }
    // A schema may serve files of several configurations; what it says is that of the one nearest to here.
    let own = setup.settings(for: discovery.ownConfiguration) ?? setup.plainSettings
    let maker = SchemaMaker(
      catalog: catalog, rules: own.rules, levels: own.options.levels, severity: minSeverity)
    let isComplete =
      settings
      ? try writeSettings(
        of: setup.prepare(discovery.files, today: now.day).files, discovery.failures, maker)
      : try writeSchemas(maker)
    if !setup.faults.isEmpty || !isComplete { throw ExitCode(ExitStatus.failed.rawValue) }
  }

  private func writeSchemas(_ maker: SchemaMaker) throws(Failure) -> Bool {
    var operations: [OperationID] = []
    for name in names {
      let id = try resolveOperation(name, maker.models)
      if !operations.contains(id) { operations.append(id) }
    }
    let files: [SchemaFile] =
      carrier.form == .parameters ? operations.map { .bare($0) } : [SchemaFile.envelope(operations)]
    guard let output else {
      for file in files { try writeStandardOutput(try maker.schema(file)) }
      return true
    }
    try write(files, into: output, maker)
    return true
  }

  private func writeSettings(
    of files: [FoundFile], _ failures: [Failure], _ maker: SchemaMaker
  ) throws(Failure) -> Bool {
    var survey = FileSurvey(catalog: maker.models.catalog)
    for failure in failures { writeStandardError("reqlint: \(failure.message)") }
    var unreadable = failures.count
    for file in files {
      do throws(Failure) {
        try survey.add(file)
      } catch {
        writeStandardError("reqlint: \(error.message)")
        unreadable += 1
      }
    }
    for note in survey.notes { writeStandardError("reqlint: \(note)") }
    let found = survey.schemaFiles
    let isEmpty = found.isEmpty
    if isEmpty { writeStandardError("reqlint: no request file found to hold against a schema") }
    let folder = output ?? Self.defaultFolder
    if output != nil {
      try write(found.map(\.schema), into: folder, maker)
    } else if !isEmpty {
      writeStandardError("reqlint: the schema files are not written yet; add --output \(folder)")
    }
    // Without a dot the editors take the name for an address.
    let start =
      folder.hasPrefix("/") || folder.hasPrefix("./") || folder.hasPrefix("../") ? folder : "./\(folder)"
    let associations = found.map { schema, files in
      EditorSettings.Association(schema: "\(start)/\(schema.name)", files: files)
    }
    try writeStandardOutput(EditorSettings(associations).json)
    return unreadable == 0 && !isEmpty
  }

  /// Makes every schema before the first is written.
  private func write(_ files: [SchemaFile], into folder: String, _ maker: SchemaMaker) throws(Failure) {
    var made: [(name: String, bytes: [UInt8])] = []
    for file in files { made.append((file.name, try maker.schema(file))) }
    let folder = FilePath(argument: folder)
    try makeFolder(folder)
    for file in made { try writeFile(folder.appending(file.name), [file.bytes]) }
  }
}

/// A way of writing requests down that a schema describes.
struct SchemaCarrier: ExpressibleByArgument {
  let name: String
  let form: SchemaForm

  /// Bare input before envelopes; one for each form, since a schema of envelopes covers batches.
  private static let all: [SchemaCarrier] = [SchemaForm.parameters, .envelopes].compactMap { form in
    Carriers.all.first { $0.schemaForm == form }.map { SchemaCarrier(name: $0.name, form: form) }
  }

  static let `default` = all[0]

  private init(name: String, form: SchemaForm) {
    self.name = name
    self.form = form
  }

  init?(argument: String) {
    guard let known = Self.all.first(where: { $0.name == argument }) else { return nil }
    self = known
  }

  static var allValueStrings: [String] { all.map(\.name) }
  var defaultValueDescription: String { name }
}

/// A file with one schema.
enum SchemaFile: Hashable {
  case bare(OperationID)
  /// Envelopes and batches of some operations.
  case envelope([OperationID])
  /// Envelopes that leave the operation to the outside, such as their path.
  case boundEnvelope(OperationID)

  var name: String {
    switch self {
    case .bare(let id): "\(id).json"
    case .boundEnvelope(let id): "\(id).envelope.json"
    case .envelope: "requests.json"
    }
  }
}

/// Makes schemas of operations.
struct SchemaMaker {
  let models: LoadedModels
  private let book: RuleBook
  private let settings: SchemaSettings
  private let levels: RuleLevels

  init(catalog: Catalog, rules: [RuleFile], levels: RuleLevels, severity: Severity) {
    models = LoadedModels(catalog)
    book = RuleBook(files: rules, levels: levels)
    self.levels = levels
    settings = SchemaSettings(
      toolVersion: Reqlint.version, catalogSource: catalog.source, severity: severity)
  }

  func schema(_ file: SchemaFile) throws(Failure) -> [UInt8] {
    switch file {
    case .bare(let id): return parameterSchema(of: try subject(id), settings)
    case .boundEnvelope(let id): return envelopeSchema(of: [try subject(id)], settings)
    case .envelope(let ids):
      var subjects: [SchemaSubject] = []
      for id in ids { subjects.append(try subject(id)) }
      return envelopeSchema(of: subjects, settings)
    }
  }

  private func subject(_ id: OperationID) throws(Failure) -> SchemaSubject {
    let operation: Operation?
    do throws(ModelFault) {
      operation = try models.operation(id)
    } catch {
      throw Failure(error)
    }
    guard let operation else { throw .unknownOperation(id.description, suggestion: nil) }
    let known = models.regions()
    let offered = models.service(id.service)?.regions
    return SchemaSubject(
      operation: operation, rules: book.sources(for: operation, from: settings.severity),
      hasOwnRules: book.isKnownBeyondModel(id),
      regions: known.map { known in known.filter { offered?.contains($0) ?? true } }, levels: levels)
  }
}
