internal import Glibc
internal import SystemPackage

/// What a walk goes on with in one folder: files of the extensions asked for, and folders that are not hidden.
struct FolderListing: Sendable {
  struct Entry: Sendable {
    let path: FilePath
    /// As reports name it.
    let shown: String
    /// `nil` for a file.
    let folder: FileIdentity?
    let isHidden: Bool
  }

  /// By their whole paths, those inside folders included.
  let entries: [Entry]
  let failures: [Failure]

  /// - Throws: what keeps the folder from being opened.
  init(_ folder: FilePath, extensions: Set<String>) throws(Errno) {
    var names = FolderNames(folder, extensions: extensions)
    guard readFolder(folder, { names.take($0, $1) }) else { throw Errno(rawValue: errno) }
    entries = names.sorted()
    failures = names.failures
  }
}

/// Names of a folder that a walk goes on with, as the system hands them over.
private struct FolderNames {
  private struct Entry {
    /// Bytes of `names`.
    let name: Range<Int>
    /// `nil` for a file.
    let folder: FileIdentity?
  }

  private(set) var failures: [Failure] = []
  private var entries: [Entry] = []
  /// One behind another, each with the zero at its end; a slash stands before that of a folder, as in the paths inside.
  private var names: [CChar] = []
  /// What stands before a name, empty for the working directory.
  private let prefix: [CChar]
  private let extensions: [[CChar]]

  private static let slash = CChar(UInt8(ascii: "/"))
  private static let point = CChar(UInt8(ascii: "."))

  init(_ folder: FilePath, extensions: Set<String>) {
    self.extensions = extensions.map { $0.utf8.map { CChar(bitPattern: $0) } }
    prefix =
      folder == "."
      ? []
      : folder.withPlatformString { text in
        let path = UnsafeBufferPointer(start: text, count: strlen(text))
        return Array(path) + (path.last == Self.slash ? [] : [Self.slash])
      }
  }

  mutating func take(_ name: UnsafePointer<CChar>, _ kind: Int) {
    let text = UnsafeBufferPointer(start: name, count: strlen(name))
    switch kind {
    case Int(DT_REG):
      if hasExtension(text) { add(text, nil) }
    case Int(DT_DIR), Int(DT_LNK), Int(DT_UNKNOWN):
      var status = stat()
      let path = path(text[...])
      guard path.withPlatformString({ stat($0, &status) }) == 0 else {
        // A link that leads nowhere is lost only where it has the name of a request file.
        guard hasExtension(text) else { return }
        failures.append(.unreadable(path: path.shown, reason: Errno(rawValue: errno).description))
        return
      }
      if status.st_mode & S_IFMT == S_IFREG, hasExtension(text) { add(text, nil) }
      if status.st_mode & S_IFMT == S_IFDIR, text.first != Self.point { add(text, FileIdentity(status)) }
    default: return
    }
  }

  private mutating func add(_ name: UnsafeBufferPointer<CChar>, _ folder: FileIdentity?) {
    let start = names.count
    names.append(contentsOf: name)
    if folder != nil { names.append(Self.slash) }
    entries.append(Entry(name: start..<names.count, folder: folder))
    names.append(0)
  }

  private func path(_ name: Slice<UnsafeBufferPointer<CChar>>) -> FilePath {
    FilePath(platformString: prefix + name + [0])
  }

  private func hasExtension(_ name: UnsafeBufferPointer<CChar>) -> Bool {
    guard let point = name.lastIndex(of: Self.point), point > 0 else { return false }
    return extensions.contains { $0.elementsEqual(name[(point + 1)...]) }
  }

  func sorted() -> [FolderListing.Entry] {
    names.withUnsafeBufferPointer { names in
      guard let base = names.baseAddress else { return [] }
      let sorted = entries.sorted { strcmp(base + $0.name.lowerBound, base + $1.name.lowerBound) < 0 }
      return sorted.map { entry in
        let path = path(names[entry.name].dropLast(entry.folder == nil ? 0 : 1))
        return FolderListing.Entry(
          path: path, shown: path.shown, folder: entry.folder,
          isHidden: names[entry.name.lowerBound] == Self.point)
      }
    }
  }
}
