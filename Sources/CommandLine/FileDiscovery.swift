internal import Glibc
internal import Linting
internal import Models
internal import Requests
internal import Syntax
internal import SystemPackage

/// A file to lint, found but not read.
struct FoundFile: Sendable {
  /// Where to open it; `nil` for standard input.
  let path: FilePath?
  /// As reports name it: relative to the working directory when inside it.
  let shown: String
  /// Whether a folder was walked to find it.
  let isWalked: Bool
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

  /// Whether a walk met what an earlier run wrote there: a report, which may be written again.
  var isOwnReport: Bool {
    guard isWalked, let path, let bytes = try? readFile(path, refusingBeyond: InputBound.data) else {
      return false
    }
    // What reports of nothing are: a list, which is no request file, or nothing at all.
    if bytes.isEmpty || bytes == Array("[]\n".utf8) { return true }
    let start = Array(bytes.prefix(400))
    return start.starts(with: "[\n  {\n    \"check_name\": ".utf8)
      || start.starts(with: "{\"source\":{\"name\":\"reqlint\"}".utf8)
      || start.contains(sequence: Array("\"driver\": {\n          \"name\": \"reqlint\"".utf8))
      || Array(start.prefix(100)).contains(sequence: Array("\"format\": \"reqlint-".utf8))
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
    guard let status = try? path.status(), status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(status)
  }
}

/// What a search for files came to.
struct Discovery {
  /// Sorted by their shown paths, each once.
  var files: [FoundFile] = []
  var failures: [Failure] = []
  var configurations: [Configuration] = []
  /// Places of those that apply to a file or a walked folder; others were only asked whether they exclude one.
  var appliedConfigurations: Set<Int> = []
  /// The one nearest to the working directory, where it was asked for.
  var ownConfiguration: Int?
  /// Files and named folders that a configuration keeps out, and configurations themselves.
  var excludedCount = 0
  /// Patterns of `exclude` that have kept something out.
  var usedExclusions: Set<ConfigurationSearch.Exclusion> = []
  /// Named folders that were walked, absolute.
  var walkedFolders: [FilePath] = []
  /// What to say of named paths that are passed over.
  var notes: [String] = []

  /// All files that are read, so that none is written over.
  var inputs: [FoundFile] {
    files + configurations.map { FoundFile(path: $0.file, shown: $0.shown, isWalked: false) }
  }
}

/// Finds the files that paths name: files as they are, folders walked for `.yaml`, `.yml` and `.json` in any case.
///
/// - Shape: hidden folders are left out, a loop of symbolic links ends, `-` is standard input.
///
/// - Parameters:
///   - configurations: by which files are kept out; `nil` for files that are no request files.
///   - skipsUnbound: whether nothing is said of named paths that are kept out.
///   - jobs: how many folders to read at a time.
func discoverFiles(
  _ paths: [String], extensions: Set<String> = ["yaml", "yml", "json"],
  configurations: ConfigurationSearch? = nil, skipsUnbound: Bool = false,
  jobs: Int = Concurrency.processorCount
) -> Discovery {
  var search = FileSearch(
    extensions: extensions, configurations: configurations, skipsUnbound: skipsUnbound, jobs: jobs)
  for path in paths {
    if path == "-" {
      search.addStandardInput()
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
  /// As they were met; one that is named and walked twice.
  private var found: [FoundFile] = []
  private var failures: [Failure] = []
  private let workingDirectory: FilePath?
  private let skipsUnbound: Bool
  private let jobs: Int
  private let configurations: ConfigurationSearch?
  private var discovery = Discovery()
  private var walkedFolders: Set<FileIdentity> = []
  /// Those that the walk is in.
  private var ancestors: Set<FileIdentity> = []
  /// Folders that were listed before the walk came to them.
  private var foldersListedAhead: Set<FileIdentity> = []
  /// How often a folder was walked again by another path.
  private var repetitions = 0

  /// Links that lead to each other make more paths than could ever be walked.
  private static let maximumRepetitions = 10_000
  /// How deep folders may lie in one that is named, so that a walk has an end and its paths fit the memory.
  private static let maximumDepth = 4096
  /// Bytes of a folder's path.
  private static let maximumLength = 1 << 16

  init(
    extensions: Set<String>, configurations: ConfigurationSearch? = nil, skipsUnbound: Bool = false,
    jobs: Int = Concurrency.processorCount
  ) {
    self.extensions = extensions
    self.configurations = configurations
    self.skipsUnbound = skipsUnbound
    self.jobs = jobs
    if let current = getcwd(nil, 0) {
      workingDirectory = FilePath(platformString: current)
      free(current)
    } else {
      workingDirectory = nil
    }
  }

  mutating func visitNamed(_ path: FilePath) {
    let path = normalized(path)
    let status: stat
    do throws(Errno) {
      status = try path.status()
    } catch {
      // A link that leads nowhere holds no request.
      if skipsUnbound, error == .noSuchFileOrDirectory, path.isSymbolicLink {
        discovery.excludedCount += 1
      } else {
        addFailure(path, error)
      }
      return
    }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard !isKeptOut(path, isFolder: isFolder) else { return }
    if isFolder {
      if let absolute = configurations?.absolute(path) { discovery.walkedFolders.append(absolute) }
      walk(path, FileIdentity(status))
    } else {
      add(
        FoundFile(
          path: path, shown: path.shown, isWalked: false,
          configuration: configurations?.apply(toFilesIn: path.folder)))
    }
  }

  /// - Parameter error: what the system says, or a `ReadFault`.
  private mutating func addFailure(_ path: FilePath, _ error: any Error) {
    failures.append(.unreadable(path: path.shown, reason: reason(error)))
  }

  mutating func addStandardInput() {
    add(
      FoundFile(
        path: nil, shown: "<stdin>", isWalked: false, configuration: configurations?.apply(toFilesIn: ".")))
  }

  /// Whether a configuration keeps a named path out, or it is one itself; says so where the path was not only handed
  /// over.
  private mutating func isKeptOut(_ path: FilePath, isFolder: Bool) -> Bool {
    guard let configurations else { return false }
    let reason: String
    if !isFolder, configurations.isConfiguration(path) {
      // A commit that breaks it must not pass for a checked one.
      _ = configurations.apply(toFilesIn: path.folder)
      reason = "is a configuration, not a request file"
    } else {
      let exclusion = configurations.exclusion(of: configurations.absolute(path), isFolder: isFolder)
      guard let exclusion else { return false }
      reason = "excluded by \(configurations.place(of: exclusion))"
    }
    discovery.excludedCount += 1
    if !skipsUnbound { discovery.notes.append("\(path.shown): \(reason)") }
    return true
  }

  mutating func add(_ file: FoundFile) { found.append(file) }

  consuming func finish() -> Discovery {
    // A walk is in order; only what several paths bring together is not.
    let isSorted = found.indices.dropFirst().allSatisfy {
      found[$0 - 1].shown.precedesByBytes(found[$0].shown)
    }
    let sorted = isSorted ? found : Self.merged(found)
    discovery.files = sorted
    discovery.failures = failures
    if let configurations {
      if configurations.seeksOwn { discovery.ownConfiguration = configurations.apply(toFilesIn: ".") }
      discovery.configurations = configurations.found
      discovery.appliedConfigurations = configurations.applied
      discovery.usedExclusions = configurations.usedExclusions
    }
    return discovery
  }

  /// Sorted by their shown paths, each once: a file that is named counts as named, also where a walk meets it.
  ///
  /// Paths are held apart by their bytes, in one spelling: two names that only look alike are two files.
  private static func merged(_ files: [FoundFile]) -> [FoundFile] {
    let sorted = files.sorted { left, right in
      if left.shown != right.shown { return left.shown.precedesByBytes(right.shown) }
      if left.path != right.path {
        return (left.path?.string ?? "").precedesByBytes(right.path?.string ?? "")
      }
      return !left.isWalked && right.isWalked
    }
    return sorted.indices.filter { $0 == 0 || sorted[$0 - 1].path != sorted[$0].path }.map { sorted[$0] }
  }

  /// - Parameter listed: what the folder holds, where it was listed ahead.
  private mutating func walk(
    _ folder: FilePath, _ identity: FileIdentity, listed: FolderListing? = nil
  ) {
    if !walkedFolders.insert(identity).inserted {
      repetitions += 1
      if repetitions == Self.maximumRepetitions + 1 {
        addFailure(
          folder,
          ReadFault.tooDeep("symbolic links lead to folders again more than \(Self.maximumRepetitions) times")
        )
      }
      guard repetitions <= Self.maximumRepetitions else { return }
    }
    if let reason = tooDeep(folder) { return addFailure(folder, ReadFault.tooDeep(reason)) }
    let configuration = configurations?.apply(toFilesIn: folder)
    let listing: FolderListing
    do {
      listing = if let listed { listed } else { try list(folder) }
    } catch ReadFault.kernelFolder where !ancestors.isEmpty {
      // On the way through a whole system: nobody keeps requests there.
      return
    } catch {
      return addFailure(folder, error)
    }
    for item in listing.unknown {
      let isKeptOut = [true, false].contains { isExcluded(item.path, isFolder: $0, by: configuration) }
      if !isKeptOut { failures.append(item.failure) }
    }
    ancestors.insert(identity)
    defer { ancestors.remove(identity) }
    let entries = listing.entries.filter { entry in
      guard let folder = entry.folder else { return true }
      return !ancestors.contains(folder) && !isExcluded(entry.path, isFolder: true, by: configuration)
    }
    let listed = listAhead(entries.filter { $0.folder != nil })
    for entry in entries {
      if let folder = entry.folder {
        walk(entry.path, folder, listed: listed[entry.path])
      } else {
        addWalked(entry, configuration)
      }
    }
  }

  /// Why a walk goes no further; `nil` where it does.
  private func tooDeep(_ folder: FilePath) -> String? {
    if ancestors.count >= Self.maximumDepth { return "it lies deeper than \(Self.maximumDepth) folders" }
    if folder.length > Self.maximumLength { return "its path is longer than \(Self.maximumLength) bytes" }
    return nil
  }

  private func list(_ folder: FilePath) throws -> FolderListing {
    try FolderListing(folder, extensions: extensions, skipsDangling: skipsUnbound)
  }

  /// Lists folders that lie beside each other on several threads, each once in a run, however many links lead to it.
  ///
  /// - Returns: by the folders' paths, for what a folder holds has its path too; without those that cannot be listed,
  ///   which is reported when the walk reaches them.
  private mutating func listAhead(_ folders: [FolderListing.Entry]) -> [FilePath: FolderListing] {
    guard Concurrency.workers(jobs, for: folders.count) > 1 else { return [:] }
    let new = folders.filter { entry in
      entry.folder.map { !walkedFolders.contains($0) && foldersListedAhead.insert($0).inserted } ?? false
    }
    let workers = Concurrency.workers(jobs, for: new.count)
    let listings = Concurrency.map(new.count, workers: workers) { [extensions, skipsUnbound] in
      { try? FolderListing(new[$0].path, extensions: extensions, skipsDangling: skipsUnbound) }
    }
    // A folder that is made anew meanwhile may be named twice.
    return Dictionary(zip(new, listings).compactMap { entry, listing in listing.map { (entry.path, $0) } }) {
      $1
    }
  }

  private mutating func addWalked(_ entry: FolderListing.Entry, _ configuration: Int?) {
    // Told by the first letter of the name for nearly all files of a walk.
    if let configurations, entry.isHidden || configurations.isNamed,
      configurations.isConfiguration(entry.path)
    {
      return
    }
    if isExcluded(entry.path, isFolder: false, by: configuration) {
      discovery.excludedCount += 1
      return
    }
    add(FoundFile(path: entry.path, shown: entry.shown, isWalked: true, configuration: configuration))
  }

  private func isExcluded(_ path: FilePath, isFolder: Bool, by configuration: Int?) -> Bool {
    guard let configuration, let configurations else { return false }
    let absolute = configurations.absolute(path)
    return configurations.exclusion(of: absolute, isFolder: isFolder, by: configuration) != nil
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

extension FilePath {
  /// The folder that a file lies in.
  fileprivate var folder: FilePath {
    let folder = removingLastComponent()
    return folder.isEmpty ? "." : folder
  }
}
