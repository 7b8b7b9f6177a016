internal import Linting
internal import Models
internal import Requests
internal import Rules
internal import Syntax
internal import Verdicts
internal import Wire

/// Turns linted requests into drafts of planned ones, one at a time.
///
/// Not Sendable: one worker owns one.
final class RequestDrafter {
  private let workbench: Workbench
  private let rules: RuleBook
  /// Rules about several requests.
  private let batchRules: RuleBook
  private let endpoints: EndpointResolver
  private let options: PlanOptions
  private var modelOutlooks: [OperationID: Outlook] = [:]
  private var metadata: [String: ServiceMetadata] = [:]
  private let effects = EffectTable()
  private var commands: CommandWriter
  private let state: SavedState
  /// Bytes of all snapshots.
  private let snapshotSize: Int

  init(
    _ workbench: Workbench, rules: [RuleFile], options: PlanOptions, endpoints: EndpointResolver
  ) {
    self.workbench = workbench
    self.rules = workbench.ruleBook(rules, options.lint.levels)
    batchRules = options.batch.map { workbench.ruleBook($0.files, $0.levels) } ?? self.rules
    self.endpoints = endpoints
    commands = CommandWriter(options.endpoints)
    self.options = options
    state = SavedState(options.snapshots)
    snapshotSize = options.snapshots.reduce(0) { $0 + $1.size }
  }

  private var models: LoadedModels { workbench.models }

  /// Drafts a request; `Planner` fills in its id, its line, the linter's findings and its verdict.
  func draft(_ linted: LintedRequest, of file: RequestFile) -> RequestDraft {
    var draft = makeDraft(linted, of: file)
    draft.request.carrier = linted.request.carrier
    if let unknown = RunTimeValues(linted, secrecy(of: linted)) { draft.add(unknown) }
    return draft
  }

  private func makeDraft(_ linted: LintedRequest, of file: RequestFile) -> RequestDraft {
    let region = linted.request.region?.text
    let account = linted.request.account?.text
    let shown = shownParameters(of: linted)
    // Until `Planner` has judged it, a request must not read as safe.
    var request = PlannedRequest(
      id: "", file: file.path, line: 1,
      service: linted.operation?.service ?? linted.request.operation?.service,
      operation: linted.operation?.name ?? linted.request.operation?.operation, region: region,
      account: account, verdict: .blocked, digest: digest(of: linted), parameters: shown.parameters)
    guard !linted.isOutline else {
      request.risk = Risk(level: .high, reasons: ["its document exceeds a limit, so it is not known in full"])
      return RequestDraft(request: request)
    }
    if !linted.readings.isEmpty { request.readings = linted.readings }
    guard let operation = linted.operation else {
      request.risk = Risk(level: .high, reasons: ["nothing is known of the operation"])
      return RequestDraft(request: request)
    }
    guard let parameters = linted.parameters else {
      return RequestDraft(request: request, remarks: [unsendable(linted)])
    }
    request.secretParameters = shown.secret
    let command = commands.command(
      for: operation.id,
      CommandWriter.Parameters(
        json: shown.parameters, hasBlob: linted.document.hasBlob(at: parameters, operation),
        hasNonFiniteNumber: !shown.nonFiniteNumbers.isEmpty, document: linted.document, root: parameters),
      region: region)
    request.command = command.words
    request.commandNote = command.note
    guard let service = models.service(operation.service) else { return RequestDraft(request: request) }
    let (document, root) = shown.masked.map { ($0, $0.root) } ?? (linted.document, parameters)
    let call = Call(
      operation: operation, service: metadata(of: service), document: document, parameters: root)
    let wire = planned(call, service, region: linted.request.region?.knownText, request)
    request.http = wire.http
    let subject = RuleSubject(
      document: shown.isMaskedForRules ? document : linted.document,
      parameters: shown.isMaskedForRules ? root : parameters, parametersKey: linted.request.parametersKey,
      operation: operation, declared: linted.request.declarations,
      dynamicFacts: linted.request.dynamicDeclarations, file: file.path)
    let remarks =
      wire.remarks + remarks(on: shown.nonFiniteNumbers, of: linted, below: parameters)
    let budget = RuleBudget(options.lint.limits, size: linted.size + snapshotSize)
    return applyRules(to: subject, consume request, remarks, budget, source: (linted.document, parameters))
  }

  /// Parameters of another type, whether or not their finding is suppressed.
  private func unsendable(_ linted: LintedRequest) -> Remark {
    var remark = Remark(.notSerializable, "the parameters are no mapping, so nothing can be sent")
    remark.coveringPointer = ""
    remark.location = linted.request.parameters.map { (linted.document.sourceSpan(of: $0), JSONPointer()) }
    return remark
  }

  // MARK: Parameters

  /// The parameters as the plan may show them.
  private struct Shown {
    let parameters: [UInt8]
    /// With nothing masked, where the two differ.
    var secret: [UInt8]?
    /// What `parameters` says, as a document.
    var masked: Document?
    /// Numbers that JSON lacks.
    var nonFiniteNumbers: [NodeID]
    /// Whether even the rules, whose messages show members that are not sensitive, must not see more than that.
    var isMaskedForRules = false
  }

  /// The parameters as JSON: for showing, and with nothing masked where the two differ.
  private func shownParameters(
    of linted: LintedRequest
  ) -> Shown {
    guard let parameters = linted.parameters else {
      return Shown(parameters: Array("{}".utf8), nonFiniteNumbers: [])
    }
    var writer = ParameterWriter(
      document: linted.document, secrecy: secrecy(of: linted), shared: linted.shared)
    let shown = writer.write(parameters)
    guard writer.hasMasked else {
      return Shown(parameters: shown, nonFiniteNumbers: writer.nonFiniteNumbers)
    }
    var plain = JSONWriter(.compact)
    plain.copy(parameters, of: linted.document)
    guard case .document(let masked) = readJSON(SourceText(shown), limits: options.lint.limits) else {
      preconditionFailure("masked parameters are no JSON: \(String(decoding: shown, as: UTF8.self))")
    }
    return Shown(
      parameters: shown, secret: plain.bytes,
      masked: masked.markingDynamic(like: parameters, of: linted.document),
      nonFiniteNumbers: plain.nonFiniteNumbers,
      isMaskedForRules: writer.masksMore)
  }

  /// - Source: README, the plan's digests: canonical JSON of what is declared.
  private func digest(of linted: LintedRequest) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    bytes.append(UInt8(ascii: "{"))
    func add(_ name: StaticString, _ text: String?, isDynamic: Bool = false) {
      guard let text else { return }
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      CanonicalJSON.append(
        UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount), to: &bytes)
      bytes += (isDynamic ? ":{\"$unknown\":" : ":").utf8
      CanonicalJSON.append(text.utf8, to: &bytes)
      if isDynamic { bytes.append(UInt8(ascii: "}")) }
    }
    func add(_ name: StaticString, _ declared: Request.Declared?) {
      add(name, declared?.text, isDynamic: declared?.isDynamic ?? false)
    }
    add("account", linted.request.account)
    add("operation", linted.request.operation?.operation)
    bytes += (bytes.count > 1 ? ",\"parameters\":" : "\"parameters\":").utf8
    if let parameters = linted.parameters {
      linted.document.appendCanonical(parameters, to: &bytes)
    } else {
      bytes += "{}".utf8
    }
    add("region", linted.request.region)
    add("service", linted.request.operation?.service)
    bytes.append(UInt8(ascii: "}"))
    return Digest.named(of: bytes)
  }

  private func secrecy(of linted: LintedRequest) -> Secrecy {
    linted.operation.map { models.secrecy(of: $0) } ?? .unknownOperation
  }

  /// A remark on numbers that no command can carry; it names the first.
  private func remarks(
    on numbers: [NodeID], of linted: LintedRequest, below parameters: NodeID
  ) -> [Remark] {
    guard let first = numbers.first else { return [] }
    let document = linted.document
    let path = document.path(to: first).dropFirst(document.path(to: parameters).count)
    let pointer = linted.shownPointer(path, hidden: linted.maskedNodes(secrecy(of: linted)))
    let more = numbers.count > 1 ? " (and \(numbers.count - 1) more)" : ""
    var remark = Remark(
      .nonFiniteNumber,
      "\(pointer)\(more) is not a finite number, and JSON has no such number, so no command can carry it",
      hint: "write a finite number, or leave the member out", isFinal: true)
    remark.location = (document.sourceSpan(of: first), pointer)
    return [remark]
  }

  // MARK: Wire

  private func metadata(of service: ServiceModel) -> ServiceMetadata {
    if let known = metadata[service.name] { return known }
    let found = service.metadata
    metadata[service.name] = found
    return found
  }

  /// The HTTP request, or remarks on why it cannot be sent.
  private func planned(
    _ call: Call, _ service: ServiceModel, region: String?, _ request: PlannedRequest
  ) -> (http: PlannedHTTP?, remarks: [Remark]) {
    let generated = call.operation.absentTokens(in: call.parameters, of: call.document)
    let isMasked = request.secretParameters != nil
    var notes = generated.map { "\($0.name) is added when it is sent, a new random one each time" }
    if isMasked { notes.append("sensitive values are masked") }
    let isDynamic = call.parameters.map { call.document.holdsDynamic($0) } ?? false
    if isDynamic { notes.append("values that are known at run time only are shown as they are written") }
    do throws(WireFault) {
      let options = WireOptions(region: region, isBodyOpen: !generated.isEmpty || isMasked || isDynamic)
      return try planned(ClientCall(call, options: options), service, region, notes)
    } catch {
      return (nil, [remark(on: error, call)])
    }
  }

  private func remark(on fault: WireFault, _ call: Call) -> Remark {
    let check: BuiltInCheck = if case .eventStreamInput = fault { .eventStream } else { .notSerializable }
    var remark = Remark(check, fault.message(in: call.document, parameters: call.parameters))
    remark.coveringPointer = fault.pointer(in: call.document, parameters: call.parameters)?.description
    if case .notTimestamp(let id) = fault, mayBeTime(call.document.string(of: id)) {
      remark.severity = .warning
    }
    return remark
  }

  private func planned(
    _ call: ClientCall, _ service: ServiceModel, _ region: String?, _ notes: [String]
  ) throws(WireFault) -> (http: PlannedHTTP, remarks: [Remark]) {
    var remarks: [Remark] = []
    var notes = notes
    var endpoint: Endpoint?
    do throws(EndpointFault) {
      endpoint = try endpoints.endpoint(for: service, call.endpointContext, region: region, options.endpoints)
    } catch .unknownMembers(let names) {
      notes.append(EndpointFault.unknownMembers(names).message)
    } catch {
      remarks.append(Remark(.noEndpoint, error.message))
    }
    let sent = try call.request(isSecure: endpoint?.url.hasPrefix("http://") != true)
    let headers = endpoint.map { sent.headers(at: $0) } ?? sent.request.headers
    let body = sent.request.body
    let http = PlannedHTTP(
      method: sent.request.method, url: endpoint.map { sent.url(at: $0.url) },
      headers: headers.map { PlannedHTTP.Header(name: $0.name, value: $0.value) },
      body: String(validating: body, as: UTF8.self).map { .text($0) } ?? .binary(body),
      notes: (endpoint?.notes ?? []) + sent.notes + notes)
    return (http, remarks)
  }

  // MARK: Rules

  /// Adds the outlook, the preconditions and the entries for batch rules.
  ///
  /// - Parameter budget: the plan's own, so that linting and planning agree on what is evaluated.
  private func applyRules(
    to subject: RuleSubject, _ request: consuming PlannedRequest, _ remarks: [Remark], _ budget: RuleBudget,
    source: (document: Document, parameters: NodeID)
  ) -> RequestDraft {
    let id = subject.operation.id
    var run = SnapshotRun(
      subject, state: state, region: request.region, account: request.account,
      now: options.lint.now, limits: options.lint.limits, budget: budget)
    var stopped = StoppedRules()
    let outlook =
      rules.facts(of: id)?.outlook(of: &run) ?? modelOutlook(of: subject)
    if let limit = run.takeStop() { stopped.add("operations/\(id)", limit) }
    request.effect = outlook.effect
    request.inferred = outlook.inferred
    request.schedule = outlook.schedule
    request.risk = outlook.risk
    request.followUp = outlook.followUp.compactMap { commands.followUp($0, region: request.region) }
    let unsafe = outlook.unsafeValues.map { Remark($0, in: source.document, below: source.parameters) }
    let snapshots = snapshotJudgement(&run, id, &stopped)
    request.preconditions = snapshots.preconditions
    let batchRules = batchRules.batchRules(for: id)
    var batch: [BatchEntry] = []
    batch.reserveCapacity(batchRules.count)
    for placed in batchRules {
      if let entry = BatchRun.entry(of: &run, placed) { batch.append(entry) }
      if let limit = run.takeStop() { stopped.add(placed.rule.id, limit) }
    }
    var existing: [Int: Int] = [:]
    if !options.snapshots.isEmpty {
      for placed in batchRules where batch.contains(where: { $0.rule == placed.place }) {
        let count = run.existing(placed.rule)
        if let limit = run.takeStop() { stopped.add(placed.rule.id, limit) }
        if count > 0 { existing[placed.place] = count }
      }
    }
    request.assemblyFacts = AssemblyFacts(
      batch: batch, isDisruptive: outlook.isDisruptive, assumptions: snapshots.assumptions,
      dispensable: snapshots.dispensable, existing: existing)
    let limits = stopped.messages.map { message, hint in
      Remark(.evaluationLimit, message, hint: hint, isFinal: false)
    }
    return RequestDraft(request: request, remarks: remarks + unsafe + snapshots.remarks + limits)
  }

  /// The outlook from the model alone.
  private func modelOutlook(of subject: RuleSubject) -> Outlook {
    let operation = subject.operation
    var outlook = modelOutlooks[operation.id] ?? Outlook(of: operation, effects)
    modelOutlooks[operation.id] = outlook
    outlook.addGeneratedTokens(operation, subject.document, subject.parameters)
    return outlook
  }

  /// What snapshots prove about a request.
  private struct SnapshotJudgement {
    var preconditions: [Precondition] = []
    var remarks: [Remark] = []
    var assumptions: [(precondition: Int, of: String)] = []
    var dispensable: Set<Int> = []
  }

  private func snapshotJudgement(
    _ run: inout SnapshotRun, _ id: OperationID, _ stopped: inout StoppedRules
  ) -> SnapshotJudgement {
    var judgement = SnapshotJudgement()
    var used: Set<Int> = []
    let rules = rules.snapshotRules(for: id)
    judgement.preconditions.reserveCapacity(rules.count)
    for rule in rules {
      let judged = run.judge(rule)
      // Rules of severity info never hold a request back.
      if let limit = run.takeStop(), rule.description.severity > .info { stopped.add(rule.id, limit) }
      guard let verdict = judged else { continue }
      if !verdict.used.isEmpty { used.formUnion(verdict.used) }
      if let statement = verdict.statement {
        let place = judgement.preconditions.count
        if let owner = verdict.assumed { judgement.assumptions.append((place, owner)) }
        if verdict.isDispensable { judgement.dispensable.insert(place) }
        judgement.preconditions.append(Precondition(verdict, statement))
      } else if verdict.state == .unmet, verdict.assumed == nil {
        judgement.remarks.append(
          Remark(
            rule: verdict.rule, severity: verdict.severity, message: verdict.evidence, hint: verdict.hint))
      }
    }
    judgement.preconditions += staleness(of: used)
    return judgement
  }

  /// A precondition for each snapshot that is too old.
  private func staleness(of used: Set<Int>) -> [Precondition] {
    let check = BuiltInCheck.staleSnapshot
    guard !used.isEmpty, let severity = options.lint.levels.severity(of: check.id, check.severity) else {
      return []
    }
    return used.sorted().compactMap { index in
      let snapshot = options.snapshots[index]
      guard let savedAt = snapshot.savedAt else { return nil }
      let age = options.lint.now.milliseconds - savedAt.milliseconds
      guard age > options.snapshotAge else { return nil }
      return Precondition(
        id: check.id, statement: "snapshot \(snapshot.file) is recent", state: .unmet,
        evidence:
          "it was saved \(age / 60_000) minutes before the plan, more than \(options.snapshotAge / 60_000)",
        severity: severity)
    }
  }
}

extension Precondition {
  init(_ verdict: SnapshotVerdict, _ statement: String) {
    let state: State =
      switch verdict.state {
      case .met: .met
      case .unmet: .unmet
      case .unknown: .unknown
      }
    self.init(
      id: verdict.rule, statement: statement, state: state, evidence: verdict.evidence,
      severity: verdict.severity)
  }
}
