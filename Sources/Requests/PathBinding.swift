public import Models
public import Syntax

/// The parts of a file's path; taken apart only where nothing in the file says which operation it is for.
public struct PathParts: Sendable, ExpressibleByArrayLiteral {
  private let path: String

  /// The parts of a whole path, or the last ones of it.
  public init(of path: String) { self.path = path }

  public init(arrayLiteral parts: String...) { path = parts.joined(separator: "/") }

  /// Empty for standard input.
  public var all: [String] { path.split(separator: "/").map { String($0) } }
}

/// The operation that a file's path names: `NAME.SERVICE.OPERATION.yaml`, or `…/SERVICE/OPERATION/NAME.yaml`.
///
/// - Parameter path: parts of the path; empty for standard input.
func operation(
  boundBy path: PathParts, models: inout LoadedModels
) -> OperationID? {
  let path = path.all
  guard let file = path.last else { return nil }
  let parts = file.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
  var candidates: [OperationID] = []
  if parts.count >= 4 {
    candidates.append(OperationID(service: parts[parts.count - 3], operation: parts[parts.count - 2]))
  }
  if path.count >= 3 {
    candidates.append(OperationID(service: path[path.count - 3], operation: path[path.count - 2]))
  }
  for candidate in candidates where models.catalog.hasService(candidate.service) {
    if let id = models.canonicalName(candidate) { return id }
  }
  return nil
}

extension Binder {
  /// Whether a text that cannot be parsed looks like a request file: its path or its words would bind it.
  public func looksLikeRequests(
    _ text: SourceText, path: PathParts, models: inout LoadedModels
  ) -> Bool {
    if hasFlag { return true }
    if operation(boundBy: path, models: &models) != nil { return true }
    func holds(_ word: String) -> Bool { text.bytes.contains(sequence: Array(word.utf8)) }
    return holds("reqlint:") || (holds("operation") && (holds("service") || holds("parameters")))
  }

  /// Words of a file that may name the services it is for, also where it cannot be parsed or names no operation that
  /// exists.
  ///
  /// - Shape: those of `--operation` and the path, and every name behind the word `reqlint` or `service`.
  public func serviceWords(_ text: SourceText, path: PathParts) -> Set<String> {
    var names = Set(path.all.flatMap { $0.split(separator: ".") }.map { String($0) })
    if let flaggedOperation { names.insert(flaggedOperation.service) }
    for mark in ["reqlint:", "service"] {
      var start = 0
      while let found = text.bytes.firstIndex(of: Array(mark.utf8), from: start) {
        start = found + mark.utf8.count
        let rest = text.bytes[start...].prefix(80).drop { $0 == 0x20 || "\"':".utf8.contains($0) }
        names.insert(String(decoding: rest.prefix(while: isServiceNameByte), as: UTF8.self))
      }
    }
    names.remove("")
    return names
  }
}

private func isServiceNameByte(_ byte: UInt8) -> Bool {
  (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    || byte == UInt8(ascii: "@")
}
