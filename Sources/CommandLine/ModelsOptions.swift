internal import ArgumentParser
internal import Glibc
internal import Models
internal import SystemPackage

/// Which service models a command uses.
struct ModelsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Models to go by instead of those compiled in: a data folder of botocore, or one of some services like it.",
      valueName: "DIR"))
  var models: String?

  func catalog() throws(Failure) -> Catalog { try openCatalog(models) }
}

/// The catalog of a folder of models, or what is compiled in.
///
/// - Throws: as `openModels` does.
func openCatalog(_ folder: String?) throws(Failure) -> Catalog {
  guard let folder else { return .builtIn }
  let models = try openModels(folder)
  return Catalog(models.imports, source: models.source)
}

/// A folder of models, and how reports name it.
///
/// - Throws: `Failure.unreadable` for a folder that cannot be opened, `Failure.badCatalogInput` for one without models.
func openModels(_ folder: String) throws(Failure) -> (imports: CatalogImport, source: String) {
  let data = try openData(FilePath(argument: folder))
  let version = botocoreVersion(of: FilePath(argument: folder)).map { "botocore \($0)" } ?? "models"
  do throws(ModelFault) {
    return (try CatalogImport(data), "\(version) from \(data.path)")
  } catch {
    throw Failure(error)
  }
}

/// The data of a folder that holds at least one model.
func openData(_ folder: FilePath) throws(Failure) -> BotocoreData {
  do {
    _ = try folderEntries(folder)
  } catch {
    throw .unreadable(path: folder.shown, reason: reason(error))
  }
  let data: BotocoreData
  do throws(ModelFault) { data = try BotocoreData(folder) } catch { throw Failure(error) }
  guard !data.serviceNames.isEmpty else {
    throw .badCatalogInput(
      path: data.path, reason: "holds no model of a service (SERVICE/VERSION/service-2.json)")
  }
  return data
}

/// botocore's own version, from the package around its data folder; `nil` for another folder.
func botocoreVersion(of data: FilePath) -> String? {
  guard
    let bytes = try? readFile(
      data.appending("..").appending("__init__.py"), refusingBeyond: InputBound.text)
  else { return nil }
  let text = String(decoding: bytes, as: UTF8.self)
  for line in text.split(separator: "\n") where line.hasPrefix("__version__") {
    let parts = line.split { $0 == "'" || $0 == "\"" }
    if parts.count >= 2 { return String(parts[1]) }
  }
  return nil
}

extension BotocoreData {
  /// The data on disk.
  ///
  /// - Throws: for a folder in it that cannot be read, in which there may be a model.
  init(_ folder: FilePath) throws(ModelFault) {
    try self.init(path: folder.shown) { (name) throws(ModelFault) in
      let part = folder.appending(name)
      do {
        return try folderEntries(part).map(\.name.string)
      } catch Errno.notDirectory, Errno.noSuchFileOrDirectory, Errno.tooManySymbolicLinkLevels {
        // A file among the services, or a link to nothing or to itself.
        return []
      } catch {
        throw ModelFault(path: part.shown, .unreadable(reason(error)))
      }
    } read: { (path) throws(ModelFault) in
      let file = folder.appending(path)
      do throws(Failure) {
        return BotocoreFile(path: file.shown, bytes: try readFile(file, refusingBeyond: InputBound.data))
      } catch {
        guard case .unreadable(_, let reason) = error else { preconditionFailure("\(error)") }
        throw ModelFault(path: file.shown, .unreadable(reason))
      }
    }
  }
}

extension Failure {
  init(_ fault: ModelFault) {
    self = .badCatalogInput(path: fault.path, reason: fault.problem.description)
  }
}
