internal import Syntax

/// What a model tells clients about an operation apart from the shape of its request.
///
/// - Source: Smithy 2.0, rules engine parameters, HTTP protocol compliance, client endpoint discovery.
package struct ClientTraits: Sendable {
  /// A value for a service's endpoint rules.
  package enum ContextValue: Hashable, Sendable {
    case text(String)
    case flag(Bool)
    case texts([String])
  }

  /// Whether clients ask the service for the address of a request.
  package enum EndpointDiscovery: Sendable { case none, offered, required }

  /// Constants that the operation passes to endpoint rules.
  package let staticContext: [(name: String, value: ContextValue)]
  /// Parameters that endpoint rules get, each as a JMESPath expression.
  package let contextPaths: [(name: String, path: String)]
  /// The member that names a checksum algorithm.
  package let checksumAlgorithmMember: String?
  package let isChecksumRequired: Bool
  /// The member that requests a checksum of the response.
  package let checksumModeMember: String?
  /// Whether a client may compress the body.
  package let isCompressible: Bool
  package let endpointDiscovery: EndpointDiscovery

  /// Reads an operation of a model.
  init(_ operation: NodeID, of document: Document) {
    func entries(_ key: String) -> [Document.Entry] {
      document.value(of: key, in: operation).map { Array(document.entries(of: $0)) } ?? []
    }
    func text(_ key: String, in node: NodeID?) -> String? {
      node.flatMap { document.value(of: key, in: $0) }.map { document.string(of: $0) }
    }
    func flag(_ key: String, in node: NodeID?) -> Bool {
      node.flatMap { document.value(of: key, in: $0) }.flatMap { document.boolean(of: $0) } ?? false
    }
    staticContext = entries("staticContextParams").compactMap { entry in
      document.value(of: "value", in: entry.value).map {
        (document.string(of: entry.key), ContextValue($0, of: document))
      }
    }
    contextPaths = entries("operationContextParams").compactMap { entry in
      text("path", in: entry.value).map { (document.string(of: entry.key), $0) }
    }
    let checksum = document.value(of: "httpChecksum", in: operation)
    checksumAlgorithmMember = text("requestAlgorithmMember", in: checksum)
    checksumModeMember = text("requestValidationModeMember", in: checksum)
    isChecksumRequired =
      flag("httpChecksumRequired", in: operation) || flag("requestChecksumRequired", in: checksum)
    isCompressible = document.value(of: "requestcompression", in: operation) != nil
    endpointDiscovery =
      document.value(of: "endpointdiscovery", in: operation).map {
        flag("required", in: $0) ? .required : .offered
      } ?? .none
  }
}

extension ClientTraits.ContextValue {
  fileprivate init(_ node: NodeID, of document: Document) {
    if document[node].kind == .sequence {
      self = .texts(document.items(of: node).map { document.string(of: $0) })
    } else if let flag = document.boolean(of: node), document.scalarType(of: node) == .boolean {
      self = .flag(flag)
    } else {
      self = .text(document.string(of: node))
    }
  }
}
