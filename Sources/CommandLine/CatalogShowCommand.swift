internal import ArgumentParser
internal import Models

extension CatalogCommand {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print what the catalog says of an operation or a service, as JSON.",
      discussion: """
        JSON with botocore's keys, as in the catalog's files: of an operation the service's metadata, the operation and \
        every shape that its input reaches; of a service its metadata and regions. Exit status: 0 shown, 2 not known, \
        or the model cannot be used.
        """)

    @Argument(
      help: ArgumentHelp(
        "A service, or an operation in any of its three spellings.", valueName: "SERVICE[.OPERATION]"),
      completion: .operations)
    var name: String

    @OptionGroup var models: ModelsOptions

    func run() throws {
      try writeStandardOutput(try json(models.catalog()))
    }

    private func json(_ catalog: Catalog) throws(Failure) -> [UInt8] {
      let isService = !name.contains { ".:/ ".contains($0) } || LoadedModels(catalog).serviceName(name) != nil
      let id = isService ? nil : try resolveOperation(name, catalog)
      let model = try resolveService(id?.service ?? name, catalog)
      let json: [UInt8]?
      do throws(ModelFault) {
        json = if let id { try model.json(of: id.operation) } else { try model.metadataJSON() }
      } catch {
        throw Failure(error)
      }
      guard let json else { throw .unknownOperation(name, suggestion: nil) }
      return json
    }
  }
}
