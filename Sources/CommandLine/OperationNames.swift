internal import Models

/// The operation of that name, in any of its spellings.
///
/// - Throws: `Failure.unknownOperation` with what was most likely meant.
func resolveOperation(_ name: String, _ catalog: Catalog) throws(Failure) -> OperationID {
  var models = LoadedModels(catalog)
  return try resolveOperation(name, &models)
}

func resolveOperation(_ name: String, _ models: inout LoadedModels) throws(Failure) -> OperationID {
  guard let written = OperationID(parsing: name) else {
    let service = models.nearService(name).map { "\($0).OPERATION" }
    throw .unknownOperation(name, suggestion: models.catalog.hasService(name) ? nil : service)
  }
  if let known = models.canonicalName(written) { return known }
  guard !models.catalog.hasService(written.service) else {
    throw .unknownOperation(name, suggestion: models.nearOperation(written)?.id.description)
  }
  let service = models.nearService(written.service)
  let near = service.flatMap { service -> OperationID? in
    let meant = OperationID(service: service, operation: written.operation)
    return models.canonicalName(meant) ?? models.nearOperation(meant)?.id
  }
  throw .unknownOperation(name, suggestion: near?.description ?? service.map { "\($0).OPERATION" })
}

/// The operation of that name, unpacked.
func findOperation(_ name: String, _ catalog: Catalog) throws(Failure) -> Operation {
  var models = LoadedModels(catalog)
  let id = try resolveOperation(name, &models)
  let operation: Operation?
  do throws(ModelFault) {
    operation = try models.operation(id)
  } catch {
    throw Failure(error)
  }
  guard let operation else { throw .unknownOperation(name, suggestion: nil) }
  return operation
}
