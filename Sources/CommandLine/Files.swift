internal import Glibc
internal import Reports
internal import Syntax
internal import SystemPackage

/// Reads a file whole, or as much as the limit and one byte more.
///
/// - Throws: `Failure.unreadable`.
func readFile(_ path: FilePath, limit: Int) throws(Failure) -> [UInt8] {
  do {
    return try FileDescriptor.reading(path) { try readToEnd($0, limit: limit) }
  } catch {
    throw .unreadable(path: path.shown, reason: reason(error))
  }
}

/// How large an input of the tool itself may be.
///
/// - Units: bytes.
enum InputBound {
  /// A rule, or a configuration.
  static let text = 16 << 20
  /// A baseline, a snapshot or a model.
  static let data = 256 << 20
  /// A plan, which is larger than the requests in it.
  static let plan = 1 << 31
}

/// Reads a file whole, or refuses it.
///
/// - Throws: `Failure.unreadable`.
func readFile(_ path: FilePath, refusingBeyond bound: Int) throws(Failure) -> [UInt8] {
  try refusing(try readFile(path, limit: bound), path.shown, beyond: bound)
}

/// Reads all of standard input; throws if it is larger than a bound.
///
/// - Throws: `Failure.unreadable`.
func readStandardInput(refusingBeyond bound: Int) throws(Failure) -> [UInt8] {
  try refusing(try readStandardInput(limit: bound), "<stdin>", beyond: bound)
}

private func refusing(_ bytes: [UInt8], _ path: String, beyond bound: Int) throws(Failure) -> [UInt8] {
  guard bytes.count > bound else { return bytes }
  throw .unreadable(path: path, reason: "it is larger than \(bound) bytes")
}

/// Reads all of standard input, or one byte more than the limit.
func readStandardInput(limit: Int) throws(Failure) -> [UInt8] {
  do {
    try ReadFault.check(STDIN_FILENO, isStandardInput: true)
    return try readToEnd(.standardInput, limit: limit)
  } catch {
    throw .unreadable(path: "<stdin>", reason: reason(error))
  }
}

private func readToEnd(_ descriptor: FileDescriptor, limit: Int) throws -> [UInt8] {
  var room = min(4096, limit + 1)
  var bytes = try descriptor.readOn(behind: [], room: room)
  // Most files end here, so their size is not asked for.
  guard bytes.count == room else { return bytes }
  var status = stat()
  let isRegular = fstat(descriptor.rawValue, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  // One byte more than the file has, to see its end.
  var next = isRegular ? max(Int(status.st_size), room) : 1 << 16
  while bytes.count == room, bytes.count <= limit {
    room = min(next, limit) + 1
    try checkMemory(room)
    bytes = try descriptor.readOn(behind: bytes, room: room)
    next = 2 * room
  }
  return bytes
}

extension FileDescriptor {
  /// What has been read and what follows, as far as there is room for it; less only where nothing follows.
  fileprivate func readOn(behind bytes: [UInt8], room: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      count = buffer.initialize(fromContentsOf: bytes)
      while count < room {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
        let part = try readWaiting(into: rest, isFirst: count == 0)
        if part == 0 { break }
        count += part
      }
    }
  }
}

/// Throws if memory cannot be reserved; growing an array would trap.
private func checkMemory(_ size: Int) throws {
  guard size > 1 << 20 else { return }
  // Not malloc: a compiler may assume success if the memory is not used.
  let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
  guard memory != MAP_FAILED else { throw Errno.noMemory }
  munmap(memory, size)
}

/// Writes a file atomically: writes, syncs and renames a temporary file next to it; devices and pipes directly.
///
/// - Parameters:
///   - pieces: the text, one piece behind another.
///   - old: what the file must still hold right before; `nil` for anything.
/// - Throws: `Failure.unwritable`, `Failure.changedMeanwhile`.
func writeFile(_ path: FilePath, _ pieces: [[UInt8]], over old: [UInt8]? = nil) throws(Failure) {
  do {
    // The reader of a pipe may be slow, and must not delay a signal.
    guard path.isReplaced else {
      let descriptor = try FileDescriptor.openForWriting(path)
      return try descriptor.closeAfter { for piece in pieces { try descriptor.writeWaiting(piece) } }
    }
    try Interruption.holdingOff { try replaceFile(path, pieces, over: old) }
  } catch let failure as Failure {
    throw failure
  } catch {
    throw .unwritable(path: path.shown, reason: reason(error))
  }
}

private func replaceFile(_ path: FilePath, _ pieces: [[UInt8]], over old: [UInt8]?) throws {
  let status = try? path.status()
  let mode: FilePermissions =
    status.map { FilePermissions(rawValue: $0.st_mode & 0o7777) } ?? [
      .ownerReadWrite, .groupRead, .otherRead,
    ]
  let target = path.resolved
  let temporary = try DescriptorGate.passing {
    let (temporary, descriptor) = try temporaryFile(in: target.removingLastComponent(), mode)
    do {
      try descriptor.closeAfter {
        for piece in pieces { try descriptor.writeAll(piece) }
        // Whose file it was it stays, where that is allowed.
        if let status { _ = fchown(descriptor.rawValue, status.st_uid, status.st_gid) }
        // The process's mask has taken its part of the mode.
        if status != nil, fchmod(descriptor.rawValue, mode.rawValue) != 0 { throw Errno(rawValue: errno) }
        if fsync(descriptor.rawValue) != 0 { throw Errno(rawValue: errno) }
      }
    } catch {
      _ = temporary.withPlatformString { unlink($0) }
      throw error
    }
    return temporary
  }
  do {
    if let old, try readFile(target, limit: old.count) != old {
      throw Failure.changedMeanwhile(path: path.shown)
    }
    let renamed = temporary.withPlatformString { old in target.withPlatformString { rename(old, $0) } }
    if renamed != 0 { throw Errno(rawValue: errno) }
  } catch {
    _ = temporary.withPlatformString { unlink($0) }
    throw error
  }
}

/// A new file whose name holds nothing of the one that it will replace, which may be as long as names can be.
private func temporaryFile(
  in folder: FilePath, _ mode: FilePermissions
) throws -> (path: FilePath, descriptor: FileDescriptor) {
  var number = 0
  while true {
    let path = folder.appending(".reqlint-\(getpid())-\(number).tmp")
    do {
      return (
        path,
        try FileDescriptor.open(
          path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: mode)
      )
    } catch Errno.fileExists where number < 1000 {
      // Of another thread, or of a process with the same number that was killed, as happens in containers.
      number += 1
    }
  }
}

/// Adds to the end of a file, which is made where it is missing.
///
/// - Throws: `Failure.unwritable`.
func appendToFile(_ path: FilePath, _ bytes: [UInt8]) throws(Failure) {
  do {
    let descriptor = try FileDescriptor.open(
      path, .writeOnly, options: [.append, .create, .closeOnExec],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
    try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
  } catch {
    throw .unwritable(path: path.shown, reason: reason(error))
  }
}

/// Removes a file.
///
/// - Throws: `Failure.unwritable`.
func removeFile(_ path: FilePath) throws(Failure) {
  guard path.withPlatformString({ unlink($0) }) != 0 else { return }
  throw .unwritable(path: path.shown, reason: reason(Errno(rawValue: errno)))
}

/// Makes a folder and those around it, where they are missing.
///
/// - Throws: `Failure.unwritable`.
func makeFolder(_ path: FilePath) throws(Failure) {
  guard (try? folderEntries(path)) == nil else { return }
  let parent = path.removingLastComponent()
  if !parent.isEmpty, parent != path { try makeFolder(parent) }
  guard path.withPlatformString({ mkdir($0, 0o777) }) != 0 else { return }
  throw .unwritable(path: path.shown, reason: reason(Errno(rawValue: errno)))
}

/// Writes to standard output; a pipe that the reader closed early (`| head`) is not an error.
func writeStandardOutput(_ bytes: [UInt8]) throws(Failure) {
  do {
    try FileDescriptor.standardOutput.writeWaiting(bytes)
  } catch Errno.brokenPipe {
    return
  } catch {
    throw .unwritable(path: "<stdout>", reason: reason(error))
  }
}

/// Writes lines to standard output in which neither a terminal nor a CI system finds anything to obey.
func writeStandardOutputText(_ text: String) throws(Failure) {
  try writeStandardOutput(Array(safeLines(text).utf8))
}

/// Writes a note or progress; a closed standard error is ignored.
func writeStandardError(_ line: String) { writeStandardErrorText("\(line)\n") }

/// Text of whole lines, or none.
func writeStandardErrorText(_ text: String) {
  try? FileDescriptor.standardError.writeWaiting(Array(safeLines(text).utf8))
}

/// What the system says of a failed call, without its number.
func reason(_ error: any Error) -> String {
  (error as? Errno)?.description ?? "\(error)"
}

/// What a folder holds, without itself and the one above, in the system's order.
///
/// - Shape: `kind` is one of the system's `DT_` numbers.
/// - Throws: `Errno`, `ReadFault.kernelFolder`.
func folderEntries(_ folder: FilePath) throws -> [(name: FilePath.Component, kind: Int)] {
  var entries: [(name: FilePath.Component, kind: Int)] = []
  try readFolder(folder) { _, name, kind in
    guard let component = FilePath(platformString: name).lastComponent, component.kind == .regular else {
      return
    }
    entries.append((component, kind))
  }
  return entries
}

/// Hands over each name that a folder holds and its `DT_` number, in the system's order, with the open folder.
///
/// - Shape: the folder itself and the one above are among the names.
/// - Throws: `Errno`, `ReadFault.kernelFolder`.
func readFolder(_ folder: FilePath, _ body: (Int32, UnsafePointer<CChar>, Int) -> Void) throws {
  try DescriptorGate.passing {
    let descriptor = try folder.reached { openat($0, $1, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK) }
    guard let handle = fdopendir(descriptor) else {
      let code = errno
      close(descriptor)
      throw Errno(rawValue: code)
    }
    defer { closedir(handle) }
    try ReadFault.check(descriptor, isStandardInput: false)
    while true {
      errno = 0
      guard let entry = readdir(handle) else { break }
      let kind = Int(entry.pointee.d_type)
      withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { body(descriptor, $0, kind) }
      }
    }
    // The end, or what keeps the rest from being read.
    if errno != 0 { throw Errno(rawValue: errno) }
  }
}

extension FilePath {
  /// The path of an argument as the system handed it over, also where it is no UTF-8.
  ///
  /// - Parameter argument: an argument, or its part behind `=`.
  init(argument: String) {
    self.init(argument)
    guard argument.unicodeScalars.contains("\u{FFFD}") else { return }
    for raw in ProcessArguments.raw {
      if String(cString: raw) == argument {
        self.init(platformString: raw)
      } else if let sign = strchr(raw, Int32(UInt8(ascii: "="))), String(cString: sign + 1) == argument {
        self.init(platformString: sign + 1)
      }
    }
  }

  /// The path for people: bytes that are no UTF-8 as `\xFF`.
  var shown: String {
    withPlatformString { text in
      if let valid = String(validatingCString: text) { return valid }
      var shown = ""
      var rest = UnsafeBufferPointer(start: text, count: strlen(text))[...].map { UInt8(bitPattern: $0) }[...]
      while let byte = rest.first {
        let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        if let scalar = String(validating: rest.prefix(length), as: UTF8.self) {
          shown += scalar
          rest = rest.dropFirst(length)
        } else {
          shown += "\\x" + String(byte, radix: 16, uppercase: true)
          rest = rest.dropFirst()
        }
      }
      return shown
    }
  }

  /// The path from the root, without dots; itself where the working directory is gone.
  var absolute: FilePath {
    guard !isAbsolute, let current = getcwd(nil, 0) else { return lexicallyNormalized() }
    defer { free(current) }
    return FilePath(platformString: current).pushing(self).lexicallyNormalized()
  }

  /// The path that leads here from a folder; both absolute.
  func relative(to folder: FilePath) -> FilePath {
    var (own, other) = (Array(components)[...], Array(folder.components)[...])
    while let first = own.first, first == other.first {
      own.removeFirst()
      other.removeFirst()
    }
    return FilePath(root: nil, other.map { _ in FilePath.Component("..") } + own)
  }

  /// The same for every spelling of a path, also where no file is yet.
  var canonical: FilePath {
    let whole = absolute
    guard FileIdentity(ofRegularFile: whole) == nil, let name = whole.lastComponent else {
      return whole.resolved
    }
    return whole.removingLastComponent().resolved.appending(name)
  }

  /// Whether opening it may wait for another process.
  var isWaiting: Bool { kind(of: self, followsLinks: true) == S_IFIFO }

  var isSymbolicLink: Bool { kind(of: self, followsLinks: false) == S_IFLNK }

  /// Whether writing there makes a new file, as it does not for devices and pipes.
  var isReplaced: Bool { kind(of: self, followsLinks: true).map { $0 == S_IFREG } ?? true }

  /// The path without links and dots, as the system has it; itself where there is no such file.
  var resolved: FilePath {
    guard let resolved = withPlatformString({ realpath($0, nil) }) else { return self }
    defer { free(resolved) }
    return FilePath(platformString: resolved)
  }
}

/// One of the system's `S_IF` numbers; `nil` where nothing is.
private func kind(of path: FilePath, followsLinks: Bool) -> mode_t? {
  (try? path.status(followsLinks: followsLinks)).map { $0.st_mode & S_IFMT }
}
