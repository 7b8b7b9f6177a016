internal import Glibc
internal import Syntax
internal import SystemPackage

/// Finds the configuration of each folder, and reads each once.
///
/// A class, so that collectors share what it has read; not `Sendable`, since it belongs to one thread.
final class ConfigurationSearch {
  /// A configuration by its place among those found.
  typealias Number = Int

  /// A pattern of `exclude` by its places.
  struct Exclusion: Hashable {
    let configuration: Number
    let pattern: Int
  }

  private(set) var found: [Configuration] = []
  /// Those that apply to collected files or walked folders; others were only asked whether they exclude one.
  private(set) var applied: Set<Number> = []
  /// Patterns that have excluded something.
  private(set) var usedExclusions: Set<Exclusion> = []
  private let workingDirectory: FilePath
  /// That of `--config`, which replaces all others.
  private let named: Number?
  private var byFolder: [FilePath: Number?] = [:]
  /// Whether the one nearest to the working directory is wanted in any case.
  let seeksOwn: Bool

  var isNamed: Bool { named != nil }

  /// - Parameters:
  ///   - named: the file of `--config`.
  ///   - seeksOwn: whether the one nearest to the working directory is wanted in any case.
  init(named path: String? = nil, seeksOwn: Bool = false) {
    self.seeksOwn = seeksOwn
    if let current = getcwd(nil, 0) {
      workingDirectory = FilePath(platformString: current)
      free(current)
    } else {
      workingDirectory = "/"
    }
    named = path == nil ? nil : 0
    if let path {
      let file = FilePath(argument: path)
      let folder = absolute(file).removingLastComponent()
      found.append(
        ConfigurationReader.read(file, shown: shown(absolute(file)), folder: folder, isDiscovered: false))
      applied = [0]
    }
  }

  /// The path from the root, by the names that lead there; the system is asked only where a `..` is among them.
  func absolute(_ path: FilePath) -> FilePath {
    guard path.components.contains(where: { $0.kind != .regular }) else {
      return path.isAbsolute ? path : workingDirectory.pushing(path)
    }
    let whole = workingDirectory.pushing(path)
    guard let name = whole.lastComponent, name.kind == .regular else { return whole.resolved }
    return whole.removingLastComponent().resolved.appending(name)
  }

  /// The configuration that applies to the files in a folder.
  func apply(toFilesIn folder: FilePath) -> Number? {
    let number = nearest(to: absolute(folder))
    if let number { applied.insert(number) }
    return number
  }

  /// The configuration for a folder.
  ///
  /// - Parameter folder: absolute.
  func nearest(to folder: FilePath) -> Number? {
    if let named { return named }
    if let known = byFolder[folder] { return known }
    var number: Number?
    // Relative, since folders around the working directory may be closed to whoever runs this.
    var file = folder.appending(Configuration.fileName)
    _ = file.removePrefix(workingDirectory)
    if mayExist(file) {
      number = found.count
      found.append(ConfigurationReader.read(file, shown: shown(file), folder: folder))
    } else {
      let parent = folder.removingLastComponent()
      if parent != folder, !parent.isEmpty { number = nearest(to: parent) }
    }
    byFolder[folder] = .some(number)
    return number
  }

  /// Whether there is a configuration, or one that cannot be examined: it is read then, which tells why not.
  ///
  /// In a folder that may not be searched nothing can be read, and so nothing has to be configured.
  private func mayExist(_ file: FilePath) -> Bool {
    do throws(Errno) {
      _ = try file.status(followsLinks: false)
      return true
    } catch {
      return ![.noSuchFileOrDirectory, .notDirectory, .permissionDenied].contains(error)
    }
  }

  /// What excludes a path: its own configuration, or one above that excludes the folder of that.
  ///
  /// - Parameter path: absolute.
  func exclusion(of path: FilePath, isFolder: Bool) -> Exclusion? {
    guard path.lastComponent != nil, let number = nearest(to: path.removingLastComponent()) else {
      return nil
    }
    if let exclusion = exclusion(of: path, isFolder: isFolder, by: number) { return exclusion }
    guard named == nil else { return nil }
    return exclusion(of: found[number].folder, isFolder: true)
  }

  /// What excludes a path by one configuration.
  func exclusion(of path: FilePath, isFolder: Bool, by number: Number?) -> Exclusion? {
    guard let number else { return nil }
    let exclusions = found[number].exclusions(of: path, isFolder: isFolder).map {
      Exclusion(configuration: number, pattern: $0)
    }
    usedExclusions.formUnion(exclusions)
    return exclusions.first
  }

  /// Where an exclusion is written: `FILE:LINE`.
  func place(of exclusion: Exclusion) -> String {
    let configuration = found[exclusion.configuration]
    return "\(configuration.shown):\(configuration.exclude[exclusion.pattern].position.line)"
  }

  /// The pattern of an exclusion, as it is written.
  func pattern(of exclusion: Exclusion) -> String {
    found[exclusion.configuration].exclude[exclusion.pattern].value.text
  }

  /// Whether a file is a configuration that counts in this run, or could in another.
  func isConfiguration(_ path: FilePath) -> Bool {
    if path.lastComponent?.string == Configuration.fileName { return true }
    guard let named else { return false }
    return absolute(found[named].file) == absolute(path)
  }

  private func shown(_ file: FilePath) -> String {
    var file = file
    _ = file.removePrefix(workingDirectory)
    return file.shown
  }
}
