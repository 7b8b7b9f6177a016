internal import Models
internal import Requests
internal import Syntax

/// Handles documents that exceed a limit: their requests are named, but none of them passes.
extension FileLint {
  func reject(
    _ document: Document, beyond issue: SyntaxIssue, _ binding: Binding, _ visit: (LintedRequest) -> Void
  ) {
    guard !binding.requests.isEmpty || clues.mayHoldRequests else { return }
    findings.documentCount += 1
    // Its values are incomplete, so it is also unknown which of them are secret.
    let isHidden = mayHoldSecrets(document, binding)
    if isHidden { findings.addSensitive(document.span) }
    guard !binding.requests.isEmpty else { return findings.add(issue, discreetly: isHidden) }
    let firstRequest = findings.requestCount
    for request in binding.requests { findings.add(request) }
    for issue in binding.issues { findings.add(issue, firstRequest: firstRequest) }
    for unknown in binding.notEvaluated { findings.add(unknown) }
    for (index, request) in binding.requests.enumerated() {
      findings.add(
        issue, discreetly: isHidden,
        at: request.span.contains(issue.span) || binding.requests.count == 1
          ? issue.span : request.parametersKey,
        request: firstRequest + index)
      let operation = operation(of: request, number: firstRequest + index)
      visit(LintedRequest(request, operation, document, nil, MaskedNodes(), number: firstRequest + index))
    }
  }

  /// Rejects a request whose own document exceeds a limit; the file's other requests are still checked.
  func rejectOwn(
    _ document: Document, beyond issue: SyntaxIssue, _ request: Request, number: Int,
    _ visit: (LintedRequest) -> Void
  ) {
    findings.addSensitive(request.span)
    findings.add(issue, discreetly: true, at: request.parametersKey, request: number)
    let operation = operation(of: request, number: number)
    visit(LintedRequest(request, operation, document, nil, MaskedNodes(), number: number))
  }

  /// Whether an outlined document may contain secrets.
  private func mayHoldSecrets(_ document: Document, _ binding: Binding) -> Bool {
    for request in binding.requests {
      guard let operation = request.operation.flatMap({ try? models.operation($0) }), !operation.hasSensitive
      else { return true }
    }
    return clues.sensitiveNames.isNamed(in: Array(file.text.bytes[document.span.range]))
  }
}

extension FindingCollector {
  /// - Parameter discreetly: whether to leave out words of the file.
  func add(_ issue: SyntaxIssue, discreetly: Bool, at span: ByteSpan, request: Int) {
    add(
      .documentLimit, discreetly ? issue.discreetMessage : issue.message,
      hint: issue.limit.map(Self.remedy), at: span, request: request)
  }
}
