internal import Models
internal import Syntax

/// The work on one document.
struct BindingRun {
  let document: Document
  let flag: OperationID?
  let defaults: Binder.Defaults
  var binding = Binding()
  var directive: Directive?
  /// What the directive names, or the flag before it.
  var claimedOperation: OperationID?
  /// What the configuration binds the file to.
  private let configured: OperationID?
  /// Parts of the file's path.
  private let path: PathParts
  /// The operations that the path may name, once they have been asked for.
  private var pathNames: [OperationID] = []
  /// What configuration or path name, once it has been asked for.
  private var outerOperation: OperationID??
  /// Whether flag or directive claim the document, even with an unknown name.
  var isClaimed = false

  init(
    document: Document, flag: OperationID?, defaults: Binder.Defaults, path: PathParts,
    configured: OperationID?
  ) {
    self.document = document
    self.flag = flag
    self.defaults = defaults
    self.path = path
    self.configured = configured
  }

  private enum Carrier { case bare, envelope, batch }

  private static let defaultsPlace = JSONPointer(["defaults"])

  // MARK: Carriers

  mutating func bind(suggestsOperations: Bool, models: LoadedModels) {
    let root = document.resolve(document.root)
    if document.scalarType(of: root) == .null {
      report(
        .emptyDocument, "document is empty", hint: "remove it, or write a request",
        at: document.sourceSpan(of: root))
      return
    }
    let frame = Frame(root, in: document)
    switch carrier(of: root, frame, models: models) {
    case .envelope:
      addEnvelope(
        frame, root, key: document.anchorSpan(of: root), at: JSONPointer(), defaults: nil, models: models)
    case .batch: addBatch(root, frame, models: models)
    case .bare:
      guard isBound(models: models) else {
        if bindNearly(root, frame, models: models) { return }
        if readLateDirective(models: models) { return addBare(root, models: models) }
        binding.isUnbound = true
        reportUnbound(root, suggesting: suggestsOperations)
        return
      }
      addBare(root, models: models)
    }
  }

  private mutating func addBare(_ root: NodeID, models: LoadedModels) {
    append(
      declaredID: nil, operation: contextOperation(models: models),
      operationSpan: flag == nil ? directive?.operation?.span : nil,
      region: directiveSetting("region"), account: directiveSetting("account"), parameters: root,
      key: document.anchorSpan(of: root), span: document.sourceSpan(of: root))
    checkAccount()
  }

  /// Takes a document for a request whose path misspells the operation; answers whether it is one.
  private mutating func bindNearly(_ root: NodeID, _ frame: Frame, models: LoadedModels) -> Bool {
    guard !pathNames.isEmpty, document[root].kind == .mapping else { return false }
    let candidates = misspeltOperations(among: pathNames, models: models)
    guard !candidates.isEmpty else { return false }
    let isEnvelope = frame.parameters != nil && frame.isPlainEnvelope
    let parameters = isEnvelope ? frame.parameters.map { document.resolve($0.value) } : root
    guard let parameters, document[parameters].kind == .mapping else { return false }
    let keys = document.entries(of: parameters).map { document.string(of: $0.key) }
    for (written, near) in candidates where models.input(of: near, fits: keys) {
      report(
        .unknownOperation,
        "the path names \(quote(written.description)), and service \(near.service) has no such operation",
        hint: "did you mean \(near.operation)?", at: document.anchorSpan(of: root), request: 0)
      append(
        declaredID: nil, operation: nil, operationSpan: nil, region: directiveSetting("region"),
        account: directiveSetting("account"), parameters: parameters, key: document.anchorSpan(of: root),
        span: document.sourceSpan(of: root))
      checkAccount()
      return true
    }
    return false
  }

  /// The operation that something outside the value names.
  private mutating func contextOperation(models: LoadedModels) -> OperationID? {
    if isClaimed { return claimedOperation }
    if let outerOperation { return outerOperation }
    if configured == nil { pathNames = path.names(in: models.catalog) }
    let found = configured ?? operation(among: pathNames, models: models)
    outerOperation = .some(found)
    return found
  }

  /// Whether something outside the value says which operation it is for.
  private mutating func isBound(models: LoadedModels) -> Bool {
    isClaimed || contextOperation(models: models) != nil
  }

  private mutating func carrier(
    of root: NodeID, _ frame: Frame, models: LoadedModels
  ) -> Carrier {
    let marks = [frame.service, frame.operation, frame.parameters].count { $0 != nil }
    if marks >= 2 || isCommandAlone(frame) { return .envelope }
    if frame.parameters != nil, frame.isPlainEnvelope, isBound(models: models) {
      // An envelope that leaves the names to the outside, unless the operation itself has such a member.
      return operationTakes("parameters", models: models) ? .bare : .envelope
    }
    guard let list = frame.requests?.value, !isOwnReport(root) else { return .bare }
    let isList = document.items(of: list).contains { item in
      document.value(of: "parameters", in: item) != nil || document.value(of: "operation", in: item) != nil
    }
    if isList { return .batch }
    // A mapping named `requests` alone is more likely something else than a batch gone wrong.
    let isMeant = document[list].kind != .mapping || frame.defaults != nil
    guard frame.isPlainBatch, isMeant, !isClaimed else { return .bare }
    return operationTakes("requests", models: models) ? .bare : .batch
  }

  /// Whether all that names the request is a command such as `aws s3api list-buckets`.
  private func isCommandAlone(_ frame: Frame) -> Bool {
    guard let operation = frame.operation, frame.isPlainEnvelope else { return false }
    return OperationID(command: document.string(of: operation.value)) != nil
  }

  /// Whether the operation that the outside names has a member of that name.
  private mutating func operationTakes(_ member: String, models: LoadedModels) -> Bool {
    guard let id = contextOperation(models: models) else { return false }
    return models.service(id.service)?.inputMemberNames(of: id.operation).names.contains(member) ?? false
  }

  /// A report or plan of this tool, which lists requests too.
  private func isOwnReport(_ root: NodeID) -> Bool {
    guard let format = document.value(of: "format", in: root).map({ document.string(of: $0) }) else {
      return false
    }
    return ["reqlint-findings/", "reqlint-plan/"].contains { format.hasPrefix($0) }
  }

  private mutating func addBatch(_ root: NodeID, _ frame: Frame, models: LoadedModels) {
    if !frame.isPlainBatch {
      checkKeys(of: root, known: ["requests", "defaults"], what: "a batch", at: JSONPointer())
    }
    let defaults = frame.defaults
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
    guard let list = frame.requests else { return }
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
    let common = defaults.map { Frame($0.value, in: document) }
    for (index, item) in document.items(of: list.value).enumerated() {
      let pointer = JSONPointer(["requests", String(index)])
      guard document[item].kind == .mapping else {
        if document.limitIssue != nil, document.scalarType(of: item) == .null {
          // What stands here is left out; the request keeps its number all the same.
          append(
            declaredID: nil, operation: nil, operationSpan: nil, region: nil, account: nil, parameters: nil,
            key: document.anchorSpan(of: item), span: document.sourceSpan(of: item))
          continue
        }
        report(
          .wrongType, "a request of a batch must be a mapping", at: document.sourceSpan(of: item), pointer)
        continue
      }
      addEnvelope(
        Frame(item, in: document), item, key: document.anchorSpan(of: item), at: pointer, defaults: common,
        models: models)
    }
  }

  /// - Parameter defaults: what a batch says of all its requests.
  private mutating func addEnvelope(
    _ frame: Frame, _ node: NodeID, key: ByteSpan, at pointer: JSONPointer, defaults: Frame?,
    models: LoadedModels
  ) {
    let number = binding.requests.count
    if !frame.isPlainEnvelope {
      checkKeys(of: node, known: Frame.envelopeKeys, what: "a request", at: pointer, request: number)
    }
    func field(_ name: String, _ own: Document.Entry?, _ common: Document.Entry?) -> Request.Declared? {
      text(name, own, at: pointer, request: number)
        ?? text(name, common, at: Self.defaultsPlace, request: number)
    }
    let service = field("service", frame.service, defaults?.service)
    let operation = field("operation", frame.operation, defaults?.operation)
    let id = envelopeOperation(service: service, operation: operation, key: key, at: pointer, models: models)
    _ = text("description", frame.description, at: pointer, request: number)
    let declaredID = text("id", frame.id, at: pointer, request: number)
    let isCommand = declaredID.map { Request.holdsOptions(Array($0.text.utf8)) } ?? false
    if let declaredID, isCommand {
      report(
        .patternMismatch, "id holds options of a command", hint: "write a name", at: declaredID.span,
        declaredID.pointer ?? pointer, request: number)
    }
    if let declaredID, declaredID.text.isEmpty {
      report(
        .tooShort, "id has 0 characters, fewer than 1", at: declaredID.span, declaredID.pointer ?? pointer,
        request: number)
    }
    append(
      declaredID: declaredID.flatMap { $0.text.isEmpty || isCommand ? nil : $0 }, operation: id,
      operationSpan: flag == nil ? operation?.span ?? directive?.operation?.span : nil,
      region: field("region", frame.region, defaults?.region) ?? directiveSetting("region"),
      account: field("account", frame.account, defaults?.account) ?? directiveSetting("account"),
      parameters: frame.parameters?.value,
      key: frame.parameters.map { document.sourceSpan(of: $0.key) } ?? key,
      span: document.sourceSpan(of: node))
    checkAccount()
  }

  private mutating func envelopeOperation(
    service: Request.Declared?, operation: Request.Declared?, key: ByteSpan, at pointer: JSONPointer,
    models: LoadedModels
  ) -> OperationID? {
    if let flag { return flag }
    if let operation, let command = OperationID(command: operation.text) {
      return resolve(command, operation, of: service, models: models)
    }
    guard let service, let operation else {
      if service == nil, operation == nil, isBound(models: models) {
        return contextOperation(models: models)
      }
      let missing = service == nil ? "service" : "operation"
      let number = binding.requests.count
      if !hasWrongType(number, where: { $0.tokens.last == missing }) {
        report(.unboundRequest, "request names no \(missing)", at: key, pointer, request: number)
      }
      return nil
    }
    return resolve(
      OperationID(service: service.text, operation: operation.text), service: service.span,
      operation: operation.span, request: binding.requests.count, models: models
    ) { (service.pointer, operation.pointer) }
  }

  // MARK: Names

  /// The operation that a written name means; reports what is unknown.
  ///
  /// - Parameter pointers: to the service and the operation; asked for only where one is unknown.
  mutating func resolve(
    _ written: OperationID, service: ByteSpan, operation: ByteSpan,
    request: Int? = nil, models: LoadedModels,
    pointers: () -> (service: JSONPointer?, operation: JSONPointer?) = { (nil, nil) }
  ) -> OperationID? {
    if let id = models.knownSpelling(of: written) { return id }
    guard let known = models.serviceName(written.service) else {
      report(
        .unknownService, "service \(shown(written.service)) is not in the catalog",
        search: .service(written.service), at: service,
        pointers().service ?? JSONPointer(),
        request: request)
      return nil
    }
    if let id = models.canonicalName(written) { return id }
    report(
      .unknownOperation, "service \(known) has no operation \(shown(written.operation))",
      search: .operation(written), at: operation, pointers().operation ?? JSONPointer(), request: request)
    return nil
  }

  /// The operation that an envelope names as `aws SERVICE OPERATION`.
  ///
  /// - Parameter service: what the envelope gives beside it, which must be the same.
  private mutating func resolve(
    _ command: OperationID, _ written: Request.Declared, of service: Request.Declared?,
    models: LoadedModels
  ) -> OperationID? {
    let number = binding.requests.count
    let id = resolve(
      command, service: written.span, operation: written.span, request: number, models: models
    ) { (written.pointer, written.pointer) }
    guard let service, let id, models.serviceName(service.text) != id.service else { return id }
    report(
      .unknownOperation, "\(shown(written.text)) is not an operation of service \(service.text)",
      hint: "remove the service, or change it to \(id.service)", at: written.span,
      written.pointer ?? JSONPointer(), request: number)
    return nil
  }

  private mutating func reportUnbound(_ root: NodeID, suggesting: Bool) {
    let keys = suggesting ? document.entries(of: root).map { document.string(of: $0.key) } : []
    report(
      .unboundRequest, "nothing says which operation this request is for",
      search: .keys(keys, isYAML: document.notation == .yaml), at: document.anchorSpan(of: root))
  }

  // MARK: Fields

  /// A field that must be text; numbers written without quotes count as the text they show.
  private mutating func text(
    _ name: String, _ entry: Document.Entry?, at pointer: JSONPointer, request: Int
  ) -> Request.Declared? {
    guard let entry else { return nil }
    let span = document.sourceSpan(of: entry.value)
    let isAccount = name == "account"
    let isDigits = isAccount && document.scalarType(of: entry.value) == .integer
    guard document.scalarType(of: entry.value) == .string || isDigits else {
      let place = JSONPointer(pointer.tokens + [name])
      if !hasWrongType(request, where: { $0 == place }) {
        let span = self.place(of: entry.value, orKey: entry.key)
        report(.wrongType, "\(name) must be a string", at: span, place, request: request)
      }
      return nil
    }
    // A region or an account that is something else must not be shown.
    let isHidden =
      (isAccount || name == "region") && document.withText(of: entry.value) { Request.isMoreThanName($0) }
    return Request.Declared(
      text: isHidden ? redacted : document.string(of: entry.value), span: span, place: (pointer, name))
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
      .map { setting in
        let isHidden = setting.value.text.utf8.withContiguousStorageIfAvailable { Request.isMoreThanName($0) }
        return Request.Declared(
          text: isHidden == true ? redacted : setting.value.text, span: setting.value.span, place: nil)
      }
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
      declared ?? text.map { Request.Declared(text: $0, span: operationSpan ?? key, place: nil) }
    }
    binding.requests.append(
      Request(
        declaredID: declaredID, operation: operation, operationSpan: operationSpan,
        region: orDefault(region, defaults.region), account: orDefault(account, defaults.account),
        parameters: parameters, parametersKey: key, span: span))
  }

  mutating func report(
    _ rule: BindingIssue.Rule, _ message: String, hint: String? = nil, search: HintSearch? = nil,
    at span: ByteSpan, _ pointer: JSONPointer = JSONPointer(), request: Int? = nil
  ) {
    binding.issues.append(
      BindingIssue(
        rule: rule, message: message, hint: hint, search: search, span: span, pointer: pointer,
        request: request))
  }

  /// A name in quotes, as far as it may be one: behind it there may be values that must not be shown.
  func shown(_ name: String) -> String {
    let options = name.firstRange(of: " -")?.lowerBound ?? name.endIndex
    let end = name[..<options].unicodeScalars.firstIndex {
      $0 != " " && ($0.value < 0x20 || "\"'`=:(){}[]<>,;".unicodeScalars.contains($0))
    }
    return quote(name[..<(end ?? options)] + (end ?? options == name.endIndex ? "" : "…"))
  }

  func didYouMean(_ name: String, _ candidates: some Sequence<String>) -> String? {
    suggestion(for: name, among: candidates).map { "did you mean \($0)?" }
  }
}
