internal import Dispatch
internal import Glibc
internal import Linting
internal import Models
internal import Reports
internal import Rules
internal import Synchronization
internal import Syntax
internal import SystemPackage

/// Lints files on several threads; the result depends on none of that.
struct LintRun: Sendable {
  let rules: [RuleFile]
  let options: LintOptions
  /// Treats named files like walked ones.
  let skipsUnbound: Bool
  let jobs: Int

  /// What came out for a file: a report, or `nil` for one that holds no request.
  private typealias Outcome = (index: Int, file: ReportedFile?)

  /// - Parameter files: sorted as the report is to be.
  func lint(_ files: [FoundFile]) -> (files: [ReportedFile], skipped: Int) {
    let next = Atomic(0)
    let gathered = Mutex<[Outcome]>([])
    // A worker costs some set-up, which a handful of files does not repay.
    let workers = max(1, min(jobs, (files.count + 7) / 8))
    @Sendable func work(_: Int) {
      var linter = Linter(catalog: .builtIn, rules: rules, options: options)
      var outcomes: [Outcome] = []
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < files.count else { break }
        outcomes.append((index, lint(files[index], with: &linter)))
      }
      gathered.withLock { $0 += outcomes }
    }
    if workers == 1 { work(0) } else { DispatchQueue.concurrentPerform(iterations: workers, execute: work) }
    let sorted = gathered.withLock { $0 }.sorted { $0.index < $1.index }
    return (sorted.compactMap(\.file), sorted.count { $0.file == nil })
  }

  private func lint(_ found: FoundFile, with linter: inout Linter) -> ReportedFile? {
    do throws(Failure) {
      let limit = options.limits.fileBytes
      let bytes =
        if let path = found.path { try readFile(path, limit: limit) } else {
          try readStandardInput(limit: limit)
        }
      let text = SourceText(bytes)
      var file = RequestFile(
        path: found.shown, parts: found.parts, text: text,
        notation: found.notation(of: text), isWalked: found.isWalked || skipsUnbound)
      file.isHandedOver = skipsUnbound
      return report(file, with: &linter)
    } catch {
      guard case .unreadable(_, let reason) = error else { preconditionFailure("\(error)") }
      return ReportedFile(path: found.shown, unreadable: reason)
    }
  }

  private func report(_ file: RequestFile, with linter: inout Linter) -> ReportedFile? {
    do throws(ServiceModel.Fault) {
      let result = try linter.lint(file)
      return result.isSkipped ? nil : ReportedFile(path: file.path, result: result, text: file.text)
    } catch {
      preconditionFailure("the built-in catalog is damaged: \(error)")
    }
  }

  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
