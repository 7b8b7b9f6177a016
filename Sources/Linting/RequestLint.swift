internal import Models
internal import Requests
internal import Syntax

/// Checks one request with a known operation.
struct RequestLint {
  let request: Request
  let operation: Operation
  let document: Document
  /// Counts the requests of the file from 0.
  let number: Int
  /// Values that must not be shown wherever an alias leads to them.
  let shared: MaskedNodes
  let lint: FileLint

  init(
    _ request: Request, _ operation: Operation, in document: Document, number: Int, _ shared: MaskedNodes,
    _ lint: FileLint
  ) {
    self.request = request
    self.operation = operation
    self.document = document
    self.number = number
    self.shared = shared
    self.lint = lint
  }

  var linter: Linter { lint.linter }
  var findings: FindingCollector { lint.findings }
  var models: LoadedModels { lint.models }

  /// Replaces the parameters of a request that has none.
  private static let nothing: Document = {
    guard case .document(let document) = readJSON(SourceText("{}"), limits: Limits()) else {
      preconditionFailure("an empty object is no JSON")
    }
    return document
  }()

  /// Judges the request and returns it in the judged form: some scalars may be read as YAML 1.1.
  func run() -> LintedRequest {
    findings.begin(number, of: operation, size: request.size(in: document))
    let isRegionDoubtful = checkDeclarations()
    let rules = linter.operationRules(operation.id)
    guard let parameters = request.parameters else {
      let members = operation.input.map { operation[$0].members } ?? []
      for member in members where operation.mustBeGiven(member) { addMissing(member) }
      return judge(
        rules, Self.nothing, Self.nothing.root, asksEndpoint: isRegionDoubtful,
        isRegionDoubtful: isRegionDoubtful)
    }
    var check = ModelCheck(
      document: document, operation: operation, request: number, requestKey: request.parametersKey,
      hasOwnRules: rules.areOwn, workbench: linter.workbench, findings: findings)
    check.epochMilliseconds = rules.epochMilliseconds
    check.shared = shared
    let yaml11Scalars = check.run(parameters)
    let root = document.resolve(parameters)
    guard document[root].kind == .mapping else { return linted(document, nil) }
    let judged = yaml11Scalars.isEmpty ? document : document.reading(asYAML11: yaml11Scalars)
    return judge(
      rules, judged, root, asksEndpoint: operation.hasAddressMembers || isRegionDoubtful,
      isRegionDoubtful: isRegionDoubtful)
  }

  private func addMissing(_ member: Member) {
    findings.add(
      .missingParameter, "required parameter \(member.name) is missing", at: request.parametersKey,
      request: number, subject: member.name)
  }

  /// Judges the parameters, as they were read, by endpoint rules and other rules.
  private func judge(
    _ rules: OperationRules, _ document: Document, _ parameters: NodeID, asksEndpoint: Bool,
    isRegionDoubtful: Bool
  ) -> LintedRequest {
    if asksEndpoint { checkAddress(in: document, parameters, isRegionDoubtful: isRegionDoubtful) }
    judge(rules, in: document, parameters)
    return linted(document, parameters)
  }

  private func linted(_ document: Document, _ parameters: NodeID?) -> LintedRequest {
    LintedRequest(
      request, operation, document, parameters, shared, number: number,
      readings: findings.readings(of: number))
  }
}
