internal import Dispatch
internal import Glibc
internal import Linting
internal import Models
internal import Synchronization
internal import Syntax
internal import SystemPackage

/// Reads files and works on them on several threads; the result depends on none of that.
struct FileRun: Sendable {
  let limits: Limits
  /// Treats named files like walked ones.
  let skipsUnbound: Bool
  let jobs: Int

  init(_ settings: RunSettings, limits: Limits) {
    self.limits = limits
    skipsUnbound = settings.skipsUnbound
    jobs = settings.jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  /// What a worker makes of one file, or why it cannot be read.
  typealias Work<Outcome> = (Result<RequestFile, Failure>, FoundFile) -> Outcome

  /// - Parameters:
  ///   - files: sorted as the outcomes are to be.
  ///   - makeWorker: is called once for each thread.
  func map<Outcome: Sendable>(
    _ files: [FoundFile], _ makeWorker: @Sendable () -> Work<Outcome>
  ) -> [Outcome] {
    let next = Atomic(0)
    let gathered = Mutex<[(index: Int, outcome: Outcome)]>([])
    // A worker costs some set-up, which a handful of files does not repay.
    let workers = max(1, min(jobs, (files.count + 7) / 8))
    @Sendable func work(_: Int) {
      let worker = makeWorker()
      var outcomes: [(index: Int, outcome: Outcome)] = []
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < files.count else { break }
        outcomes.append((index, worker(read(files[index]), files[index])))
      }
      gathered.withLock { $0 += outcomes }
    }
    if workers == 1 { work(0) } else { DispatchQueue.concurrentPerform(iterations: workers, execute: work) }
    return gathered.withLock { $0 }.sorted { $0.index < $1.index }.map(\.outcome)
  }

  private func read(_ found: FoundFile) -> Result<RequestFile, Failure> {
    Result { () throws(Failure) in
      let bytes =
        if let path = found.path { try readFile(path, limit: limits.fileBytes) } else {
          try readStandardInput(limit: limits.fileBytes)
        }
      let text = SourceText(bytes)
      var file = RequestFile(
        path: found.shown, parts: found.parts, text: text, notation: found.notation(of: text),
        isWalked: found.isWalked || skipsUnbound)
      file.isHandedOver = skipsUnbound
      return file
    }
  }
}

extension ReportedFile {
  /// A file that could not be read.
  init(_ failure: Failure, _ found: FoundFile) {
    guard case .unreadable(_, let reason) = failure else { preconditionFailure("\(failure)") }
    self.init(path: found.shown, unreadable: reason)
  }

  /// A place that could not be looked at; `nil` for a failure of another kind.
  init?(_ failure: Failure) {
    guard case .unreadable(let path, let reason) = failure else { return nil }
    self.init(path: path, unreadable: reason)
  }
}
