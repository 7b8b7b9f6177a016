internal import Glibc
internal import Syntax
internal import SystemPackage

/// Walks folders for files of some extensions.
///
/// - Shape: files in the order of their paths; hidden folders are left out; a loop of symbolic links ends.
struct FolderWalk {
  /// Links that lead to each other make more paths than could ever be walked.
  private static let maximumRepetitions = 10_000
  private static let repeatedTooOften = ReadFault.tooDeep(
    "symbolic links lead to folders again more than \(maximumRepetitions) times")
  /// How deep folders may lie in one that is named, so that a walk has an end and its paths fit the memory.
  private static let maximumDepth = 4096
  /// Bytes of a folder's path.
  private static let maximumLength = 1 << 16

  private let extensions: Set<String>
  private let configurations: ConfigurationSearch?
  private let skipsDangling: Bool
  private let jobs: Int
  private var walkedFolders: Set<FileIdentity> = []
  /// Those that the walk is in.
  private var ancestors: Set<FileIdentity> = []
  /// Folders that were listed before the walk reached them.
  private var foldersListedAhead: Set<FileIdentity> = []
  /// How often a folder was walked again by another path.
  private var repetitions = 0

  init(extensions: Set<String>, configurations: ConfigurationSearch?, skipsDangling: Bool, jobs: Int) {
    self.extensions = extensions
    self.configurations = configurations
    self.skipsDangling = skipsDangling
    self.jobs = jobs
  }

  /// Adds the files of a folder and those inside it.
  mutating func run(_ folder: FilePath, _ identity: FileIdentity, into discovery: inout Discovery) {
    walk(folder, identity, listed: nil, into: &discovery)
  }

  /// - Parameter listed: the folder's entries if it was listed ahead.
  private mutating func walk(
    _ folder: FilePath, _ identity: FileIdentity, listed: FolderListing?, into discovery: inout Discovery
  ) {
    if !walkedFolders.insert(identity).inserted {
      repetitions += 1
      guard repetitions <= Self.maximumRepetitions else {
        if repetitions == Self.maximumRepetitions + 1 { discovery.fail(at: folder, Self.repeatedTooOften) }
        return
      }
    }
    if let reason = tooDeep(folder) { return discovery.fail(at: folder, ReadFault.tooDeep(reason)) }
    let configuration = configurations?.apply(toFilesIn: folder)
    let listing: FolderListing
    do {
      listing = if let listed { listed } else { try list(folder) }
    } catch ReadFault.kernelFolder where !ancestors.isEmpty {
      // Passed on a walk through a whole system; nobody keeps requests there.
      return
    } catch {
      return discovery.fail(at: folder, error)
    }
    for item in listing.unknown {
      // It may be a file or a folder.
      guard ![true, false].contains(where: { isExcluded(item.path, isFolder: $0, by: configuration) }) else {
        continue
      }
      discovery.failures.append(item.failure)
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
        walk(entry.path, folder, listed: listed[entry.path], into: &discovery)
      } else {
        add(entry, configuration, to: &discovery)
      }
    }
  }

  /// Why the walk stops at a folder; `nil` if it goes on.
  private func tooDeep(_ folder: FilePath) -> String? {
    if ancestors.count >= Self.maximumDepth { return "it lies deeper than \(Self.maximumDepth) folders" }
    if folder.length > Self.maximumLength { return "its path is longer than \(Self.maximumLength) bytes" }
    return nil
  }

  private func list(_ folder: FilePath) throws -> FolderListing {
    try FolderListing(folder, extensions: extensions, skipsDangling: skipsDangling)
  }

  /// Lists sibling folders on several threads, each once in a run, however many links lead to it.
  ///
  /// - Returns: by the folders' paths, since entries carry them too; without folders that cannot be listed, which is
  ///   reported when the walk reaches them.
  private mutating func listAhead(_ folders: [FolderListing.Entry]) -> [FilePath: FolderListing] {
    guard Concurrency.workers(jobs, for: folders.count) > 1 else { return [:] }
    let new = folders.filter { entry in
      entry.folder.map { !walkedFolders.contains($0) && foldersListedAhead.insert($0).inserted } ?? false
    }
    let workers = Concurrency.workers(jobs, for: new.count)
    let listings = Concurrency.map(new.count, workers: workers) { [extensions, skipsDangling] in
      { try? FolderListing(new[$0].path, extensions: extensions, skipsDangling: skipsDangling) }
    }
    // A folder that is recreated in the meantime may be listed twice.
    return Dictionary(zip(new, listings).compactMap { entry, listing in listing.map { (entry.path, $0) } }) {
      $1
    }
  }

  private func add(_ entry: FolderListing.Entry, _ configuration: Int?, to discovery: inout Discovery) {
    // Decided by the first letter of the name for nearly all files of a walk.
    if let configurations, entry.isHidden || configurations.isNamed,
      configurations.isConfiguration(entry.path)
    {
      return
    }
    if isExcluded(entry.path, isFolder: false, by: configuration) {
      discovery.excludedCount += 1
      return
    }
    discovery.files.append(
      FoundFile(path: entry.path, shown: entry.shown, isDiscovered: true, configuration: configuration))
  }

  private func isExcluded(_ path: FilePath, isFolder: Bool, by configuration: Int?) -> Bool {
    guard let configuration, let configurations else { return false }
    let absolute = configurations.absolute(path)
    return configurations.exclusion(of: absolute, isFolder: isFolder, by: configuration) != nil
  }
}
