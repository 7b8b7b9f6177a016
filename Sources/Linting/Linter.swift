public import Models
public import Requests
public import Rules
public import Syntax

/// One file to lint, already read.
///
/// One reference, since all that looks at a file is handed it.
public final class RequestFile: Sendable {
  /// As reports name it.
  public let path: String
  /// Parts of the path, by which an operation may be bound; empty for standard input.
  public let parts: PathParts
  public let text: SourceText
  public let notation: Document.Notation
  /// Whether the file was only met on the way: one that is no request file is then skipped.
  public let isWalked: Bool
  /// Whether the file was handed over among any others, as pre-commit does: one that cannot be parsed and does not
  /// look like a request file is then skipped too.
  public let isHandedOver: Bool
  /// The operation that the configuration binds the file to, in the model's spelling.
  public let binding: OperationID?
  /// What the configuration suppresses in the file.
  public let suppressions: [ConfiguredSuppression]
  /// Where the text stands in a stream of which it is a part; `nil` for a whole file.
  public let place: StreamPlace?
  /// What a baseline accepts in the file, with how many times.
  public let baseline: [FindingKey: Int]

  public init(
    path: String, parts: PathParts, text: SourceText, notation: Document.Notation, isWalked: Bool,
    isHandedOver: Bool = false, binding: OperationID? = nil, suppressions: [ConfiguredSuppression] = [],
    place: StreamPlace? = nil, baseline: [FindingKey: Int] = [:]
  ) {
    self.path = path
    self.parts = parts
    self.text = text
    self.notation = notation
    self.isWalked = isWalked
    self.isHandedOver = isHandedOver
    self.binding = binding
    self.suppressions = suppressions
    self.place = place
    self.baseline = baseline
  }

  /// The same file with another text, as a part of a stream, or with what a baseline accepts in it.
  public func with(
    text: SourceText? = nil, place: StreamPlace? = nil, baseline: [FindingKey: Int]? = nil
  ) -> RequestFile {
    RequestFile(
      path: path, parts: parts, text: text ?? self.text, notation: notation, isWalked: isWalked,
      isHandedOver: isHandedOver, binding: binding, suppressions: suppressions,
      place: place ?? self.place, baseline: baseline ?? self.baseline)
  }
}

/// What linting depends on beside the file.
public struct LintOptions: Sendable {
  /// The reference time, by which start times and ends of support are judged.
  public var now: Instant
  public var limits = Limits()
  /// Set by `--operation`.
  public var operation: OperationID?
  /// Of requests that declare none.
  public var region: String?
  public var account: String?
  /// Severities that take the place of the rules' own.
  public var levels = RuleLevels()
  /// Whether a suppression has to say why.
  public var requiresReasons = true
  /// Findings below are not looked for.
  public var minimumSeverity = Severity.warning
  /// Whether findings get keys that tell them from others, which reads all that they are about once more.
  public var keysFindings = false
  /// Whether requests are handed on with the values on which readers disagree.
  public var keepsReadings = false

  public init(now: Instant) { self.now = now }
}

/// Lints files one by one; one worker owns one.
///
/// The result for a file depends on nothing but the file and the options: what is kept between files is only what
/// has been unpacked and compiled.
public struct Linter {
  var models: LoadedModels
  var rules: RuleBook
  var patterns = PatternTable()
  private var rulesByOperation: [OperationID: OperationRules] = [:]
  /// Those that have been found right.
  private var knownRegions: Set<RegionOfService> = []
  let options: LintOptions
  let binder: Binder
  /// Whether all that must not be shown is looked for, also where nothing is found.
  var masksAlways = false
  /// Names in the models of operations; for those that had to be masked.
  var vocabularies: [OperationID: Set<String>] = [:]
  /// Members that are or hold something sensitive; for those too, and for an unknown operation.
  var sensitiveMembers: [OperationID?: SensitiveMembers] = [:]
  private let addressJudge: AddressJudge?
  /// Made for the file at hand.
  private var hintSearches = HintSearches()

  /// Stands for the parameters of a request that has none.
  private static let nothing: Document = {
    guard case .document(let document) = readJSON(SourceText("{}"), limits: Limits()) else {
      preconditionFailure("an empty object is no JSON")
    }
    return document
  }()

  /// - Parameter addressJudge: knows the services' endpoint rules; without it no `no-endpoint` is found.
  public init(
    catalog: Catalog, rules: [RuleFile], options: LintOptions, addressJudge: AddressJudge? = nil
  ) {
    self.addressJudge = addressJudge
    models = LoadedModels(catalog)
    self.rules = RuleBook(files: rules, levels: options.levels)
    self.options = options
    binder = Binder(operation: options.operation, region: options.region, account: options.account)
  }

  /// Finds everything that is wrong with a file.
  ///
  /// - Parameter visit: is handed every request while its document is at hand.
  public mutating func lint(
    _ file: RequestFile, visit: (LintedRequest) -> Void = { _ in }
  ) -> FileResult {
    var report = FileReport(file: file, options: options)
    hintSearches = HintSearches()
    guard file.place != nil || file.text.bytes.count <= options.limits.fileBytes else {
      report.add(
        .documentLimit, "file is larger than \(options.limits.fileBytes) bytes", hint: "split it",
        at: ByteSpan(0, 0))
      return report.finish(terms)
    }
    if let fault = file.text.fault {
      if mayHoldRequests(file, &report) {
        report.add(fault)
        _ = hideUnparsedText(of: file, in: &report)
      }
      return report.finish(terms)
    }
    // An empty file holds no document in either notation.
    let isBlank = file.text.bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    if isBlank { return report.finish(terms) }
    readDocuments(file.text, as: file.notation, limits: options.limits, keepsOutlines: true) { parsed in
      switch parsed {
      case .issue(let issue):
        guard mayHoldRequests(file, &report) else { return }
        report.addByteOrderMark()
        report.add(issue, discreetly: hideUnparsedText(of: file, in: &report))
      case .document(let document): lint(document, of: file, into: &report, visit)
      }
    }
    return report.finish(terms) { hint(for: $0) }
  }

  /// Whether a file that cannot be parsed is any of our business.
  mutating func mayHoldRequests(_ file: RequestFile, _ report: inout FileReport) -> Bool {
    guard file.isHandedOver, file.binding == nil else { return true }
    if let known = report.mayHoldRequests { return known }
    let looksLikeIt = binder.looksLikeRequests(file.text, path: file.parts, models: &models)
    report.mayHoldRequests = looksLikeIt
    return looksLikeIt
  }

  private mutating func lint(
    _ document: Document, of file: RequestFile, into report: inout FileReport,
    _ visit: (LintedRequest) -> Void
  ) {
    let binding = binder.bind(
      document, path: file.parts, configured: file.binding, suggestsOperations: !file.isWalked,
      findsHints: false, models: &models)
    if let issue = document.limitIssue {
      return reject(document, beyond: issue, binding, of: file, into: &report, visit)
    }
    report.documentCount += 1
    hideStrays(binding, in: &report)
    let findingCount = report.findingCount
    let mark = report.mark
    report.beginSuppressions(in: document, terms)
    guard !binding.isUnbound else {
      report.addUnbound(binding.issues) { hint(for: $0) }
      // Told only if another document makes this a request file; a walk looks no closer than that.
      report.endSuppressions(terms, isHeard: !file.isWalked)
      if file.isWalked { return report.addSensitive(document.span) }
      if masksAlways || report.findingCount > findingCount {
        let mask = mask(of: document, for: [])
        hide(mask, of: document, for: [], since: mark, in: &report)
      }
      return report.noteValues(in: document, of: [], firstRequest: 0)
    }
    let firstRequest = report.requestCount
    for request in binding.requests { report.add(request) }
    for issue in binding.issues {
      report.add(issue, firstRequest: firstRequest) { hint(for: $0) }
    }
    report.addByteOrderMark()
    let oddities = document.notationOddities()
    let duplicates = document.duplicateKeys()
    var mask: DocumentMask?
    if !(oddities.isEmpty && duplicates.isEmpty) {
      let found = self.mask(of: document, for: binding.requests)
      report.add(
        oddities, of: document, requests: binding.requests, firstRequest: firstRequest, masked: found.nodes)
      report.add(
        duplicates, of: document, requests: binding.requests, firstRequest: firstRequest, masked: found.nodes)
      mask = found
    }
    let shared = sharedMask(of: document, for: binding.requests)
    for (index, request) in binding.requests.enumerated() {
      guard let operation = operation(of: request, number: firstRequest + index, into: &report) else {
        visit(
          LintedRequest(
            request, nil, document, request.parameters, shared, number: firstRequest + index,
            readings: report.readings[firstRequest + index]))
        continue
      }
      report.documentation = operation.documentation
      let (judged, parameters) = check(
        request, operation, in: document, number: firstRequest + index, file: file, shared, into: &report)
      report.documentation = nil
      visit(
        LintedRequest(
          request, operation, judged, parameters, shared, number: firstRequest + index,
          readings: report.readings[firstRequest + index]))
    }
    report.endSuppressions(terms, isHeard: true)
    if masksAlways || report.findingCount > findingCount {
      let found = mask ?? self.mask(of: document, for: binding.requests)
      hide(found, of: document, for: binding.requests, since: mark, in: &report)
    }
    report.noteValues(in: document, of: binding.requests, firstRequest: firstRequest)
  }

  /// What a search leads to, as long as the file has not made too many.
  mutating func hint(for search: HintSearch) -> String? {
    hintSearches.admit(search).flatMap { models.hint(for: $0) }
  }

  /// What suppressions are held against.
  var terms: SuppressionTerms {
    SuppressionTerms(
      now: options.now, requiresReasons: options.requiresReasons, rules: rules, levels: options.levels,
      minimumSeverity: options.minimumSeverity, listedCount: options.limits.findings)
  }

  /// What a request calls, as far as that is known.
  mutating func operation(
    of request: Request, number: Int, into report: inout FileReport
  ) -> Operation? {
    guard let id = request.operation else { return nil }
    do throws(ModelFault) {
      return try models.operation(id)
    } catch {
      report.add(
        .unusableModel, "the model of \(id) cannot be used: \(error.path): \(error.problem)",
        hint: "the request is not checked any further", at: request.operationSpan ?? request.parametersKey,
        request: number)
      return nil
    }
  }

  /// Judges one request; answers its parameters as they were judged: some scalars may be read as YAML 1.1 does.
  private mutating func check(
    _ request: Request, _ operation: Operation, in document: Document, number: Int, file: RequestFile,
    _ shared: MaskedNodes, into report: inout FileReport
  ) -> (document: Document, parameters: NodeID?) {
    report.beginRequest(size: request.size(in: document))
    let isDoubtful = checkOperation(request, operation, number: number, into: &report)
    let rules = operationRules(operation.id)
    guard let parameters = request.parameters else {
      let members = operation.input.map { operation[$0].members } ?? []
      report.addMissing(members.filter { operation.mustBeGiven($0) }, request, number)
      if isDoubtful {
        checkAddress(
          request, operation, in: Self.nothing, Self.nothing.root, number: number, isRegionDoubtful: true,
          into: &report)
      }
      judge(
        rules, request, operation, in: Self.nothing, Self.nothing.root, number: number, file: file,
        into: &report)
      return (Self.nothing, Self.nothing.root)
    }
    let yaml11Scalars = checkParameters(
      parameters, of: request, operation, rules, in: document, number: number, shared, into: &report)
    guard document[document.resolve(parameters)].kind == .mapping else { return (document, nil) }
    let judged = yaml11Scalars.isEmpty ? document : document.reading(asYAML11: yaml11Scalars)
    if operation.hasAddressMembers || isDoubtful {
      checkAddress(
        request, operation, in: judged, document.resolve(parameters), number: number,
        isRegionDoubtful: isDoubtful, into: &report)
    }
    judge(rules, request, operation, in: judged, parameters, number: number, file: file, into: &report)
    return (judged, document.resolve(parameters))
  }

  /// Holds the parameters against the model; answers the scalars that fit only as YAML 1.1 reads them.
  private mutating func checkParameters(
    _ parameters: NodeID, of request: Request, _ operation: Operation, _ rules: OperationRules,
    in document: Document, number: Int, _ shared: MaskedNodes, into report: inout FileReport
  ) -> [NodeID] {
    var check = ModelCheck(
      document: document, operation: operation, request: number, requestKey: request.parametersKey,
      hasOwnRules: rules.areOwn, models: LoadedModels(models.catalog), report: consume report)
    check.epochMilliseconds = rules.epochMilliseconds
    check.shared = shared
    // Lent, not copied: a file with many requests must not cost their square.
    check.exchange(&patterns, &models)
    let yaml11Scalars = check.run(parameters)
    check.exchange(&patterns, &models)
    report = check.finish()
    return yaml11Scalars
  }

  private mutating func operationRules(_ id: OperationID) -> OperationRules {
    if let known = rulesByOperation[id] { return known }
    let all = rules.rules(for: id)
    let found = OperationRules(
      // Warnings count for the verdict, also where only errors are shown.
      judged: all.filter { $0.description.severity >= .warning },
      remarks: options.minimumSeverity > .info ? [] : all.filter { $0.description.severity == .info },
      areOwn: all.contains { $0.description.names(id) },
      epochMilliseconds: Set(all.compactMap(\.epochMillisecondsPlace)))
    rulesByOperation[id] = found
    return found
  }

  /// What the request's frame says against its operation; answers whether its region may have no endpoint.
  private mutating func checkOperation(
    _ request: Request, _ operation: Operation, number: Int, into report: inout FileReport
  ) -> Bool {
    if operation.isDeprecated {
      report.add(
        .deprecatedOperation, "operation \(operation.id) is deprecated",
        at: request.operationSpan ?? request.parametersKey, request: number, topic: "")
    }
    guard let region = request.region else { return false }
    let mayBeElsewhere = operation.maySkipPartition(of: region.text)
    let place = RegionOfService(service: operation.service, region: region.text)
    guard !knownRegions.contains(place) else { return mayBeElsewhere }
    let pointer = region.pointer ?? JSONPointer()
    guard isRegionName(region.text) else {
      report.add(
        .unknownRegion,
        "region \(quote(region.text)) is not made of letters, digits and inner hyphens, 63 at most",
        severity: .error, at: region.span, pointer, request: number)
      return false
    }
    guard let known = models.regions() else { return mayBeElsewhere }
    if !known.contains(region.text) {
      report.add(
        .unknownRegion, "\(quote(region.text)) is no region that the catalog knows",
        hint: suggestion(for: region.text, among: known).map { "did you mean \($0)?" }, at: region.span,
        pointer,
        request: number, topic: region.text)
    } else if let offered = models.service(operation.service)?.regions, !offered.contains(region.text) {
      report.add(
        .unknownRegion, "service \(operation.service) has no endpoint in \(region.text)",
        hint: offered.count <= 12 ? "it has them in \(offered.joined(separator: ", "))" : nil,
        at: region.span, pointer,
        request: number, topic: region.text)
    } else {
      knownRegions.insert(place)
      return mayBeElsewhere
    }
    return true
  }

  /// Asks the endpoint rules about a request with a name, or a region, that they may refuse.
  private mutating func checkAddress(
    _ request: Request, _ operation: Operation, in document: Document, _ parameters: NodeID, number: Int,
    isRegionDoubtful: Bool, into report: inout FileReport
  ) {
    let unusual = operation.unusualAddress(in: document, at: parameters)
    guard unusual != nil || isRegionDoubtful, let addressJudge,
      let service = models.service(operation.service),
      let words = addressJudge(
        AddressedRequest(
          operation: operation, service: service, document: document, parameters: parameters,
          region: request.region?.text))
    else { return }
    if let (member, value) = unusual {
      let isHidden = operation[member.shape].isSensitive
      let shown = isHidden ? "" : " \(quote(document.string(of: value)))"
      report.add(
        .noEndpoint, "\(member.name)\(shown) leads to no endpoint\(isHidden ? "" : ": \(words)")",
        at: document.sourceSpan(of: value), JSONPointer([member.name]), request: number)
    } else if let region = request.region {
      report.add(
        .noEndpoint, "no endpoint in region \(quote(region.text)): \(words)", at: region.span,
        region.pointer ?? JSONPointer(), request: number)
    }
  }
}

private struct RegionOfService: Hashable {
  let service: String
  let region: String
}

/// The rules of one operation, as a run needs them.
struct OperationRules {
  /// Those that count for the verdict.
  let judged: [Rule]
  /// Those that only inform; none where nobody wants to know.
  let remarks: [Rule]
  /// Whether a built-in rule names the operation itself.
  let areOwn: Bool
  /// Members that count milliseconds since 1970.
  let epochMilliseconds: Set<JSONPointer>
}

extension RuleDescription {
  /// Whether the rule names an operation itself, not by a pattern.
  fileprivate func names(_ id: OperationID) -> Bool {
    isBuiltIn && operations.contains { $0.operation == id.operation && $0.service == id.service }
  }
}
