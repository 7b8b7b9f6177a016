internal import Linting
internal import Models
internal import Requests
internal import Syntax
internal import SystemPackage

/// Reads files and works on them on several threads; the result depends on none of that.
struct FileRun: Sendable {
  /// How files are worked on, whatever the command.
  struct Options: Sendable {
    /// Number of threads.
    var jobs = Concurrency.processorCount
    /// Treats named files like files that a folder walk found.
    var skipsUnbound = false
    /// Hides the progress.
    var isQuiet = false
  }

  private let options: Options
  let limits: @Sendable (FoundFile) -> Limits

  init(_ options: Options, limits: @escaping @Sendable (FoundFile) -> Limits) {
    self.options = options
    self.limits = limits
  }

  /// What a worker makes of one file, or of why it cannot be read.
  typealias Work<Outcome> = (Result<RequestFile, Failure>, FoundFile) -> Outcome

  /// What workers make of files that they are handed whole.
  ///
  /// - Parameters:
  ///   - files: sorted as the outcomes are to be.
  ///   - makeWorker: is called once for each thread.
  func map<Outcome: Sendable>(
    _ files: [FoundFile], _ makeWorker: @Sendable () -> Work<Outcome>
  ) -> [Outcome] {
    mapUnread(files) {
      let worker = makeWorker()
      return { worker(read($0), $0) }
    }
  }

  /// What workers make of files that they read themselves.
  func mapUnread<Outcome: Sendable>(
    _ files: [FoundFile], _ makeWorker: @Sendable () -> (FoundFile) -> Outcome
  ) -> [Outcome] {
    let progress = Progress(of: files.count, isShown: !options.isQuiet)
    defer { progress.wipe() }
    return Concurrency.map(files.count, workers: Concurrency.workers(options.jobs, for: files.count)) {
      let worker = makeWorker()
      return { index in
        let outcome = worker(files[index])
        progress.advance()
        return outcome
      }
    }
  }

  func read(_ found: FoundFile) -> Result<RequestFile, Failure> {
    Result { () throws(Failure) in
      let limit = limits(found).fileBytes
      if let path = found.path { return requestFile(found, try readFile(path, limit: limit)) }
      return requestFile(found, try readStandardInput(limit: limit))
    }
  }

  func requestFile(_ found: FoundFile, _ bytes: [UInt8]) -> RequestFile {
    let text = SourceText(bytes)
    return RequestFile(
      path: found.shown, parts: found.parts, text: text, notation: found.notation(of: text),
      isDiscovered: found.isDiscovered || options.skipsUnbound, isAmongMany: options.skipsUnbound,
      binding: found.binding,
      suppressions: found.suppressions)
  }
}
