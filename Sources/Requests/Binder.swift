public import Models
public import Syntax

/// Finds the requests of a document and the operation that each is for.
///
/// - Shape: the first that answers names the operation: the flag, the envelope, the directive, the configuration, the path.
public struct Binder: Sendable {
  /// Set by `--operation`, in the model's spelling.
  private let flag: OperationID?
  private let defaults: Defaults

  /// What the run says of requests that do not say it themselves.
  struct Defaults {
    let region: String?
    let account: String?
  }

  /// - Parameters:
  ///   - operation: of every request, before all that files say.
  ///   - region, account: of requests that declare none.
  public init(operation: OperationID? = nil, region: String? = nil, account: String? = nil) {
    flag = operation
    defaults = Defaults(region: region, account: account)
  }

  /// The keys of envelopes and batches, which hold requests.
  public static let frameKeys: Set<String> = ["defaults", "operation", "parameters", "requests", "service"]

  var hasFlag: Bool { flag != nil }
  var flaggedService: String? { flag?.service }

  /// - Parameters:
  ///   - path: parts of the file's path; empty for standard input.
  ///   - configured: the operation that the configuration binds the file to.
  ///   - suggestsOperations: whether an unbound request is told the operations that its keys fit, which takes a
  ///     look at every operation of the catalog.
  public func bind(
    _ document: Document, path: [String], configured: OperationID? = nil, suggestsOperations: Bool = true,
    models: inout LoadedModels
  ) -> Binding {
    var run = BindingRun(document: document, flag: flag, defaults: defaults)
    run.readDirective(models: &models)
    let directiveIssues = run.binding.issues.indices
    run.bind(path: path, configured: configured, suggestsOperations: suggestsOperations, models: &models)
    // The directive of a document with one request is that request's own.
    if run.binding.requests.count == 1 {
      for index in directiveIssues { run.binding.issues[index].request = 0 }
    }
    return run.binding
  }
}

/// The work on one document.
private struct BindingRun {
  let document: Document
  let flag: OperationID?
  let defaults: Binder.Defaults
  var binding = Binding()
  private var directive: Directive?
  /// What the directive names, or the flag before it.
  private var contextOperation: OperationID?
  /// Whether flag or directive claim the document, even with an unknown name.
  private var isClaimed = false

  init(document: Document, flag: OperationID?, defaults: Binder.Defaults) {
    self.document = document
    self.flag = flag
    self.defaults = defaults
  }

  private static let envelopeKeys = [
    "service", "operation", "parameters", "region", "account", "id", "description",
  ]

  private enum Carrier { case bare, envelope, batch }

  // MARK: Directive

  mutating func readDirective(models: inout LoadedModels) {
    let directives = Directive.all(in: document)
    directive = directives.first
    isClaimed = flag != nil || directive?.operation != nil
    contextOperation = flag
    for extra in directives.dropFirst() {
      report(.duplicateKey, "a second reqlint directive for one document", at: extra.span)
    }
    guard let directive else { return }
    for stray in directive.strays {
      report(.unknownKey, "directive holds \(quote(stray.text)), which is no KEY=VALUE", at: stray.span)
    }
    for (key, _) in directive.settings where key.text != "region" && key.text != "account" {
      report(
        .unknownKey, "directive knows region and account, not \(quote(key.text))",
        hint: didYouMean(key.text, ["region", "account"]), at: key.span)
    }
    guard let written = directive.operation else {
      if directive.settings.isEmpty {
        report(
          .unboundRequest, "directive names no operation", hint: "write `# reqlint: SERVICE.OPERATION`",
          at: directive.span)
      }
      return
    }
    guard let id = OperationID(parsing: written.text) else {
      report(
        .unknownOperation,
        "directive says \(quote(written.text)), which is not of the form SERVICE.OPERATION",
        at: written.span)
      return
    }
    if flag == nil {
      contextOperation = resolve(id, service: written.span, operation: written.span, models: &models)
    }
  }

  // MARK: Carriers

  mutating func bind(
    path: [String], configured: OperationID?, suggestsOperations: Bool, models: inout LoadedModels
  ) {
    let root = document.resolve(document.root)
    if document.scalarType(of: root) == .null {
      report(
        .emptyDocument, "document is empty", hint: "remove it, or write a request",
        at: document.sourceSpan(of: root))
      return
    }
    if !isClaimed { contextOperation = configured ?? operation(boundBy: path, models: &models) }
    switch carrier(of: root, models: &models) {
    case .envelope:
      addEnvelope(
        root, key: document.anchorSpan(of: root), at: JSONPointer(), defaults: nil, models: &models)
    case .batch: addBatch(root, models: &models)
    case .bare:
      guard isBound else {
        binding.isUnbound = true
        reportUnbound(root, suggesting: suggestsOperations, models: &models)
        return
      }
      let span = document.sourceSpan(of: root)
      append(
        declaredID: nil, operation: contextOperation,
        operationSpan: flag == nil ? directive?.operation?.span : nil,
        region: directiveSetting("region"), account: directiveSetting("account"), parameters: root,
        key: document.anchorSpan(of: root), span: span)
      checkAccount()
    }
  }

  /// Whether something outside the value says which operation it is for.
  private var isBound: Bool { isClaimed || contextOperation != nil }

  private func carrier(of root: NodeID, models: inout LoadedModels) -> Carrier {
    func has(_ key: String) -> Bool { document.value(of: key, in: root) != nil }
    let marks = ["service", "operation", "parameters"].count { has($0) }
    if marks >= 2 { return .envelope }
    if has("parameters"), isBound,
      document.entries(of: root).allSatisfy({ Self.envelopeKeys.contains(document.string(of: $0.key)) })
    {
      // An envelope that leaves the names to the outside, unless the operation itself has such a member.
      return operationTakes("parameters", models: &models) ? .bare : .envelope
    }
    guard let list = document.value(of: "requests", in: root), !isOwnReport(root) else { return .bare }
    let isList = document.items(of: list).contains { item in
      document.value(of: "parameters", in: item) != nil || document.value(of: "operation", in: item) != nil
    }
    if isList { return .batch }
    let isAlone = document.entries(of: root).allSatisfy {
      ["requests", "defaults"].contains(document.string(of: $0.key))
    }
    // A mapping named `requests` alone is more likely something else than a batch gone wrong.
    let isMeant = document[list].kind != .mapping || has("defaults")
    guard isAlone, isMeant, !isClaimed else { return .bare }
    return operationTakes("requests", models: &models) ? .bare : .batch
  }

  /// Whether the operation that the outside names has a member of that name.
  private func operationTakes(_ member: String, models: inout LoadedModels) -> Bool {
    guard let id = contextOperation else { return false }
    return models.service(id.service)?.inputMemberNames(of: id.operation).names.contains(member) ?? false
  }

  /// A report or plan of this tool, which lists requests too.
  private func isOwnReport(_ root: NodeID) -> Bool {
    document.value(of: "format", in: root).map { document.string(of: $0).hasPrefix("reqlint-") } ?? false
  }

  private mutating func addBatch(_ root: NodeID, models: inout LoadedModels) {
    checkKeys(of: root, known: ["requests", "defaults"], what: "a batch", at: JSONPointer())
    let defaults = document.entry(of: "defaults", in: root)
    if let defaults {
      let known = ["service", "operation", "region", "account"]
      checkKeys(
        of: defaults.value, known: known, what: "the defaults of a batch", at: JSONPointer(["defaults"]))
      if document[defaults.value].kind != .mapping {
        report(
          .wrongType, "defaults must be a mapping", at: place(of: defaults.value, orKey: defaults.key),
          JSONPointer(["defaults"]))
      }
    }
    guard let list = document.entry(of: "requests", in: root) else { return }
    let isNull = document.scalarType(of: list.value) == .null
    guard isNull || document[list.value].kind == .sequence else {
      report(
        .wrongType, "requests must be a list", at: document.anchorSpan(of: list.value),
        JSONPointer(["requests"]))
      return
    }
    guard document.count(of: list.value) > 0 else {
      report(
        .emptyDocument, "batch holds no request", hint: "remove it, or write a request",
        at: document.sourceSpan(of: list.key), JSONPointer(["requests"]))
      return
    }
    for (index, item) in document.items(of: list.value).enumerated() {
      let pointer = JSONPointer(["requests", String(index)])
      guard document[item].kind == .mapping else {
        report(
          .wrongType, "a request of a batch must be a mapping", at: document.sourceSpan(of: item), pointer)
        continue
      }
      addEnvelope(
        item, key: document.anchorSpan(of: item), at: pointer, defaults: defaults?.value, models: &models)
    }
  }

  private mutating func addEnvelope(
    _ node: NodeID, key: ByteSpan, at pointer: JSONPointer, defaults: NodeID?, models: inout LoadedModels
  ) {
    let number = binding.requests.count
    checkKeys(of: node, known: Self.envelopeKeys, what: "a request", at: pointer, request: number)
    func field(_ name: String) -> Request.Declared? {
      text(name, in: node, at: pointer, request: number)
        ?? defaults.flatMap { text(name, in: $0, at: JSONPointer(["defaults"]), request: number) }
    }
    let operation = envelopeOperation(
      service: field("service"), operation: field("operation"), key: key, at: pointer, models: &models)
    _ = text("description", in: node, at: pointer, request: number)
    let id = text("id", in: node, at: pointer, request: number)
    if let id, id.text.isEmpty {
      report(
        .tooShort, "id has 0 characters, fewer than 1", at: id.span, id.pointer ?? pointer, request: number)
    }
    let parameters = document.entry(of: "parameters", in: node)
    append(
      declaredID: id.flatMap { $0.text.isEmpty ? nil : $0 }, operation: operation,
      operationSpan: flag == nil ? field("operation")?.span ?? directive?.operation?.span : nil,
      region: field("region") ?? directiveSetting("region"),
      account: field("account") ?? directiveSetting("account"),
      parameters: parameters?.value, key: parameters.map { document.sourceSpan(of: $0.key) } ?? key,
      span: document.sourceSpan(of: node))
    checkAccount()
  }

  private mutating func envelopeOperation(
    service: Request.Declared?, operation: Request.Declared?, key: ByteSpan, at pointer: JSONPointer,
    models: inout LoadedModels
  ) -> OperationID? {
    if let flag { return flag }
    guard let service, let operation else {
      if service == nil, operation == nil, isBound { return contextOperation }
      let missing = service == nil ? "service" : "operation"
      let number = binding.requests.count
      if !hasWrongType(number, where: { $0.tokens.last == missing }) {
        report(.unboundRequest, "request names no \(missing)", at: key, pointer, request: number)
      }
      return nil
    }
    return resolve(
      OperationID(service: service.text, operation: operation.text), service: service.span,
      operation: operation.span,
      pointers: (service.pointer, operation.pointer), request: binding.requests.count, models: &models)
  }

  // MARK: Names

  /// The operation that a written name means; reports what is unknown.
  private mutating func resolve(
    _ written: OperationID, service: ByteSpan, operation: ByteSpan,
    pointers: (JSONPointer?, JSONPointer?) = (nil, nil),
    request: Int? = nil, models: inout LoadedModels
  ) -> OperationID? {
    guard models.catalog.hasService(written.service) else {
      report(
        .unknownService, "service \(quote(written.service)) is not in the catalog",
        hint: models.nearService(written.service).map { "did you mean \($0)?" }, at: service,
        pointers.0 ?? JSONPointer(),
        request: request)
      return nil
    }
    if let id = models.canonicalName(written) { return id }
    let hint = models.nearOperation(written).map { near in
      near.hasThatName
        ? "\(near.id) has that name; change the service" : "did you mean \(near.id.operation)?"
    }
    report(
      .unknownOperation, "service \(written.service) has no operation \(quote(written.operation))",
      hint: hint,
      at: operation, pointers.1 ?? JSONPointer(), request: request)
    return nil
  }

  private mutating func reportUnbound(
    _ root: NodeID, suggesting: Bool, models: inout LoadedModels
  ) {
    let keys = document.entries(of: root).map { document.string(of: $0.key) }
    let likely = keys.isEmpty || !suggesting ? [] : models.likelyOperations(forKeys: keys)
    let example = likely.first?.description ?? "SERVICE.OPERATION"
    let remedy =
      document.notation == .yaml
      ? "write `# reqlint: \(example)` above it" : "name it with --operation, an envelope or the path"
    let isTold = likely.isEmpty || (likely.count == 1 && document.notation == .yaml)
    let fitting = isTold ? "" : "; its keys fit \(likely.map(\.description).joined(separator: ", "))"
    report(
      .unboundRequest, "nothing says which operation this request is for", hint: remedy + fitting,
      at: document.anchorSpan(of: root))
  }

  // MARK: Fields

  /// A field that must be text; numbers written without quotes count as the text they show.
  private mutating func text(
    _ name: String, in node: NodeID, at pointer: JSONPointer, request: Int
  ) -> Request.Declared? {
    guard let entry = document.entry(of: name, in: node) else { return nil }
    let place = JSONPointer(pointer.tokens + [name])
    let span = document.sourceSpan(of: entry.value)
    let isDigits = name == "account" && document.scalarType(of: entry.value) == .integer
    guard document.scalarType(of: entry.value) == .string || isDigits else {
      if !hasWrongType(request, where: { $0 == place }) {
        let span = self.place(of: entry.value, orKey: entry.key)
        report(.wrongType, "\(name) must be a string", at: span, place, request: request)
      }
      return nil
    }
    return Request.Declared(text: document.string(of: entry.value), span: span, pointer: place)
  }

  /// Whether a request's field is already known to be no text; looks only at the last request's issues.
  private func hasWrongType(_ request: Int, where isField: (JSONPointer) -> Bool) -> Bool {
    binding.issues.reversed().prefix { $0.request == request }.contains {
      $0.rule == .wrongType && isField($0.pointer)
    }
  }

  /// Where a value stands, or its key where nothing is written.
  private func place(of value: NodeID, orKey key: NodeID) -> ByteSpan {
    let span = document.anchorSpan(of: value)
    return span.isEmpty ? document.sourceSpan(of: key) : span
  }

  private func directiveSetting(_ key: String) -> Request.Declared? {
    directive?.settings.first { $0.key.text == key }
      .map { Request.Declared(text: $0.value.text, span: $0.value.span, pointer: nil) }
  }

  private mutating func checkAccount() {
    guard let account = binding.requests.last?.account else { return }
    guard account.text.utf8.count != 12 || !account.text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return
    }
    report(
      .patternMismatch, "account \(quote(account.text)) is not twelve digits", at: account.span,
      account.pointer ?? JSONPointer(), request: binding.requests.count - 1)
  }

  private mutating func checkKeys(
    of node: NodeID, known: [String], what: String, at pointer: JSONPointer, request: Int? = nil
  ) {
    for entry in document.entries(of: node) {
      let key = document.string(of: entry.key)
      guard !known.contains(key) || document[entry.key].kind != .scalar else { continue }
      report(
        .unknownKey, "\(what) has no key \(quote(key)), only \(known.joined(separator: ", "))",
        hint: didYouMean(key, known), at: document.sourceSpan(of: entry.key),
        JSONPointer(pointer.tokens + [key]),
        request: request)
    }
  }

  private mutating func append(
    declaredID: Request.Declared?, operation: OperationID?, operationSpan: ByteSpan?,
    region: Request.Declared?,
    account: Request.Declared?, parameters: NodeID?, key: ByteSpan, span: ByteSpan
  ) {
    func orDefault(_ declared: Request.Declared?, _ text: String?) -> Request.Declared? {
      declared ?? text.map { Request.Declared(text: $0, span: operationSpan ?? key, pointer: nil) }
    }
    binding.requests.append(
      Request(
        declaredID: declaredID, operation: operation, operationSpan: operationSpan,
        region: orDefault(region, defaults.region), account: orDefault(account, defaults.account),
        parameters: parameters, parametersKey: key, span: span))
  }

  private mutating func report(
    _ rule: BindingIssue.Rule, _ message: String, hint: String? = nil, at span: ByteSpan,
    _ pointer: JSONPointer = JSONPointer(), request: Int? = nil
  ) {
    binding.issues.append(
      BindingIssue(rule: rule, message: message, hint: hint, span: span, pointer: pointer, request: request))
  }

  private func didYouMean(_ name: String, _ candidates: some Sequence<String>) -> String? {
    suggestion(for: name, among: candidates).map { "did you mean \($0)?" }
  }
}
