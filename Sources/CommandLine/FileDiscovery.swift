internal import Glibc
internal import Syntax
internal import SystemPackage

/// A file to lint, found but not read.
struct FoundFile {
  /// Where to open it; `nil` for standard input.
  let path: FilePath?
  /// As reports name it: relative to the working directory when inside it.
  let shown: String
  /// Whether a folder was walked to find it.
  let isWalked: Bool

  /// The last parts of the whole path, by which an operation may be bound from wherever the run was started.
  var parts: [String] {
    guard let path else { return [] }
    let last = path.components.suffix(3)
    // Service, operation and name: a path that has all three needs no look at the working directory.
    let isEnough = path.isAbsolute || (last.count == 3 && last.allSatisfy { $0.kind == .regular })
    return isEnough ? last.map(\.string) : path.absolute.components.map(\.string)
  }

  /// Whether a walk met what an earlier run wrote there: a report, which may be written again.
  var isOwnReport: Bool {
    guard isWalked, let path, let bytes = try? readFile(path) else { return false }
    // What reports of nothing are: a list, which is no request file, or nothing at all.
    if bytes.isEmpty || bytes == Array("[]\n".utf8) { return true }
    let start = Array(bytes.prefix(400))
    return start.starts(with: "[\n  {\n    \"check_name\": ".utf8)
      || start.starts(with: "{\"source\":{\"name\":\"reqlint\"}".utf8)
      || start.contains(sequence: Array("\"driver\": {\n          \"name\": \"reqlint\"".utf8))
      || Array(start.prefix(100)).contains(sequence: Array("\"format\": \"reqlint-".utf8))
  }

  /// How its text is to be read; standard input is JSON where it is well-formed JSON, else YAML.
  func notation(of text: SourceText) -> Document.Notation {
    guard path == nil else { return path?.extension?.lowercased() == "json" ? .json : .yaml }
    let first = text.bytes.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["), text.fault == nil,
      case .document = readJSON(text, limits: Limits())
    else { return .yaml }
    return .json
  }
}

/// Tells a file or folder from every other, by whatever path it is reached.
struct FileIdentity: Hashable {
  private let device: UInt
  private let number: UInt

  init(_ status: stat) {
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
  }

  /// `nil` where no regular file is.
  init?(ofRegularFile path: FilePath) {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    self.init(status)
  }
}

/// What a search for files came to.
struct Discovery {
  /// Sorted by their shown paths, each once.
  var files: [FoundFile] = []
  var failures: [Failure] = []
}

/// Finds the files that paths name: files as they are, folders walked for `.yaml`, `.yml` and `.json`.
///
/// - Shape: hidden folders are left out, a loop of symbolic links ends, `-` is standard input.
func discoverFiles(_ paths: [String], extensions: Set<String> = ["yaml", "yml", "json"]) -> Discovery {
  var search = FileSearch(extensions: extensions)
  for path in paths {
    if path == "-" {
      search.add(FoundFile(path: nil, shown: "<stdin>", isWalked: false))
    } else {
      search.visitNamed(FilePath(argument: path))
    }
  }
  return search.finish()
}

/// The rule files of a folder, or one file.
///
/// - Throws: `Failure.unreadable`, `Failure.emptyPack`.
func discoverRuleFiles(_ path: String) throws(Failure) -> [FoundFile] {
  var search = FileSearch(extensions: ["yaml", "yml"])
  search.visitNamed(FilePath(argument: path))
  let found = search.finish()
  if let failure = found.failures.first { throw failure }
  guard !found.files.isEmpty else { throw .emptyPack(path: path) }
  return found.files
}

private struct FileSearch {
  let extensions: Set<String>
  /// By their paths as bytes, in one spelling: two names that only look alike are two files.
  private var found: [FilePath?: FoundFile] = [:]
  private var failures: [Failure] = []
  private let workingDirectory: FilePath?

  init(extensions: Set<String>) {
    self.extensions = extensions
    if let current = getcwd(nil, 0) {
      workingDirectory = FilePath(platformString: current)
      free(current)
    } else {
      workingDirectory = nil
    }
  }

  mutating func visitNamed(_ path: FilePath) {
    var status = stat()
    let path = normalized(path)
    guard path.withPlatformString({ stat($0, &status) }) == 0 else {
      failures.append(.unreadable(path: path.shown, reason: Errno(rawValue: errno).description))
      return
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      walk(path, [FileIdentity(status)])
    } else {
      add(FoundFile(path: path, shown: path.shown, isWalked: false))
    }
  }

  mutating func add(_ file: FoundFile) {
    // A file that is named counts as named, also where a walk meets it.
    if let known = found[file.path], !known.isWalked || file.isWalked { return }
    found[file.path] = file
  }

  consuming func finish() -> Discovery {
    let sorted = found.values.sorted { $0.shown.utf8.lexicographicallyPrecedes($1.shown.utf8) }
    return Discovery(files: sorted, failures: failures)
  }

  private mutating func walk(_ folder: FilePath, _ ancestors: Set<FileIdentity>) {
    guard let entries = folderEntries(folder) else {
      failures.append(.unreadable(path: folder.shown, reason: Errno(rawValue: errno).description))
      return
    }
    for entry in entries {
      let path = folder == "." ? FilePath(root: nil, [entry.name]) : folder.appending(entry.name)
      switch entry.kind {
      case Int(DT_REG): addWalked(path)
      case Int(DT_DIR), Int(DT_LNK), Int(DT_UNKNOWN): visitWalked(path, entry.name, ancestors)
      default: continue
      }
    }
  }

  private mutating func visitWalked(
    _ path: FilePath, _ component: FilePath.Component, _ ancestors: Set<FileIdentity>
  ) {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0 else {
      // A link that leads nowhere is lost only where it has the name of a request file.
      if path.extension.map({ extensions.contains($0) }) ?? false {
        failures.append(.unreadable(path: path.shown, reason: Errno(rawValue: errno).description))
      }
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: addWalked(path)
    case S_IFDIR:
      let folder = FileIdentity(status)
      guard !component.string.hasPrefix("."), !ancestors.contains(folder) else { return }
      walk(path, ancestors.union([folder]))
    default: return
    }
  }

  private mutating func addWalked(_ path: FilePath) {
    guard let fileExtension = path.extension, extensions.contains(fileExtension) else { return }
    add(FoundFile(path: path, shown: path.shown, isWalked: true))
  }

  /// The path without `.`, and relative to the working directory when inside it.
  ///
  /// Behind a symbolic link `..` leads elsewhere than the text says, so the system is asked.
  private func normalized(_ path: FilePath) -> FilePath {
    var path = FilePath(root: path.root, path.components.filter { $0.kind != .currentDirectory })
    if path.components.contains(where: { $0.kind == .parentDirectory }) {
      let real = path.resolved
      if let workingDirectory, real.starts(with: workingDirectory.resolved) { path = real }
    }
    if let workingDirectory, path.isAbsolute, path.starts(with: workingDirectory) {
      _ = path.removePrefix(workingDirectory)
    }
    return path.isEmpty ? "." : path
  }
}
