import Fuzzing
import Schemas
import Syntax
import Verdicts

@testable import Models

/// The import of botocore's data: what it writes is read again, and every operation in it can be used.
///
/// - Shape: the input is a model, endpoint rules, endpoints and partitions, with a zero byte between.
struct BotocoreTarget: FuzzTarget {
  private static let names = [
    "x/1/service-2.json", "x/1/endpoint-rule-set-1.json", "endpoints.json", "partitions.json",
  ]

  mutating func run(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
    let given = zip(Self.names, parts).filter { !$0.1.isEmpty }.map {
      BotocoreFile(path: $0, bytes: Array($1))
    }
    guard let first = Self.imported(given), let model = first.files.first else { return }
    let catalog = Catalog(
      source: "fuzzed", files: first.files.map { ($0.name, $0.endpointPrefix ?? "", $0.json) })
    checkImportOfImported(first.files, given)
    do {
      guard let service = try catalog.service("x") else { fatalError("no service in \(show(model.json))") }
      use(service, of: catalog)
    } catch {
      // A model that was cut down may still be none; but then the import of it says so too.
      require(first.isDoubtful, "written and not read: \(error.problem)")
    }
  }

  /// What comes of data; `nil` for what is refused.
  private static func imported(_ given: [BotocoreFile]) -> (files: [CatalogFile], isDoubtful: Bool)? {
    do throws(ModelFault) {
      let imports = try CatalogImport(BotocoreData(path: "data", files: given))
      guard var files = try imports.files(of: "x") else { return nil }
      guard let shared = try? imports.sharedFiles(for: files) else { return (files, true) }
      files += shared
      for file in files { _ = parsed(json: file.json, "catalog file \(file.name)") }
      return (files, false)
    } catch {
      let message = error.problem.description
      require(!message.isEmpty, "no words for \(error)")
      return nil
    }
  }

  /// A shortened model is as short as it gets.
  private func checkImportOfImported(_ files: [CatalogFile], _ given: [BotocoreFile]) {
    let tables = given.filter { !$0.path.hasPrefix("x/") }
    let short = zip(Self.names, files.filter { $0.name.hasPrefix("x") }).map {
      BotocoreFile(path: $0, bytes: $1.json)
    }
    guard let again = Self.imported(short + tables) else { fatalError("refused once shortened") }
    for (old, new) in zip(files, again.files) {
      require(old.json == new.json, "\(old.name) changes: \(show(old.json)) to \(show(new.json))")
    }
  }

  private func use(_ service: ServiceModel, of catalog: Catalog) {
    let models = LoadedModels(catalog)
    let settings = SchemaSettings(toolVersion: "0", catalogSource: "none", severity: .info)
    for name in service.operationNames.prefix(20) {
      guard let operation = try? models.operation(OperationID(service: "x", operation: name)) else {
        continue
      }
      let subject = SchemaSubject(operation: operation, rules: [], hasOwnRules: false, regions: nil)
      _ = parsed(json: parameterSchema(of: subject, settings), "schema of \(name)")
    }
  }
}
