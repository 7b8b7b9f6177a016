internal import Syntax
internal import SystemPackage

/// The files that a run reads, with their configurations.
struct Discovery {
  /// Sorted by their shown paths, each once.
  var files: [FoundFile] = []
  var failures: [Failure] = []
  var configurations: [Configuration] = []
  /// Places of those that apply to a file or a walked folder; others were only asked whether they exclude one.
  var appliedConfigurations: Set<Int> = []
  /// The one nearest to the working directory, where it was asked for.
  var ownConfiguration: Int?
  /// Files and named folders that a configuration excludes, and configurations themselves.
  var excludedCount = 0
  /// Patterns of `exclude` that have excluded something.
  var usedExclusions: Set<ConfigurationSearch.Exclusion> = []
  /// Named folders that were walked, absolute.
  var walkedFolders: [FilePath] = []
  /// Why named paths are skipped.
  var notes: [String] = []

  /// Adds a failure to read a file or folder.
  ///
  /// - Parameter error: what the system says, or a `ReadFault`.
  mutating func fail(at path: FilePath, _ error: any Error) {
    failures.append(.unreadable(path: path.shown, reason: reason(error)))
  }

  /// All files that are read, so that none is written over.
  var inputs: [FoundFile] {
    files + configurations.map { FoundFile(path: $0.file, shown: $0.shown, isDiscovered: false) }
  }
}

/// Finds the files that paths name: files as they are, folders walked for `.yaml`, `.yml` and `.json` in any case.
///
/// - Shape: hidden folders are left out, a loop of symbolic links ends, `-` is standard input.
///
/// - Parameters:
///   - configurations: exclude files; `nil` for files that are not request files.
///   - skipsUnbound: whether named paths that are excluded are skipped without a note.
///   - jobs: how many folders to read at a time.
func discoverFiles(
  _ paths: [String], extensions: Set<String> = ["yaml", "yml", "json"],
  configurations: ConfigurationSearch? = nil, skipsUnbound: Bool = false,
  jobs: Int = Concurrency.processorCount
) -> Discovery {
  var collector = FileCollector(
    extensions: extensions, configurations: configurations, skipsUnbound: skipsUnbound, jobs: jobs)
  for path in paths {
    if path == "-" {
      collector.addStandardInput()
    } else {
      collector.add(FilePath(argument: path))
    }
  }
  return collector.finish()
}

/// The rule files of a folder, or one file.
///
/// - Throws: `Failure.unreadable`, `Failure.emptyPack`.
func discoverRuleFiles(_ path: String) throws(Failure) -> [FoundFile] {
  var collector = FileCollector(extensions: ["yaml", "yml"])
  collector.add(FilePath(argument: path))
  let found = collector.finish()
  if let failure = found.failures.first { throw failure }
  guard !found.files.isEmpty else { throw .emptyPack(path: path) }
  return found.files
}
