internal import Glibc
internal import SystemPackage

/// What a walk goes on with in one folder: files of the extensions asked for, and folders that are not hidden.
struct FolderListing {
  struct Entry {
    /// Bytes of `names`.
    let name: Range<Int>
    /// `nil` for a file.
    let folder: FileIdentity?
  }

  /// By their whole paths, those inside folders included.
  private(set) var entries: [Entry] = []
  private(set) var failures: [Failure] = []
  /// One behind another, each with the zero at its end; a slash stands before that of a folder, as in the paths inside.
  private var names: [CChar] = []
  /// What stands before a name, empty for the working directory.
  private let prefix: [CChar]
  private let extensions: Set<String>

  /// `nil`, and the reason in `errno`, where the folder cannot be opened.
  init?(_ folder: FilePath, extensions: Set<String>) {
    self.extensions = extensions
    prefix =
      folder == "."
      ? []
      : folder.withPlatformString { text in
        let path = UnsafeBufferPointer(start: text, count: strlen(text))
        return Array(path) + (path.last == CChar(UInt8(ascii: "/")) ? [] : [CChar(UInt8(ascii: "/"))])
      }
    guard readFolder(folder, { take($0, $1) }) else { return nil }
    sort()
  }

  func path(of entry: Entry) -> FilePath {
    let name = names[entry.name].dropLast(entry.folder == nil ? 0 : 1)
    return (prefix + name + [0]).withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("a path without its end") }
      return FilePath(platformString: start)
    }
  }

  func isHidden(_ entry: Entry) -> Bool { names[entry.name.lowerBound] == CChar(UInt8(ascii: ".")) }

  private mutating func take(_ name: UnsafePointer<CChar>, _ kind: Int) {
    let text = UnsafeBufferPointer(start: name, count: strlen(name))
    switch kind {
    case Int(DT_REG):
      if hasExtension(text) { add(text, nil) }
    case Int(DT_DIR), Int(DT_LNK), Int(DT_UNKNOWN):
      var status = stat()
      guard (prefix + text + [0]).withUnsafeBufferPointer({ stat($0.baseAddress ?? name, &status) }) == 0
      else {
        // A link that leads nowhere is lost only where it has the name of a request file.
        guard hasExtension(text) else { return }
        let reason = Errno(rawValue: errno).description
        failures.append(
          .unreadable(path: FilePath(platformString: Array(prefix + text + [0])).shown, reason: reason))
        return
      }
      if status.st_mode & S_IFMT == S_IFREG, hasExtension(text) { add(text, nil) }
      if status.st_mode & S_IFMT == S_IFDIR, text.first != CChar(UInt8(ascii: ".")) {
        add(text, FileIdentity(status))
      }
    default: return
    }
  }

  private mutating func add(_ name: UnsafeBufferPointer<CChar>, _ folder: FileIdentity?) {
    let start = names.count
    names.append(contentsOf: name)
    if folder != nil { names.append(CChar(UInt8(ascii: "/"))) }
    entries.append(Entry(name: start..<names.count, folder: folder))
    names.append(0)
  }

  private mutating func sort() {
    names.withUnsafeBufferPointer { names in
      guard let base = names.baseAddress else { return }
      entries.sort { strcmp(base + $0.name.lowerBound, base + $1.name.lowerBound) < 0 }
    }
  }

  private func hasExtension(_ name: UnsafeBufferPointer<CChar>) -> Bool {
    guard let point = name.lastIndex(of: CChar(UInt8(ascii: "."))), point > 0 else { return false }
    let end = name[(point + 1)...]
    return extensions.contains {
      $0.utf8.count == end.count && $0.utf8.elementsEqual(end.lazy.map { UInt8(bitPattern: $0) })
    }
  }
}
