internal import Requests
internal import Syntax
internal import Verdicts

/// Assigns findings the values that they are about, and the keys that identify them in a baseline.
struct FindingValues {
  let isNeeded: Bool
  /// How many findings of the documents so far have values.
  private var done = (findings: 0, suppressed: 0)

  init(isNeeded: Bool) { self.isNeeded = isNeeded }

  /// Records the values that the new findings of a document are about.
  ///
  /// - Parameter hidden: the parts of the document that must not be shown.
  mutating func note(
    _ result: inout FileResult, in document: Document, _ text: SourceText, of requests: [Request],
    firstRequest: Int,
    hidden: [ByteSpan]
  ) {
    guard isNeeded, done != (result.findings.count, result.suppressed.count) else { return }
    let hidden = MergedSpans(hidden)
    var digests = ValueDigests(document, hidden: hidden)
    var ownDigests: [Int: ValueDigests] = [:]
    func value(of finding: Finding) -> Finding.Value? {
      guard let number = finding.request, number >= firstRequest else {
        return finding.value(of: nil, in: &digests, text)
      }
      let request = requests[number - firstRequest]
      guard let own = request.ownDocument else { return finding.value(of: request, in: &digests, text) }
      return finding.value(
        of: request, in: &ownDigests[number, default: ValueDigests(own, hidden: hidden)], text)
    }
    for index in done.findings..<result.findings.count {
      result.findings[index].value = value(of: result.findings[index])
    }
    for index in done.suppressed..<result.suppressed.count {
      result.suppressed[index].value = value(of: result.suppressed[index])
    }
    done = (result.findings.count, result.suppressed.count)
  }

  /// Assigns every finding its key.
  func key(_ result: inout FileResult, in text: SourceText, hidden: MergedSpans) {
    let requests = result.requests
    func key(of finding: Finding) -> FindingKey {
      finding.key(of: finding.request.map { requests[$0] }, in: text, hidden: hidden)
    }
    for index in result.findings.indices { result.findings[index].key = key(of: result.findings[index]) }
    for index in result.suppressed.indices {
      result.suppressed[index].key = key(of: result.suppressed[index])
    }
  }
}

/// The findings that a baseline accepts in one file.
struct AcceptedFindings {
  private var left: [FindingKey: Int]
  private let hasOldKeys: Bool
  private let text: SourceText
  private let hidden: MergedSpans

  /// - Parameter baseline: how often each finding may occur.
  init(_ baseline: [FindingKey: Int], text: SourceText, hidden: MergedSpans) {
    left = baseline
    hasOldKeys = baseline.keys.contains(where: \.isOld)
    self.text = text
    self.hidden = hidden
  }

  /// Removes a finding from the list and returns whether the list had it.
  mutating func accept(_ finding: Finding) -> Bool {
    guard !BuiltInCheck.traits(of: finding.rule).contains(.beyondBaseline) else { return false }
    var keys = finding.key?.accepting ?? []
    if hasOldKeys { keys.append(finding.oldKey(in: text, hidden: hidden)) }
    guard let key = keys.first(where: { left[$0] ?? 0 > 0 }) else { return false }
    left[key, default: 0] -= 1
    return true
  }

  /// Entries of the baseline that the file no longer has, and entries for rules that this run does not apply.
  func unused(_ terms: SuppressionTerms) -> (gone: [FindingKey: Int], notJudged: [FindingKey: Int]) {
    let unused = left.filter { $0.value > 0 }
    return (
      unused.filter { terms.isReported($0.key.rule) }, unused.filter { !terms.isReported($0.key.rule) }
    )
  }
}
