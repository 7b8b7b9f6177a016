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

/// What a search for files came to.
struct Discovery {
  /// Sorted by their shown paths, each once.
  var files: [FoundFile] = []
  var failures: [Failure] = []
}

/// Finds the files that paths name: files as they are, folders walked for `.yaml`, `.yml` and `.json`.
///
/// - Shape: hidden folders are left out, a loop of symbolic links ends, `-` is standard input.
func discoverFiles(_ paths: [String]) -> Discovery {
  var search = FileSearch()
  for path in paths {
    if path == "-" {
      search.add(FoundFile(path: nil, shown: "<stdin>", isWalked: false))
    } else {
      search.visitNamed(FilePath(path))
    }
  }
  return search.finish()
}

/// The rule files of a folder, or one file.
///
/// - Throws: `Failure.unreadable`, `Failure.emptyPack`.
func discoverRuleFiles(_ path: String) throws(Failure) -> [FoundFile] {
  var search = FileSearch(extensions: ["yaml", "yml"])
  search.visitNamed(FilePath(path))
  let found = search.finish()
  if let failure = found.failures.first { throw failure }
  guard !found.files.isEmpty else { throw .emptyPack(path: path) }
  return found.files
}

private struct FileSearch {
  private struct Folder: Hashable {
    let device: UInt
    let number: UInt
  }

  let extensions: Set<String>
  private var found: [String: FoundFile] = [:]
  private var failures: [Failure] = []
  private let workingDirectory: FilePath?

  init(extensions: Set<String> = ["yaml", "yml", "json"]) {
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
    guard path.withPlatformString({ stat($0, &status) }) == 0 else {
      failures.append(.unreadable(path: path.shown, reason: Errno(rawValue: errno).description))
      return
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      let folder = path.lexicallyNormalized()
      walk(folder.isEmpty ? "." : folder, [Folder(device: UInt(status.st_dev), number: UInt(status.st_ino))])
    } else {
      add(FoundFile(path: path, shown: shown(path), isWalked: false))
    }
  }

  mutating func add(_ file: FoundFile) {
    // A file that is named counts as named, also where a walk meets it.
    if let known = found[file.shown], !known.isWalked || file.isWalked { return }
    found[file.shown] = file
  }

  consuming func finish() -> Discovery {
    Discovery(files: found.values.sorted { $0.shown < $1.shown }, failures: failures)
  }

  private mutating func walk(_ folder: FilePath, _ ancestors: Set<Folder>) {
    guard let handle = folder.withPlatformString({ opendir($0) }) else {
      failures.append(.unreadable(path: folder.shown, reason: Errno(rawValue: errno).description))
      return
    }
    defer { closedir(handle) }
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { FilePath(platformString: $0) }
      }
      guard let component = name.lastComponent, component.kind == .regular else { continue }
      let path = folder.appending(component)
      switch Int(entry.pointee.d_type) {
      case Int(DT_REG): addWalked(path)
      case Int(DT_DIR), Int(DT_LNK), Int(DT_UNKNOWN): visitWalked(path, component, ancestors)
      default: continue
      }
    }
  }

  private mutating func visitWalked(
    _ path: FilePath, _ component: FilePath.Component, _ ancestors: Set<Folder>
  ) {
    var status = stat()
    // A link that leads nowhere is no file.
    guard path.withPlatformString({ stat($0, &status) }) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFREG: addWalked(path)
    case S_IFDIR:
      let folder = Folder(device: UInt(status.st_dev), number: UInt(status.st_ino))
      guard !component.string.hasPrefix("."), !ancestors.contains(folder) else { return }
      walk(path, ancestors.union([folder]))
    default: return
    }
  }

  private mutating func addWalked(_ path: FilePath) {
    guard let fileExtension = path.extension, extensions.contains(fileExtension) else { return }
    add(FoundFile(path: path, shown: shown(path), isWalked: true))
  }

  private func shown(_ path: FilePath) -> String {
    var path = path.lexicallyNormalized()
    if let workingDirectory, path.isAbsolute, path.starts(with: workingDirectory), path != workingDirectory {
      _ = path.removePrefix(workingDirectory)
    }
    return path.shown
  }
}
