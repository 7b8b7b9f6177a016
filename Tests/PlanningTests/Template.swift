import Requests
import Syntax

/// A carrier of the tests: an envelope below `call`, in which texts that begin with `$` are known only at run time.
struct Template: Carrier {
  var name: String { "template" }

  func claim(_ document: Document, _ outer: inout OuterNames) -> CarrierClaim {
    document.value(of: "call", in: document.root) == nil ? .no : .surely
  }

  func read(_ document: Document, into collector: RequestCollector) {
    guard let entry = document.entry(of: "call", in: document.root) else { return }
    func text(_ name: String) -> Request.Declared? {
      document.value(of: name, in: entry.value).map { id in
        Request.Declared(
          text: document.string(of: id), span: document.sourceSpan(of: id),
          isDynamic: isDynamic(id, in: document))
      }
    }
    let parameters = document.value(of: "parameters", in: entry.value)
    var carried = CarriedRequest(
      parameters: parameters, parametersKey: document.sourceSpan(of: entry.key),
      span: document.sourceSpan(of: entry.value))
    carried.service = text("service")
    carried.operation = text("operation")
    carried.region = text("region")
    carried.account = text("account")
    let dynamic = parameters.map { dynamicNodes(below: $0, in: document) } ?? []
    collector.mark(dynamic: dynamic)
    collector.add(carried)
  }

  private func isDynamic(_ id: NodeID, in document: Document) -> Bool {
    document.firstByte(of: id) == UInt8(ascii: "$")
  }

  private func dynamicNodes(below id: NodeID, in document: Document) -> [NodeID] {
    if isDynamic(id, in: document) { return [id] }
    return document.items(of: id).flatMap { dynamicNodes(below: $0, in: document) }
      + document.entries(of: id).flatMap { entry in
        [entry.key, entry.value].flatMap { dynamicNodes(below: $0, in: document) }
      }
  }
}
