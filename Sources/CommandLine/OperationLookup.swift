internal import Models

/// The operation of that name, in any of its spellings.
///
/// - Throws: `Failure.unknownOperation` with what was most likely meant.
func resolveOperation(_ name: String, _ catalog: Catalog) throws(Failure) -> OperationID {
  let models = LoadedModels(catalog)
  return try resolveOperation(name, models)
}

func resolveOperation(_ name: String, _ models: LoadedModels) throws(Failure) -> OperationID {
  if let known = OperationID(written: name).flatMap({ models.canonicalName($0) }) { return known }
  throw .unknownOperation(name, suggestion: models.nearOperationName(name))
}

/// The operation of that name, unpacked.
func findOperation(_ name: String, _ catalog: Catalog) throws(Failure) -> Operation {
  let models = LoadedModels(catalog)
  return try findOperation(name, models)
}

func findOperation(_ name: String, _ models: LoadedModels) throws(Failure) -> Operation {
  let id = try resolveOperation(name, models)
  let operation: Operation?
  do throws(ModelFault) {
    operation = try models.operation(id)
  } catch {
    throw Failure(error)
  }
  guard let operation else { throw .unknownOperation(name, suggestion: nil) }
  return operation
}
