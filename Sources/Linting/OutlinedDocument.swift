internal import Models
internal import Requests
internal import Syntax

/// Documents that exceed a limit: their requests are named, and none of them passes.
extension Linter {
  mutating func reject(
    _ document: Document, beyond issue: SyntaxIssue, _ binding: Binding, of file: RequestFile,
    into report: inout FileReport, _ visit: (LintedRequest) -> Void
  ) {
    guard !binding.requests.isEmpty || mayHoldRequests(file, &report) else { return }
    report.documentCount += 1
    // Its values are not known in full, so neither which of them must not be shown.
    let isHidden = mayHoldSecrets(document, binding, of: file, in: &report)
    if isHidden { report.addSensitive(document.span) }
    guard !binding.requests.isEmpty else { return report.add(issue, discreetly: isHidden) }
    let firstRequest = report.requestCount
    for request in binding.requests { report.add(request) }
    for issue in binding.issues {
      report.add(issue, firstRequest: firstRequest) { hint(for: $0) }
    }
    for (index, request) in binding.requests.enumerated() {
      report.add(
        issue, discreetly: isHidden,
        at: request.span.contains(issue.span) || binding.requests.count == 1
          ? issue.span : request.parametersKey,
        request: firstRequest + index)
      let operation = operation(of: request, number: firstRequest + index, into: &report)
      visit(LintedRequest(request, operation, document, nil, MaskedNodes(), number: firstRequest + index))
    }
  }

  /// Whether an outlined document may hold something that must not be shown.
  private mutating func mayHoldSecrets(
    _ document: Document, _ binding: Binding, of file: RequestFile, in report: inout FileReport
  ) -> Bool {
    for request in binding.requests {
      guard let operation = request.operation.flatMap({ try? models.operation($0) }), !operation.hasSensitive
      else { return true }
    }
    var names = models.sensitiveNames()
    names.formUnion(models.sensitiveNames(of: likelyServices(of: file, &report)))
    return names.isNamed(in: Array(file.text.bytes[document.span.range]))
  }
}

extension FileReport {
  /// - Parameter discreetly: leaves out the file's own words.
  mutating func add(_ issue: SyntaxIssue, discreetly: Bool, at span: ByteSpan, request: Int) {
    add(
      .documentLimit, discreetly ? issue.discreetMessage : issue.message,
      hint: issue.limit.map(Self.remedy), at: span, request: request)
  }
}
