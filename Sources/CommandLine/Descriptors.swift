internal import Glibc
internal import SystemPackage

extension FileDescriptor {
  /// How long to wait for a process at the other end of a pipe.
  ///
  /// - Units: milliseconds.
  private static let patience: Int32 = 5000

  /// Fills closed standard streams with descriptors that can be neither read nor written.
  ///
  /// Otherwise a file opened later would get such a number, and messages would go into it.
  static func fillStandardStreams() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) == -1 {
      _ = Glibc.open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Opens a file for reading, passes it to a body and closes it; waits only briefly for the writer of a pipe.
  ///
  /// - Throws: `ReadFault`, `Errno`, and what the body throws.
  static func reading<Result>(
    _ path: FilePath, _ body: (FileDescriptor) throws -> Result
  ) throws -> Result {
    try DescriptorGate.passing {
      let number = try path.reached { folder, path in
        openat(folder, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
      }
      let descriptor = FileDescriptor(rawValue: number)
      defer { try? descriptor.close() }
      try ReadFault.check(number, isStandardInput: false)
      return try body(descriptor)
    }
  }

  /// Opens a device or pipe for writing; waits only briefly for the reader of a pipe.
  static func openForWriting(_ path: FilePath) throws -> FileDescriptor {
    var waited: Int32 = 0
    while true {
      do {
        return try DescriptorGate.passing {
          try open(path, .writeOnly, options: [.closeOnExec, .nonBlocking])
        }
      } catch Errno.noSuchAddressOrDevice where path.isWaiting {
        guard waited < patience else { throw ReadFault.noReader }
        waited += 10
        usleep(10_000)
      }
    }
  }

  /// Fills a part of a buffer, and waits for it where there is nothing to be read yet.
  ///
  /// - Parameter isFirst: whether nothing has been read before, so that a pipe may still be without a writer.
  /// - Shape: 0 at the end.
  func readWaiting(into buffer: UnsafeMutableRawBufferPointer, isFirst: Bool) throws -> Int {
    var mayBeUnwritten = isFirst
    while true {
      do {
        let count = try read(into: buffer)
        guard count == 0, mayBeUnwritten, isPipe(rawValue) else { return count }
        guard isReady(for: POLLIN, within: Self.patience) else { throw ReadFault.noWriter }
        mayBeUnwritten = false
      } catch Errno.resourceTemporarilyUnavailable {
        // A device may never have anything to read.
        if isDevice(rawValue) { throw ReadFault.noData }
        // The stream is shared with a process that does not want to wait; this one does.
        _ = isReady(for: POLLIN, within: -1)
      }
    }
  }

  /// Writes everything, and waits where a reader is slow.
  func writeWaiting(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { all in
      var rest = all[...]
      while !rest.isEmpty {
        do {
          rest = rest.dropFirst(try write(UnsafeRawBufferPointer(rebasing: rest)))
        } catch Errno.resourceTemporarilyUnavailable {
          _ = isReady(for: POLLOUT, within: -1)
        }
      }
    }
  }

  /// - Parameter milliseconds: negative for as long as it takes.
  fileprivate func isReady(for event: Int32, within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: rawValue, events: Int16(event), revents: 0)
    var count: Int32
    repeat { count = poll(&request, 1, milliseconds) } while count < 0 && errno == EINTR
    return count > 0
  }
}

private func isPipe(_ descriptor: Int32) -> Bool { kind(of: descriptor) == S_IFIFO }

/// Whether a descriptor is a device and no terminal, at which somebody may still type.
private func isDevice(_ descriptor: Int32) -> Bool {
  kind(of: descriptor) == S_IFCHR && isatty(descriptor) == 0
}

/// One of the system's `S_IF` numbers.
private func kind(of descriptor: Int32) -> mode_t? {
  var status = stat()
  return fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : nil
}

/// Why a file that could be opened is not read, or cannot be written.
enum ReadFault: Error, CustomStringConvertible {
  case noWriter, noReader
  case kernelFile, kernelFolder
  case terminal
  case noData
  case tooDeep(String)

  var description: String {
    switch self {
    case .noWriter: "nobody writes to this pipe"
    case .noReader: "nobody reads this pipe"
    case .kernelFile, .kernelFolder: "it belongs to the kernel, like the files in /proc and /sys"
    case .terminal: "it is a terminal; write - to read standard input"
    case .noData: "it is a device that has nothing to read"
    case .tooDeep(let reason): reason
    }
  }

  /// Refuses what is open where reading would wait for ever, or take something away from the system.
  ///
  /// - Throws: `ReadFault`, `Errno`.
  static func check(_ descriptor: Int32, isStandardInput: Bool) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Errno(rawValue: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      if KernelFileSystems.holds(descriptor, device: status.st_dev) { throw kernelFile }
    case S_IFDIR:
      if KernelFileSystems.holds(descriptor, device: status.st_dev) { throw kernelFolder }
    case S_IFCHR:
      if isatty(descriptor) == 1 {
        if !isStandardInput { throw terminal }
      } else if status.st_rdev == KernelFileSystems.messages {
        throw kernelFile
      } else if isStandardInput, !FileDescriptor(rawValue: descriptor).isReady(for: POLLIN, within: 0) {
        throw noData
      }
    default: return
    }
  }
}
