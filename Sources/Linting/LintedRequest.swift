package import Models
package import Requests
package import Syntax

/// A judged request, passed on while its document is available.
package struct LintedRequest {
  package let request: Request
  /// `nil` if the service or operation is unknown.
  package let operation: Operation?
  /// Its scalars are read as their shapes require.
  package let document: Document
  /// A mapping, for a known operation; `nil` if the file has something else.
  package let parameters: NodeID?
  /// The parts of the document that must not be shown, wherever an alias leads to them.
  package let shared: MaskedNodes
  /// Counts the requests of the file from 0.
  package let number: Int
  /// Values on which readers disagree, in the order of their discovery.
  package let readings: [ValueReading]

  /// Bytes of the request, for budgets in proportion to its size.
  package var size: Int { request.size(in: document) }
  /// Whether the document exceeds a limit, so that the parameters are incomplete.
  package var isOutline: Bool { document.limitIssue != nil }

  init(
    _ request: Request, _ operation: Operation?, _ document: Document, _ parameters: NodeID?,
    _ shared: MaskedNodes, number: Int, readings: [ValueReading] = []
  ) {
    self.request = request
    self.operation = operation
    self.document = document
    self.parameters = parameters
    self.shared = shared
    self.number = number
    self.readings = readings
  }
}

extension Request {
  /// Bytes of the request as written; for parameters behind an alias, those at the anchor.
  func size(in document: Document) -> Int {
    let parameters = parameters.map { document.sourceSpan(of: document.resolve($0)).count } ?? 0
    return max(span.count, parameters)
  }

  /// Names of declarations whose values are known only at run time.
  package var dynamicDeclarations: Set<String> {
    var names: Set<String> = []
    if region?.isDynamic == true { names.insert("region") }
    if account?.isDynamic == true { names.insert("account") }
    if declaredID?.isDynamic == true { names.insert("id") }
    return names
  }

  /// The declarations of the file, or the run's defaults, outside the parameters, in the form that rules read.
  package var declarations: [(name: String, text: String, span: ByteSpan)] {
    var declared: [(name: String, text: String, span: ByteSpan)] = []
    if let region { declared.append(("region", region.text, region.span)) }
    if let account { declared.append(("account", account.text, account.span)) }
    if let declaredID { declared.append(("id", declaredID.text, declaredID.span)) }
    return declared
  }
}
