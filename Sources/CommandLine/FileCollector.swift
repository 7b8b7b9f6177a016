internal import Glibc
internal import Syntax
internal import SystemPackage

/// Collects the files that paths name, and those that walks through named folders find.
struct FileCollector {
  private var walk: FolderWalk
  /// Its files are unsorted and may repeat until `finish`.
  private var discovery = Discovery()
  private let workingDirectory: FilePath?
  private let skipsUnbound: Bool
  private let configurations: ConfigurationSearch?

  init(
    extensions: Set<String>, configurations: ConfigurationSearch? = nil, skipsUnbound: Bool = false,
    jobs: Int = Concurrency.processorCount
  ) {
    walk = FolderWalk(
      extensions: extensions, configurations: configurations, skipsDangling: skipsUnbound, jobs: jobs)
    self.configurations = configurations
    self.skipsUnbound = skipsUnbound
    if let current = getcwd(nil, 0) {
      workingDirectory = FilePath(platformString: current)
      free(current)
    } else {
      workingDirectory = nil
    }
  }

  /// Adds a file, or the files of a folder.
  mutating func add(_ path: FilePath) {
    let path = normalized(path)
    let status: stat
    do throws(Errno) {
      status = try path.status()
    } catch {
      // A link that leads nowhere holds no request.
      if skipsUnbound, error == .noSuchFileOrDirectory, path.isSymbolicLink {
        discovery.excludedCount += 1
      } else {
        discovery.fail(at: path, error)
      }
      return
    }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    if let reason = exclusionReason(path, isFolder: isFolder) {
      discovery.excludedCount += 1
      if !skipsUnbound { discovery.notes.append("\(path.shown): \(reason)") }
    } else if isFolder {
      if let absolute = configurations?.absolute(path) { discovery.walkedFolders.append(absolute) }
      walk.run(path, FileIdentity(status), into: &discovery)
    } else {
      discovery.files.append(
        FoundFile(
          path: path, shown: path.shown, isDiscovered: false,
          configuration: configurations?.apply(toFilesIn: path.folder)))
    }
  }

  mutating func addStandardInput() {
    discovery.files.append(
      FoundFile(
        path: nil, shown: "<stdin>", isDiscovered: false, configuration: configurations?.apply(toFilesIn: ".")
      ))
  }

  /// Why a named path is not collected; `nil` if it is.
  private func exclusionReason(_ path: FilePath, isFolder: Bool) -> String? {
    guard let configurations else { return nil }
    if !isFolder, configurations.isConfiguration(path) {
      // A commit that breaks it must not pass for a checked one.
      _ = configurations.apply(toFilesIn: path.folder)
      return "is a configuration, not a request file"
    }
    return configurations.exclusion(of: configurations.absolute(path), isFolder: isFolder).map {
      "excluded by \(configurations.place(of: $0))"
    }
  }

  /// Returns the files in order, and what the configurations had to say of them.
  consuming func finish() -> Discovery {
    discovery.files = Self.merged(discovery.files)
    if let configurations {
      if configurations.seeksOwn { discovery.ownConfiguration = configurations.apply(toFilesIn: ".") }
      discovery.configurations = configurations.found
      discovery.appliedConfigurations = configurations.applied
      discovery.usedExclusions = configurations.usedExclusions
    }
    return discovery
  }

  /// Sorts files by their shown paths and keeps each once: one that is named counts as named even if a walk finds it.
  ///
  /// Paths are compared by their bytes: two names that only look alike are two files.
  private static func merged(_ files: [FoundFile]) -> [FoundFile] {
    // A walk is in order; only what several paths bring together is not.
    let isSorted = files.indices.dropFirst().allSatisfy {
      files[$0 - 1].shown.precedesByBytes(files[$0].shown)
    }
    if isSorted { return files }
    let sorted = files.sorted { left, right in
      if left.shown != right.shown { return left.shown.precedesByBytes(right.shown) }
      if left.path != right.path {
        return (left.path?.string ?? "").precedesByBytes(right.path?.string ?? "")
      }
      return !left.isDiscovered && right.isDiscovered
    }
    return sorted.indices.filter { $0 == 0 || sorted[$0 - 1].path != sorted[$0].path }.map { sorted[$0] }
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
  /// The folder that contains a file.
  fileprivate var folder: FilePath {
    let folder = removingLastComponent()
    return folder.isEmpty ? "." : folder
  }
}
