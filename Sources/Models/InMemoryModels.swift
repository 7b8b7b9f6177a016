/// Catalog files in the caller's memory, for tests and for comparing catalogs.
struct InMemoryModels: CatalogFileSource {
  /// Sorted by name.
  private let files: [CatalogFile]

  /// - Parameter files: in any order.
  init(_ files: [CatalogFile]) { self.files = files.sorted { $0.name < $1.name } }

  var serviceNames: [String] { files.map(\.name).filter(CatalogFile.isModel) }

  func hasService(_ name: String) -> Bool { CatalogFile.isModel(name) && file(name) != nil }

  func bytes(of file: String) -> [UInt8]? { self.file(file)?.json }

  func services(naming words: [String]) -> [String] {
    let screen = KeyScreen(words)
    return files.filter { CatalogFile.isModel($0.name) && $0.json.withUnsafeBufferPointer(screen.passes) }
      .map(\.name)
  }

  func siblings(of service: String) -> [String] {
    guard let prefix = file(service)?.endpointPrefix else { return [] }
    return files.filter {
      $0.endpointPrefix == prefix && $0.name != service && CatalogFile.isModel($0.name)
    }.map(\.name)
  }

  private func file(_ name: String) -> CatalogFile? { files.first { $0.name == name } }
}
