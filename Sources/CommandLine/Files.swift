internal import Glibc
internal import Reports
internal import Syntax
internal import SystemPackage

/// Reads a file whole, or as much as the limit and one byte more.
///
/// - Throws: `Failure.unreadable`.
func readFile(_ path: FilePath, limit: Int = Limits().fileBytes) throws(Failure) -> [UInt8] {
  do {
    let descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
    defer { try? descriptor.close() }
    return try readToEnd(descriptor, limit: limit)
  } catch {
    throw .unreadable(path: path.shown, reason: reason(error))
  }
}

/// Reads standard input whole, or as much as the limit and one byte more.
func readStandardInput(limit: Int = Limits().fileBytes) throws(Failure) -> [UInt8] {
  do {
    return try readToEnd(.standardInput, limit: limit)
  } catch {
    throw .unreadable(path: "<stdin>", reason: reason(error))
  }
}

private func readToEnd(_ descriptor: FileDescriptor, limit: Int) throws -> [UInt8] {
  var status = stat()
  let isKnown = fstat(descriptor.rawValue, &status) == 0
  let size = isKnown ? Int(status.st_size) : 0
  let isRegular = isKnown && status.st_mode & S_IFMT == S_IFREG
  // One byte more than the file has, so that its end shows without a second buffer.
  var room = min(max(size, 4095), limit) + 1
  var bytes: [UInt8] = []
  while bytes.count <= limit {
    let chunk = try [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    if chunk.isEmpty { break }
    if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
    // All that a file had when it was opened; anything else tells its end by answering nothing.
    if isRegular, size > 0, bytes.count == size { break }
    room = min(max(bytes.count, 1 << 16), limit + 1)
  }
  return bytes
}

/// Writes a file whole or not at all: a temporary file beside it, synced, then renamed; devices and pipes directly.
///
/// - Parameter old: what the file must still hold right before; `nil` for anything.
/// - Throws: `Failure.unwritable`, `Failure.changedMeanwhile`.
func writeFile(_ path: FilePath, _ bytes: [UInt8], over old: [UInt8]? = nil) throws(Failure) {
  try Interruption.holdingOff { () throws(Failure) in try replaceFile(path, bytes, over: old) }
}

private func replaceFile(_ path: FilePath, _ bytes: [UInt8], over old: [UInt8]?) throws(Failure) {
  do {
    var status = stat()
    let exists = path.withPlatformString { stat($0, &status) } == 0
    if exists, status.st_mode & S_IFMT != S_IFREG {
      let descriptor = try FileDescriptor.open(path, .writeOnly, options: [.closeOnExec])
      try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
      return
    }
    let mode: FilePermissions =
      exists ? FilePermissions(rawValue: status.st_mode & 0o7777) : [.ownerReadWrite, .groupRead, .otherRead]
    let target = path.resolved
    let temporary = target.removingLastComponent().appending(
      ".\(target.lastComponent?.string ?? "report").\(getpid()).tmp")
    let descriptor = try FileDescriptor.open(
      temporary, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: mode)
    do {
      try descriptor.closeAfter {
        try descriptor.writeAll(bytes)
        // Whose file it was it stays, where that is allowed.
        if exists { _ = fchown(descriptor.rawValue, status.st_uid, status.st_gid) }
        // The process's mask has taken its part of the mode.
        if exists, fchmod(descriptor.rawValue, mode.rawValue) != 0 { throw Errno(rawValue: errno) }
        if fsync(descriptor.rawValue) != 0 { throw Errno(rawValue: errno) }
      }
      if let old, try readFile(target) != old { throw Failure.changedMeanwhile(path: path.shown) }
      let renamed = temporary.withPlatformString { old in target.withPlatformString { rename(old, $0) } }
      if renamed != 0 { throw Errno(rawValue: errno) }
    } catch {
      _ = temporary.withPlatformString { unlink($0) }
      throw error
    }
  } catch let failure as Failure {
    throw failure
  } catch {
    throw .unwritable(path: path.shown, reason: reason(error))
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
  guard folderEntries(path) == nil else { return }
  let parent = path.removingLastComponent()
  if !parent.isEmpty, parent != path { try makeFolder(parent) }
  guard path.withPlatformString({ mkdir($0, 0o777) }) != 0 else { return }
  throw .unwritable(path: path.shown, reason: reason(Errno(rawValue: errno)))
}

/// Writes to standard output.
func writeStandardOutput(_ bytes: [UInt8]) throws(Failure) {
  do {
    try FileDescriptor.standardOutput.writeAll(bytes)
  } catch {
    throw .unwritable(path: "<stdout>", reason: reason(error))
  }
}

/// Notes and progress; a standard error that is gone is no reason to fail.
func writeStandardError(_ line: String) { writeStandardErrorText("\(line)\n") }

/// Text of whole lines, or none.
func writeStandardErrorText(_ text: String) {
  _ = try? FileDescriptor.standardError.writeAll(Array(safeLines(text).utf8))
}

/// What the system says of a failed call, without its number.
func reason(_ error: any Error) -> String {
  (error as? Errno)?.description ?? "\(error)"
}

/// What a folder holds, without itself and the one above, in the system's order; `nil` where it cannot be opened.
///
/// - Shape: `kind` is one of the system's `DT_` numbers.
func folderEntries(_ folder: FilePath) -> [(name: FilePath.Component, kind: Int)]? {
  guard let handle = folder.withPlatformString({ opendir($0) }) else { return nil }
  defer { closedir(handle) }
  var entries: [(name: FilePath.Component, kind: Int)] = []
  while let entry = readdir(handle) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { FilePath(platformString: $0) }
    }
    guard let component = name.lastComponent, component.kind == .regular else { continue }
    entries.append((component, Int(entry.pointee.d_type)))
  }
  return entries
}

extension FilePath {
  /// The path of an argument as the system handed it over, also where it is no UTF-8.
  ///
  /// - Parameter argument: an argument, or its part behind `=`.
  init(argument: String) {
    self.init(argument)
    guard argument.unicodeScalars.contains("\u{FFFD}") else { return }
    for index in 1..<max(1, Int(Swift.CommandLine.argc)) {
      guard let raw = Swift.CommandLine.unsafeArgv[index] else { continue }
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
  var status = stat()
  let isFound = path.withPlatformString { followsLinks ? stat($0, &status) : lstat($0, &status) } == 0
  return isFound ? status.st_mode & S_IFMT : nil
}
