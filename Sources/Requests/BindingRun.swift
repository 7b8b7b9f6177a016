internal import Models
internal import Syntax
package import Verdicts

extension BuiltInCheck {
  package static let emptyDocument = BuiltInCheck(
    "empty-document", "Nothing to check",
    why: "An empty file or batch must not pass for a checked one.")
  package static let unboundRequest = BuiltInCheck(
    "unbound-request", "Request that names no operation",
    why: "Name it with --operation, an envelope, a directive comment or the path SERVICE/OPERATION/.")
}

/// Binds one document: reads its directive and lets the carrier that claims the document collect the requests.
struct BindingRun {
  let carriers: [any Carrier]
  let collector: RequestCollector

  var document: Document { collector.document }
  var models: LoadedModels { collector.models }

  func run(suggestsOperations: Bool) {
    readDirective()
    let directiveIssues = collector.binding.issues.indices
    bind(suggestsOperations: suggestsOperations)
    // In a document with one request, the directive belongs to that request.
    if collector.count == 1 {
      for index in directiveIssues { collector.binding.issues[index].request = 0 }
    }
  }

  private func bind(suggestsOperations: Bool) {
    let root = document.resolve(document.root)
    if document.scalarType(of: root) == .null {
      return collector.report(
        .emptyDocument, "document is empty", hint: "remove it, or write a request",
        at: document.sourceSpan(of: root))
    }
    if let carrier = claimingCarrier() { return read(by: carrier) }
    if bindNearly(root) { return }
    if readLateDirective() { return read(by: BareInput()) }
    collector.binding.isUnbound = true
    reportUnbound(root, suggesting: suggestsOperations)
  }

  /// The carrier with the surest claim on the document; the first if several are equally sure.
  private func claimingCarrier() -> (any Carrier)? {
    var best: (claim: CarrierClaim, carrier: any Carrier)?
    for carrier in carriers {
      let claim = carrier.claim(document, &collector.outer)
      if claim == .surely { return carrier }
      if claim > best?.claim ?? .no { best = (claim, carrier) }
    }
    return best?.carrier
  }

  private func read(by carrier: any Carrier) {
    collector.binding.carrier = carrier
    carrier.read(document, into: collector)
  }

  /// Binds a document as a request whose path misspells the operation, and returns whether it is one.
  private func bindNearly(_ root: NodeID) -> Bool {
    guard !collector.outer.pathNames.isEmpty, document[root].kind == .mapping else { return false }
    let candidates = models.misspeltOperations(among: collector.outer.pathNames)
    guard !candidates.isEmpty else { return false }
    let unnamed = carriers.lazy.compactMap { carrier in
      carrier.unnamedParameters(in: document).map { (carrier, document.resolve($0)) }
    }.first
    guard let (carrier, parameters) = unnamed, document[parameters].kind == .mapping else { return false }
    let keys = document.entries(of: parameters).map { document.string(of: $0.key) }
    for (written, near) in candidates where models.input(of: near, fits: keys) {
      collector.report(
        .unknownOperation,
        "the path names \(quote(written.description)), and service \(near.service) has no such operation",
        hint: "did you mean \(near.operation)?", at: document.anchorSpan(of: root), request: 0)
      collector.binding.carrier = carrier
      collector.addMisspelt(
        CarriedRequest(
          parameters: parameters, parametersKey: document.anchorSpan(of: root),
          span: document.sourceSpan(of: root)))
      return true
    }
    return false
  }

  private func reportUnbound(_ root: NodeID, suggesting: Bool) {
    let keys = suggesting ? document.entries(of: root).map { document.string(of: $0.key) } : []
    collector.report(
      .unboundRequest, "nothing says which operation this request is for",
      search: .keys(keys, isYAML: document.notation == .yaml), at: document.anchorSpan(of: root))
  }
}
