internal import Models
internal import Syntax
package import Verdicts

extension BuiltInCheck {
  package static let unknownService = BuiltInCheck(
    "unknown-service", "Service that does not exist",
    why: "The catalog knows no service of this name.")
  package static let unknownOperation = BuiltInCheck(
    "unknown-operation", "Operation that does not exist",
    why: "The service's model has no operation of this name.")
}

/// Resolves the names of requests and reports unknown ones.
extension RequestCollector {
  /// The operation of a request: from the flag, else from its own names, else from outside names.
  func operation(of carried: CarriedRequest) -> OperationID? {
    if let flag = outer.flag { return flag }
    if let operation = carried.operation, let command = OperationID(command: operation.text) {
      return resolve(command, operation, of: carried.service)
    }
    guard let service = carried.service, let operation = carried.operation else {
      if carried.service == nil, carried.operation == nil, outer.isBound { return outer.operation() }
      let (missing, field): (String, Field) =
        carried.service == nil ? ("service", .service) : ("operation", .operation)
      if !isWrong(field) {
        report(
          .unboundRequest, "request names no \(missing)", at: carried.namesPlace, carried.pointer,
          request: count)
      }
      return nil
    }
    return binding.resolve(
      OperationID(service: service.text, operation: operation.text), service: service.span,
      operation: operation.span, request: count, models
    ) { (service.pointer, operation.pointer) }
  }

  /// Resolves the operation that a carrier names as `aws SERVICE OPERATION`.
  ///
  /// - Parameter service: the carrier's service, if it also has one; it must be the same.
  private func resolve(
    _ command: OperationID, _ written: Request.Declared, of service: Request.Declared?
  ) -> OperationID? {
    let id = binding.resolve(
      command, service: written.span, operation: written.span, request: count, models
    ) { (written.pointer, written.pointer) }
    guard let service, let id, models.serviceName(service.text) != id.service else { return id }
    report(
      .unknownOperation, "\(shownName(written.text)) is not an operation of service \(service.text)",
      hint: "remove the service, or change it to \(id.service)", at: written.span,
      written.pointer ?? JSONPointer(), request: count)
    return nil
  }
}

extension Binding {
  /// Resolves the written name of an operation; reports unknown names.
  ///
  /// - Parameter pointers: to the service and the operation; called only if one is unknown.
  mutating func resolve(
    _ written: OperationID, service: ByteSpan, operation: ByteSpan, request: Int? = nil,
    _ models: LoadedModels,
    pointers: () -> (service: JSONPointer?, operation: JSONPointer?) = { (nil, nil) }
  ) -> OperationID? {
    if let id = models.knownSpelling(of: written) { return id }
    guard let known = models.serviceName(written.service) else {
      report(
        .unknownService, "service \(shownName(written.service)) is not in the catalog",
        search: .service(written.service), at: service, pointers().service ?? JSONPointer(), request: request)
      return nil
    }
    if let id = models.canonicalName(written) { return id }
    report(
      .unknownOperation, "service \(known) has no operation \(shownName(written.operation))",
      search: .operation(written), at: operation, pointers().operation ?? JSONPointer(), request: request)
    return nil
  }

  mutating func report(
    _ check: BuiltInCheck, _ message: String, hint: String? = nil, search: HintSearch? = nil,
    at span: ByteSpan, _ pointer: JSONPointer = JSONPointer(), request: Int? = nil
  ) {
    issues.append(
      BindingIssue(
        check: check, message: message, hint: hint, search: search, span: span, pointer: pointer,
        request: request))
  }
}

/// A name in quotes, cut before any options: their values may be secret.
func shownName(_ name: String) -> String {
  let options = name.firstRange(of: " -")?.lowerBound ?? name.endIndex
  let end = name[..<options].unicodeScalars.firstIndex {
    $0 != " " && ($0.value < 0x20 || "\"'`=:(){}[]<>,;".unicodeScalars.contains($0))
  }
  return quote(name[..<(end ?? options)] + (end ?? options == name.endIndex ? "" : "…"))
}

func didYouMean(_ name: String, _ candidates: some Sequence<String>) -> String? {
  suggestion(for: name, among: candidates).map { "did you mean \($0)?" }
}
