internal import Syntax

/// Only the parameters; a directive, the configuration, the path or the flag names the operation.
struct BareInput: Carrier {
  var name: String { "bare" }
  var schemaForm: SchemaForm? { .parameters }

  func claim(_ document: Document, _ outer: inout OuterNames) -> CarrierClaim {
    outer.isBound ? .weakly : .no
  }

  func read(_ document: Document, into collector: RequestCollector) {
    let root = document.resolve(document.root)
    collector.add(
      CarriedRequest(
        parameters: root, parametersKey: document.anchorSpan(of: root), span: document.sourceSpan(of: root)))
  }

  func unnamedParameters(in document: Document) -> NodeID? { document.resolve(document.root) }
}
