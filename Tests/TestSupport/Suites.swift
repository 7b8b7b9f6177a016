package import Foundation

/// Conformance suites that others made, and the project's own folders.
package enum Suites {
  /// Named by `REQLINT_SUITES`; tests that need it are skipped, visibly, where it is unset.
  package static var folder: URL? {
    ProcessInfo.processInfo.environment["REQLINT_SUITES"].map { URL(fileURLWithPath: $0, isDirectory: true) }
  }

  package static func file(_ path: String) throws -> Data {
    guard let folder else { throw CocoaError(.fileNoSuchFile) }
    return try Data(contentsOf: folder.appending(path: path))
  }

  package static func bytes(_ path: String) throws -> [UInt8] { try Array(file(path)) }

  /// Paths of all files under a folder of the suites, relative to them, sorted.
  package static func files(under path: String) throws -> [String] {
    guard let folder else { throw CocoaError(.fileNoSuchFile) }
    return try FileManager.default.subpathsOfDirectory(atPath: folder.appending(path: path).path)
      .map { "\(path)/\($0)" }.sorted()
  }
}

/// The project's own folders.
package enum Project {
  /// The package's root, from where this file stands.
  package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
}
