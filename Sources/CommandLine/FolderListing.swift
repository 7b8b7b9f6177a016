internal import Glibc
internal import Syntax
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

  /// Something that cannot be examined, which may be a file or a folder.
  struct Unknown: Sendable {
    let path: FilePath
    let failure: Failure
  }

  /// By their whole paths, those inside folders included.
  let entries: [Entry]
  let unknown: [Unknown]

  /// - Parameters:
  ///   - extensions: in lower case; those of files may be in any case.
  ///   - skipsDangling: whether links that lead nowhere are left out, and not a failure.
  /// - Throws: what keeps the folder from being read: `Errno`, `ReadFault.kernelFolder`.
  init(_ folder: FilePath, extensions: Set<String>, skipsDangling: Bool) throws {
    var names = FolderNames(folder, extensions: extensions, skipsDangling: skipsDangling)
    try readFolder(folder) { names.take($1, kind: $2, in: $0) }
    entries = names.sorted()
    unknown = names.unknown
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

  private(set) var unknown: [FolderListing.Unknown] = []
  private var entries: [Entry] = []
  /// The names in a row, each ending with a zero; a folder's has a slash before the zero, as in the paths inside.
  private var names: [CChar] = []
  /// The path in front of a name; empty for the working directory.
  private let prefix: [CChar]
  private let extensions: [[UInt8]]
  private let skipsDangling: Bool

  private static let slash = CChar(UInt8(ascii: "/"))
  private static let point = CChar(UInt8(ascii: "."))

  init(_ folder: FilePath, extensions: Set<String>, skipsDangling: Bool) {
    self.extensions = extensions.map { Array($0.utf8) }
    self.skipsDangling = skipsDangling
    prefix =
      folder == "."
      ? []
      : folder.withPlatformString { text in
        let path = UnsafeBufferPointer(start: text, count: strlen(text))
        return Array(path) + (path.last == Self.slash ? [] : [Self.slash])
      }
  }

  /// - Parameters:
  ///   - kind: the entry's `DT_` number.
  ///   - folder: the open folder.
  mutating func take(_ name: UnsafePointer<CChar>, kind: Int, in folder: Int32) {
    let text = UnsafeBufferPointer(start: name, count: strlen(name))
    switch kind {
    case Int(DT_REG):
      if hasExtension(text) { add(text, nil) }
    case Int(DT_DIR), Int(DT_LNK), Int(DT_UNKNOWN):
      // Hidden folders are left out, whatever is in them.
      if kind == Int(DT_DIR), text.first == Self.point { return }
      var status = stat()
      guard fstatat(folder, name, &status, 0) == 0 else { return addFailure(errno, text, kind: kind) }
      if status.st_mode & S_IFMT == S_IFREG, hasExtension(text) { add(text, nil) }
      if status.st_mode & S_IFMT == S_IFDIR, text.first != Self.point { add(text, FileIdentity(status)) }
    default: return
    }
  }

  /// Names what cannot be examined, unless the walk would pass over it whatever it is.
  private mutating func addFailure(_ code: Int32, _ name: UnsafeBufferPointer<CChar>, kind: Int) {
    if hasExtension(name) {
      if skipsDangling, kind == Int(DT_LNK), code == ENOENT { return }
    } else {
      // What has no such name counts only as a folder, which a link to nothing or to itself is not, nor what has gone.
      let mayBeFolder = code != ENOENT && code != ELOOP && name.first != Self.point
      guard mayBeFolder else { return }
    }
    let path = path(name[...])
    let failure = Failure.unreadable(path: path.shown, reason: Errno(rawValue: code).description)
    unknown.append(FolderListing.Unknown(path: path, failure: failure))
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
    return extensions.contains { known in
      known.elementsEqual(name[(point + 1)...]) { $0 == lowercased(UInt8(bitPattern: $1)) }
    }
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
