internal import Syntax
package import Verdicts

/// The changes for requests between two runs over the same files.
package struct LintDifference: Sendable {
  /// A finding or unevaluated constraint that only one of the runs has for a request.
  package struct Remark: Hashable, Sendable {
    package let rule: String
    /// `nil` for a constraint that could not be judged.
    package let severity: Severity?
    package let message: String
    /// RFC 6901.
    package let pointer: String
    package let line: Int
    package let column: Int
  }

  /// A request whose result changed, or the part of a file outside all requests.
  package struct Entry: Sendable {
    /// `nil` for the part outside requests.
    package let id: String?
    package let file: String
    package let line: Int
    package let service: String?
    package let operation: String?
    /// `nil` if the run had no such request.
    package let oldVerdict: RequestResult.Verdict?
    package let newVerdict: RequestResult.Verdict?
    /// In file order.
    package let appeared: [Remark]
    package let disappeared: [Remark]
  }

  /// Requests whose results changed, in file order.
  package let entries: [Entry]
  /// All compared requests of the older run.
  package let requestCount: Int
  /// Operations that any of the requests call, `SERVICE.OPERATION`.
  package let operations: Set<String>

  /// - Parameter services: whose requests to compare; `nil` for all. A request of no known service is always compared.
  package init(from old: LintReport, to new: LintReport, services: [String]? = nil) {
    let all = (old.files + new.files).flatMap(\.requests)
    // Only one of the runs may know the service.
    let named = all.compactMap { request in request.service.map { ([request.file, request.id], $0) } }
    let serviceOf = Dictionary(named) { first, _ in first }
    func isCompared(_ file: String, _ id: String?) -> Bool {
      guard let services, let id, let service = serviceOf[[file, id]] else { return true }
      return services.contains(service)
    }
    requestCount = old.files.flatMap(\.requests).count { isCompared($0.file, $0.id) }
    let requests = all.filter { isCompared($0.file, $0.id) }
    operations = Set(
      requests.compactMap { request in
        request.service.flatMap { service in request.operation.map { "\(service).\($0)" } }
      })
    var entries: [Entry] = []
    let after = Dictionary(new.files.map { ($0.path, $0) }) { first, _ in first }
    let before = Set(old.files.map(\.path))
    for file in old.files {
      entries += Self.entries(from: file, to: after[file.path] ?? ReportedFile(path: file.path))
    }
    for file in new.files where !before.contains(file.path) {
      entries += Self.entries(from: ReportedFile(path: file.path), to: file)
    }
    self.entries = entries.filter { isCompared($0.file, $0.id) }
  }

  private static func entries(from old: ReportedFile, to new: ReportedFile) -> [Entry] {
    var found: [Entry] = []
    let (before, after) = (Outcomes(old), Outcomes(new))
    for key in before.keys + after.keys.filter({ before.requests[$0] == nil }) {
      let (oldRequest, newRequest) = (before.requests[key], after.requests[key])
      let gone = before.remarks(of: key, besides: after)
      let come = after.remarks(of: key, besides: before)
      let isSame = oldRequest?.verdict == newRequest?.verdict && gone.isEmpty && come.isEmpty
      guard !isSame, let request = newRequest ?? oldRequest else { continue }
      found.append(
        Entry(
          id: request.id, file: request.file, line: request.line,
          service: request.service ?? oldRequest?.service,
          operation: request.operation ?? oldRequest?.operation, oldVerdict: oldRequest?.verdict,
          newVerdict: newRequest?.verdict,
          appeared: come, disappeared: gone))
    }
    let gone = before.remarks(of: nil, besides: after)
    let come = after.remarks(of: nil, besides: before)
    if !gone.isEmpty || !come.isEmpty {
      found.append(
        Entry(
          id: nil, file: old.path, line: 1, service: nil, operation: nil, oldVerdict: nil, newVerdict: nil,
          appeared: come, disappeared: gone))
    }
    return found
  }

  /// One run's results for a file, by request.
  private struct Outcomes {
    /// The number distinguishes requests with the same id.
    struct Key: Hashable {
      let id: String
      let number: Int
    }

    private(set) var keys: [Key] = []
    private(set) var requests: [Key: LocatedRequest] = [:]
    private var remarks: [String?: [Remark]] = [:]

    init(_ file: ReportedFile) {
      var counts: [String: Int] = [:]
      for request in file.requests {
        let key = Key(id: request.id, number: counts[request.id, default: 0])
        counts[request.id, default: 0] += 1
        keys.append(key)
        requests[key] = request
      }
      for finding in file.findings {
        remarks[finding.requestID, default: []].append(
          Remark(
            rule: finding.rule, severity: finding.severity, message: finding.message,
            pointer: finding.pointer, line: finding.start.line, column: finding.start.column))
      }
      for item in file.notEvaluated {
        remarks[item.requestID, default: []].append(
          Remark(
            rule: item.rule, severity: nil, message: item.reason, pointer: item.pointer,
            line: item.start.line, column: item.start.column))
      }
    }

    /// Remarks here that are not in the other run; for several requests with one id, returned with the first.
    func remarks(of key: Key?, besides other: Outcomes) -> [Remark] {
      guard key?.number ?? 0 == 0 else { return [] }
      let known = Set(other.remarks[key?.id] ?? [])
      return (remarks[key?.id] ?? []).filter { !known.contains($0) }
    }
  }
}

extension ReportedFile {
  /// A file that a run did not have.
  fileprivate convenience init(path: String) {
    self.init(path: path, requests: [], findings: [], suppressed: [], notEvaluated: [])
  }
}
