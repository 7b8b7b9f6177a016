internal import Models
public import Syntax
public import Verdicts

extension BuiltInCheck {
  public static let unknownKey = BuiltInCheck(
    "unknown-key", "Key that an envelope, batch or directive does not have",
    why: "It would be ignored, and was surely meant.")
}

/// Takes the requests of one document from their carrier and finds out what their names mean.
///
/// Not Sendable: the worker that binds the document owns it.
public final class RequestCollector {
  public let document: Document
  let models: LoadedModels
  private let defaults: Binder.Defaults
  /// What is known of the operation from outside the document's value.
  public internal(set) var outer: OuterNames
  var binding = Binding()

  /// - Parameters:
  ///   - flag: what `--operation` names.
  ///   - configured: what the configuration binds the file to.
  init(
    _ document: Document, flag: OperationID?, configured: OperationID?, path: PathParts,
    models: LoadedModels, defaults: Binder.Defaults
  ) {
    self.document = document
    self.models = models
    outer = OuterNames(document, flag: flag, configured: configured, path: path, models: models)
    self.defaults = defaults
  }

  /// The number of the next request in the document.
  public var count: Int { binding.requests.count }

  /// Hands over what has been collected.
  func takeBinding() -> Binding {
    var taken = Binding()
    swap(&taken, &binding)
    return taken
  }

  // MARK: Requests

  /// Adds a request.
  public func add(_ carried: CarriedRequest) {
    let operation = operation(of: carried)
    append(carried, operation)
    checkAccount()
  }

  /// Adds a request whose operation the path misspells.
  func addMisspelt(_ carried: CarriedRequest) {
    append(carried, nil, operationSpan: nil)
    checkAccount()
  }

  /// Adds a request that a limit leaves out, so that the others keep their numbers.
  func addLeftOut(key: ByteSpan, span: ByteSpan) {
    append(
      CarriedRequest(parameters: nil, parametersKey: key, span: span), nil, operationSpan: nil,
      region: .some(nil), account: .some(nil))
  }

  private func append(_ carried: CarriedRequest, _ operation: OperationID?) {
    append(
      carried, operation,
      operationSpan: outer.flag == nil ? carried.operation?.span ?? outer.directive?.operation?.span : nil)
  }

  /// - Parameters:
  ///   - operationSpan: where the file names the operation.
  ///   - region, account: instead of what carrier and directive declare.
  private func append(
    _ carried: CarriedRequest, _ operation: OperationID?, operationSpan: ByteSpan?,
    region: Request.Declared?? = nil, account: Request.Declared?? = nil
  ) {
    func orDefault(_ declared: Request.Declared?, _ text: String?) -> Request.Declared? {
      declared
        ?? text.map {
          Request.Declared(text: $0, span: operationSpan ?? carried.parametersKey, place: nil)
        }
    }
    binding.requests.append(
      Request(
        carrier: binding.carrier?.name ?? "", declaredID: carried.id, operation: operation,
        operationSpan: operationSpan,
        region: orDefault(region ?? carried.region ?? setting("region"), defaults.region),
        account: orDefault(account ?? carried.account ?? setting("account"), defaults.account),
        ownDocument: carried.document, parameters: carried.parameters,
        parametersKey: carried.parametersKey, span: carried.span))
  }

  /// What the directive sets; values that are no names are masked.
  private func setting(_ key: String) -> Request.Declared? {
    outer.directive?.settings.first { $0.key.text == key }
      .map { setting in
        let isHidden = setting.value.text.utf8.withContiguousStorageIfAvailable { Request.isMoreThanName($0) }
        return Request.Declared(
          text: isHidden == true ? redacted : setting.value.text, span: setting.value.span, place: nil)
      }
  }

  private func checkAccount() {
    guard let account = binding.requests.last?.account, !account.isDynamic else { return }
    guard account.text.utf8.count != 12 || !account.text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return
    }
    report(
      .patternMismatch, "account \(quote(account.text)) is not twelve digits", at: account.span,
      account.pointer ?? JSONPointer(), request: count - 1)
  }

  // MARK: Fields

  /// A field of the next request that must be text; numbers written without quotes count as the text they show.
  public func text(
    _ name: String, _ entry: Document.Entry?, at pointer: JSONPointer
  ) -> Request.Declared? {
    guard let entry else { return nil }
    let document = document
    let span = document.sourceSpan(of: entry.value)
    let isAccount = name == "account"
    let isDigits = isAccount && document.scalarType(of: entry.value) == .integer
    guard document.scalarType(of: entry.value) == .string || isDigits else {
      let place = JSONPointer(pointer.tokens + [name])
      if !hasWrongType(where: { $0 == place }) {
        let span = self.place(of: entry.value, orKey: entry.key)
        report(.wrongType, "\(name) must be a string", at: span, place, request: count)
      }
      return nil
    }
    // A region or an account that is something else must not be shown.
    let isHidden =
      (isAccount || name == "region") && document.withText(of: entry.value) { Request.isMoreThanName($0) }
    return Request.Declared(
      text: isHidden ? redacted : document.string(of: entry.value), span: span, place: (pointer, name))
  }

  /// Whether a field of the next request is already known to be no text.
  func hasWrongType(where isField: (JSONPointer) -> Bool) -> Bool {
    binding.issues.reversed().prefix { $0.request == count }.contains {
      $0.check.id == BuiltInCheck.wrongType.id && isField($0.pointer)
    }
  }

  /// Where a value is written, or its key if nothing is.
  public func place(of value: NodeID, orKey key: NodeID) -> ByteSpan {
    let span = document.anchorSpan(of: value)
    return span.isEmpty ? document.sourceSpan(of: key) : span
  }

  /// Reports the keys of a mapping that a carrier does not know.
  public func checkKeys(
    of node: NodeID, known: [String], what: String, at pointer: JSONPointer, request: Int? = nil
  ) {
    for entry in document.entries(of: node) {
      let key = document.string(of: entry.key)
      guard !known.contains(key) || document[entry.key].kind != .scalar else { continue }
      report(
        .unknownKey, "\(what) has no key \(quote(key)), only \(known.joined(separator: ", "))",
        hint: didYouMean(key, known), at: document.sourceSpan(of: entry.key),
        JSONPointer(pointer.tokens + [key]), request: request)
    }
  }

  // MARK: Issues

  public func report(
    _ check: BuiltInCheck, _ message: String, hint: String? = nil, search: HintSearch? = nil,
    at span: ByteSpan, _ pointer: JSONPointer = JSONPointer(), request: Int? = nil
  ) {
    binding.report(
      check, message, hint: hint, search: search, at: span, pointer, request: request)
  }
}
