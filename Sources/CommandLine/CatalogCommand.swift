internal import ArgumentParser
internal import Models

struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog", abstract: "Look into the catalog of AWS operations, compare it, or renew it.",
    subcommands: [List.self, Show.self, Diff.self, Import.self])
}

/// A service by its name.
///
/// - Throws: `Failure.unknownService`, and what is wrong with its model.
func resolveService(_ name: String, _ catalog: Catalog) throws(Failure) -> ServiceModel {
  do throws(ModelFault) {
    if let service = try catalog.service(name) { return service }
    let models = LoadedModels(catalog)
    if let known = models.serviceName(name), let service = try catalog.service(known) { return service }
  } catch {
    throw Failure(error)
  }
  let models = LoadedModels(catalog)
  throw .unknownService(name, suggestion: models.nearService(name))
}
