package import Models
package import Requests
package import Syntax

/// A request that has been judged, handed over while its document is at hand.
package struct LintedRequest {
  package let request: Request
  /// `nil` where service or operation are unknown.
  package let operation: Operation?
  /// Scalars in it are read as their shapes ask.
  package let document: Document
  /// A mapping, for a known operation; `nil` where the file has something else.
  package let parameters: NodeID?
  /// What of the document must not be shown, wherever an alias brings it.
  package let shared: MaskedNodes
  /// Counts the requests of the file from 0.
  package let number: Int
  /// Values on which readers disagree, in the order in which they were found.
  package let readings: [ValueReading]

  /// Bytes of the request, for the budgets that are in proportion to it.
  package var size: Int { request.size(in: document) }
  /// Whether the document exceeds a limit, so that the parameters are not known in full.
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
  /// Bytes of the request as written; of parameters behind an alias, those at the anchor.
  func size(in document: Document) -> Int {
    let parameters = parameters.map { document.sourceSpan(of: document.resolve($0)).count } ?? 0
    return max(span.count, parameters)
  }

  /// Names of what is declared, but known at run time only.
  package var dynamicDeclarations: Set<String> {
    var names: Set<String> = []
    if region?.isDynamic == true { names.insert("region") }
    if account?.isDynamic == true { names.insert("account") }
    if declaredID?.isDynamic == true { names.insert("id") }
    return names
  }

  /// What the file, or the run for it, declares beside the parameters, as rules see it.
  package var declarations: [(name: String, text: String, span: ByteSpan)] {
    var declared: [(name: String, text: String, span: ByteSpan)] = []
    if let region { declared.append(("region", region.text, region.span)) }
    if let account { declared.append(("account", account.text, account.span)) }
    if let declaredID { declared.append(("id", declaredID.text, declaredID.span)) }
    return declared
  }
}
