internal import Models
internal import Requests
internal import Syntax
package import Verdicts

extension BuiltInCheck {
  package static let unusableModel = BuiltInCheck(
    "unusable-model", "Service whose model cannot be used", traits: [.beyondSuppression, .beyondBaseline],
    why:
      "A model given with --models is damaged, or newer than this version understands. Requests of other services are checked."
  )
}

/// Checks one file.
///
/// - Shape: `run` reads the documents; `lint` binds each and judges its requests. `RequestLint` checks one request:
///   `checkDeclarations`, `ModelCheck`, `checkAddress`, then the rules. `findings` collects all results.
struct FileLint {
  let findings: FindingCollector

  init(_ file: RequestFile, _ linter: Linter) { findings = FindingCollector(file, linter) }

  var file: RequestFile { findings.file }
  var linter: Linter { findings.linter }
  var clues: FileClues { findings.clues }
  var models: LoadedModels { linter.models }

  /// - Parameter visit: gets every request while its document is available.
  func run(_ visit: (LintedRequest) -> Void) -> FileResult {
    let limits = linter.options.limits
    guard file.place != nil || file.text.bytes.count <= limits.fileBytes else {
      findings.add(
        .documentLimit, "file is larger than \(limits.fileBytes) bytes", hint: "split it", at: ByteSpan(0, 0))
      return findings.finish()
    }
    if let fault = file.text.fault {
      if clues.mayHoldRequests {
        findings.add(fault)
        hideUnparsedText()
      }
      return findings.finish()
    }
    // An empty file contains no document in either notation.
    let isBlank = file.text.bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    if isBlank { return findings.finish() }
    readDocuments(file.text, as: file.notation, limits: limits, keepsOutlines: true) { parsed in
      switch parsed {
      case .issue(let issue):
        guard clues.mayHoldRequests else { return }
        findings.addByteOrderMark()
        findings.add(issue, discreetly: hideUnparsedText())
      case .document(let document): lint(document, visit)
      }
    }
    return findings.finish()
  }

  private func lint(_ document: Document, _ visit: (LintedRequest) -> Void) {
    let binding = linter.binder.bind(
      document, path: file.parts, configured: file.binding, suggestsOperations: !file.isDiscovered,
      findsHints: false, models: models)
    let document = binding.marked ?? document
    if let issue = document.limitIssue { return reject(document, beyond: issue, binding, visit) }
    findings.documentCount += 1
    hideStrays(of: binding)
    let before = (mark: findings.mark, count: findings.findingCount)
    findings.beginSuppressions(in: document)
    guard !binding.isUnbound else { return skip(document, binding, since: before) }
    let firstRequest = findings.requestCount
    for request in binding.requests { findings.add(request) }
    for issue in binding.issues { findings.add(issue, firstRequest: firstRequest) }
    for unknown in binding.notEvaluated { findings.add(unknown) }
    let known = lintNotation(of: document, binding, firstRequest: firstRequest)
    let shared = sharedMask(of: document, for: binding.requests)
    for (index, request) in binding.requests.enumerated() {
      let number = firstRequest + index
      let document = request.ownDocument ?? document
      if let issue = document.limitIssue {
        rejectOwn(document, beyond: issue, request, number: number, visit)
      } else if let operation = operation(of: request, number: number) {
        visit(RequestLint(request, operation, in: document, number: number, shared, self).run())
      } else {
        visit(
          LintedRequest(
            request, nil, document, request.parameters, shared, number: number,
            readings: findings.readings(of: number)))
      }
    }
    findings.endSuppressions(reportsRemarks: true)
    if linter.masksAlways || findings.findingCount > before.count {
      let mask = known ?? mask(of: document, for: binding)
      hide(mask, of: document, for: binding.requests, since: before.mark)
    }
    findings.noteValues(in: document, of: binding.requests, firstRequest: firstRequest)
  }

  /// Reports on an unbound document.
  private func skip(
    _ document: Document, _ binding: Binding, since before: (mark: FindingCollector.Mark, count: Int)
  ) {
    findings.addUnbound(binding.issues)
    // Reported only if another document shows that the file contains requests; a directory walk looks no further.
    findings.endSuppressions(reportsRemarks: !file.isDiscovered)
    if file.isDiscovered { return findings.addSensitive(document.span) }
    if linter.masksAlways || findings.findingCount > before.count {
      hide(mask(of: document, for: Binding()), of: document, for: [], since: before.mark)
    }
    findings.noteValues(in: document, of: [], firstRequest: 0)
  }

  /// Reports oddities in the notation of a document, and returns its mask if it was needed.
  private func lintNotation(
    of document: Document, _ binding: Binding, firstRequest: Int
  ) -> DocumentMask? {
    findings.addByteOrderMark()
    var known: DocumentMask?
    let oddities = document.notationOddities()
    let duplicates = document.duplicateKeys()
    if !(oddities.isEmpty && duplicates.isEmpty) {
      let mask = mask(of: document, for: binding)
      let owners = KeyOwners(document, binding.requests)
      findings.add(oddities, of: document, owners, firstRequest: firstRequest, masked: mask.nodes)
      findings.add(duplicates, of: document, owners, firstRequest: firstRequest, masked: mask.nodes)
      known = mask
    }
    for (index, request) in binding.requests.enumerated() {
      guard let own = request.ownDocument, own.limitIssue == nil else { continue }
      let duplicates = own.duplicateKeys()
      guard !duplicates.isEmpty else { continue }
      let mask = known ?? mask(of: document, for: binding)
      findings.add(
        duplicates, of: own, KeyOwners(own, binding.requests, ownedBy: index), firstRequest: firstRequest,
        masked: mask.nodes(ofOwn: index))
      known = mask
    }
    return known
  }

  /// The operation that a request calls, if known.
  func operation(of request: Request, number: Int) -> Operation? {
    guard let id = request.operation else { return nil }
    do throws(ModelFault) {
      return try models.operation(id)
    } catch {
      findings.add(
        .unusableModel, "the model of \(id) cannot be used: \(error.path): \(error.problem)",
        hint: "the request is not checked any further", at: request.operationSpan ?? request.parametersKey,
        request: number)
      return nil
    }
  }
}
