internal import CCatalog
internal import Glibc
internal import Syntax

/// The compiled-in models.
struct EmbeddedModels: CatalogFileSource {
  /// The origin of the models, for example `botocore 1.44.8`.
  static var source: String { String(cString: reqlint_catalog_source_start()) }
  /// The date of the models, for example `2026-11-28`; `nil` if that is not recorded.
  static var date: String? {
    let date = String(cString: reqlint_catalog_date_start())
    return date.isEmpty ? nil : date
  }

  var serviceNames: [String] { Self.files.lazy.map(\.shownName).filter(CatalogFile.isModel) }

  func hasService(_ name: String) -> Bool { CatalogFile.isModel(name) && Self.file(name) != nil }

  func bytes(of file: String) -> [UInt8]? { Self.file(file).map { Array($0.content) } }

  func services(naming words: [String]) -> [String] {
    let screen = KeyScreen(words)
    return Self.files.filter { screen.passes($0.content) }.map(\.shownName).filter(CatalogFile.isModel)
  }

  func siblings(of service: String) -> [String] {
    guard let file = Self.file(service), CatalogFile.isModel(service) else { return [] }
    return Self.files.filter { strcmp($0.endpoint_prefix, file.endpoint_prefix) == 0 }.map(\.shownName)
      .filter { $0 != service && CatalogFile.isModel($0) }
  }

  /// All files, sorted by name.
  private static var files: UnsafeBufferPointer<reqlint_catalog_file> {
    UnsafeBufferPointer(start: reqlint_catalog_files_start(), count: reqlint_catalog_count)
  }

  /// Finds a file by binary search.
  private static func file(_ name: String) -> reqlint_catalog_file? {
    let files = files
    let place = files.partitioningIndex { strcmp($0.name, name) >= 0 }
    return place < files.endIndex && strcmp(files[place].name, name) == 0 ? files[place] : nil
  }
}

extension reqlint_catalog_file {
  fileprivate var shownName: String { String(cString: name) }
  fileprivate var content: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }
}
