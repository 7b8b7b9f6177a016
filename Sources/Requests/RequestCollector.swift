internal import Models
package import Syntax
package import Verdicts

extension BuiltInCheck {
  package static let unknownKey = BuiltInCheck(
    "unknown-key", "Key that an envelope, batch or directive does not have",
    why: "It would be ignored, and was surely meant.")
}

/// Collects the requests of one document from their carrier and resolves their names.
///
/// Not Sendable: the worker that binds the document owns it.
package final class RequestCollector {
  /// Without the marks set by `mark`.
  package let document: Document
  let models: LoadedModels
  private let defaults: Binder.Defaults
  /// What is known about the operation from outside the document's value.
  package internal(set) var outer: OuterNames
  var binding = Binding()
  /// Fields of the next request that are not text.
  private var wrongFields: [Field: JSONPointer] = [:]
  /// The limits of the run.
  package let limits: Limits

  /// - Parameters:
  ///   - flag: the operation from `--operation`.
  ///   - configured: the operation to which the configuration binds the file.
  init(
    _ document: Document, flag: OperationID?, configured: OperationID?, path: PathParts,
    models: LoadedModels, defaults: Binder.Defaults, limits: Limits
  ) {
    self.document = document
    self.models = models
    self.limits = limits
    outer = OuterNames(document, flag: flag, configured: configured, path: path, models: models)
    self.defaults = defaults
  }

  /// The number of the next request in the document.
  package var count: Int { binding.requests.count }

  /// Returns everything that was collected.
  func takeBinding() -> Binding {
    var taken = Binding()
    swap(&taken, &binding)
    return taken
  }

  // MARK: Requests

  /// Adds a request.
  ///
  /// If its operation is known only at run time, records only that the request was not checked.
  package func add(_ carried: CarriedRequest) {
    defer { if !wrongFields.isEmpty { wrongFields = [:] } }
    if outer.flag == nil, let name = carried.dynamicName {
      for index in binding.issues.indices.reversed() where binding.issues[index].request == count {
        binding.issues[index].request = nil
      }
      return binding.notEvaluated.append(
        Binding.NotEvaluated(
          reason: "\(quote(name.text)) is known only at run time, so the operation is unknown",
          span: name.span,
          pointer: name.pointer ?? carried.pointer))
    }
    let operation = operation(of: carried)
    append(carried, operation)
    checkAccount()
  }

  /// Adds a request whose operation the path misspells.
  func addMisspelt(_ carried: CarriedRequest) {
    append(carried, nil, operationSpan: nil)
    checkAccount()
  }

  /// Adds a request that a limit left out, so that the others keep their numbers.
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
  ///   - region, account: override those of the carrier and the directive.
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
        ownDocument: carried.document, ownDocumentSource: carried.documentSource,
        parameters: carried.parameters,
        parametersKey: carried.parametersKey, span: carried.span))
  }

  /// A setting of the directive; a value that is not a name is masked.
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

  /// Marks parts of the document that are not values of the parameters.
  ///
  /// Each call copies the table of nodes, so mark the parts of all requests at once.
  ///
  /// - Parameters:
  ///   - hidden: keys of entries, and items, by their ids in `writtenEntries`. Only ids of aliases differ elsewhere.
  ///   - dynamic: placeholders for values that are known only at run time, and collections that may have more children.
  package func mark(hidden: some Sequence<NodeID> = [], dynamic: some Sequence<NodeID> = []) {
    binding.marked = (binding.marked ?? document).marking(hidden: hidden, dynamic: dynamic)
  }

  // MARK: Fields

  /// A text field of a request.
  package enum Field: String, Sendable { case service, operation, id, region, account, description }

  /// A field of the next request that must be text; unquoted numbers count as the text that they show.
  ///
  /// - Parameters:
  ///   - key: the carrier's name for the field; `nil` for the field's own name.
  ///   - pointer: to the mapping that contains the entry.
  ///   - isDynamic: whether the text, shown as written, is a placeholder for one that is known only at run time.
  package func text(
    _ field: Field, _ entry: Document.Entry?, key: String? = nil, at pointer: JSONPointer,
    isDynamic: Bool = false
  ) -> Request.Declared? {
    guard let entry else { return nil }
    let place = (mapping: pointer, key: key ?? field.rawValue)
    let document = document
    let isDigits = field == .account && document.scalarType(of: entry.value) == .integer
    guard document.scalarType(of: entry.value) == .string || isDigits else {
      reportWrongType(of: field, entry, JSONPointer(pointer.tokens + [place.key]))
      return nil
    }
    // A region or an account that may contain anything else must not be shown.
    let isHidden =
      !isDynamic && (field == .account || field == .region)
      && document.withText(of: entry.value) { Request.isMoreThanName($0) }
    let text = Request.Declared(
      text: isHidden ? redacted : document.string(of: entry.value),
      span: document.sourceSpan(of: entry.value), isDynamic: isDynamic, place: place)
    return field == .id && !isDynamic ? checkedID(text) : text
  }

  private func reportWrongType(of field: Field, _ entry: Document.Entry, _ place: JSONPointer) {
    guard wrongFields.updateValue(place, forKey: field) != place else { return }
    report(
      .wrongType, "\(place.tokens.last ?? "") must be a string",
      at: self.place(of: entry.value, orKey: entry.key), place,
      request: count)
  }

  /// Whether a field of the next request is known not to be text.
  func isWrong(_ field: Field) -> Bool { wrongFields[field] != nil }

  /// An id if it can name a request; reports any other.
  private func checkedID(_ id: Request.Declared) -> Request.Declared? {
    let place = id.pointer ?? JSONPointer()
    if Request.holdsOptions(Array(id.text.utf8)) {
      report(
        .patternMismatch, "id holds options of a command", hint: "write a name", at: id.span, place,
        request: count)
      return nil
    }
    if id.text.isEmpty {
      report(.tooShort, "id has 0 characters, fewer than 1", at: id.span, place, request: count)
      return nil
    }
    return id
  }

  /// Where a value is written; its key if nothing is written.
  package func place(of value: NodeID, orKey key: NodeID) -> ByteSpan {
    let span = document.anchorSpan(of: value)
    return span.isEmpty ? document.sourceSpan(of: key) : span
  }

  /// Reports keys of a mapping that a carrier does not support.
  package func checkKeys(
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

  package func report(
    _ check: BuiltInCheck, _ message: String, hint: String? = nil, search: HintSearch? = nil,
    at span: ByteSpan, _ pointer: JSONPointer = JSONPointer(), request: Int? = nil
  ) {
    binding.report(
      check, message, hint: hint, search: search, at: span, pointer, request: request)
  }
}
