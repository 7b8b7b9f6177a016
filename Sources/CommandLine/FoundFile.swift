internal import Linting
internal import Models
internal import Reports
internal import Requests
internal import Syntax
internal import SystemPackage

/// A file to lint, found but not read.
struct FoundFile: Sendable {
  /// Where to open it; `nil` for standard input.
  let path: FilePath?
  /// As reports name it: relative to the working directory when inside it.
  let shown: String
  /// Whether a directory walk found it; files without requests are then skipped.
  let isDiscovered: Bool
  /// Its configuration, by its place in `Discovery.configurations`.
  var configuration: Int?
  /// The operation that the configuration binds it to.
  var binding: OperationID?
  /// What the configuration suppresses in it.
  var suppressions: [ConfiguredSuppression] = []

  /// The parts of the path, by which an operation may be bound from wherever the run was started.
  var parts: PathParts {
    guard let path else { return [] }
    if shown.utf8.first == UInt8(ascii: "/") { return PathParts(of: shown) }
    // Service, operation and name: a path that has all three needs no look at the working directory.
    let folders = shown.utf8.withContiguousStorageIfAvailable { $0.count { $0 == UInt8(ascii: "/") } } ?? 0
    let isEnough = folders > 1 && !shown.hasPrefix("../")
    return PathParts(of: isEnough ? shown : path.absolute.shown)
  }

  /// Whether a folder walk found a report of an earlier run, which may be overwritten.
  var isOwnReport: Bool {
    guard isDiscovered, let path, let bytes = try? readFile(path, refusingBeyond: InputBound.data) else {
      return false
    }
    // Reports without findings: an empty list, which is not a request file, or an empty file.
    if bytes.isEmpty || bytes == Array("[]\n".utf8) { return true }
    return LintFormat.allCases.contains { $0.hasWritten(bytes) }
  }

  private var isJSON: Bool {
    let name = shown.utf8.suffix(6)
    // A name that only begins with a point is a hidden file's, without an extension.
    return name.count == 6 && name.first != UInt8(ascii: "/")
      && name.dropFirst().elementsEqual(".json".utf8) { lowercased($0) == $1 }
  }

  /// How its text is to be read; standard input is JSON where it is well-formed JSON, else YAML.
  func notation(of text: SourceText) -> Document.Notation {
    guard path == nil else { return isJSON ? .json : .yaml }
    let first = text.bytes[text.byteOrderMarkLength...].first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["), text.fault == nil,
      case .document = readJSON(text, limits: Limits())
    else { return .yaml }
    return .json
  }
}
