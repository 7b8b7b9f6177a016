internal import Models
internal import Syntax

/// The facts about one call that a service's endpoint rules get.
///
/// - Source: Smithy 2.0, rules engine, parameter bindings: static ones first, then members, then paths.
package struct EndpointContext: Hashable, Sendable {
  /// Only the facts that are the same for every call.
  package static let none = EndpointContext()

  /// By the names of the rules' parameters.
  var values: [String: RuleValue] = [:]
  /// Members whose values are known only at run time, in the order of their placeholders.
  private(set) var unknownMembers: [String] = []
  /// Whether a bucket must be in the path, or must not be; `nil` if the client may choose.
  var usesPathStyle: Bool?
  /// Whether the client signs with a session from the service, if the rules require one.
  var usesSession = true

  private init() {}

  init(_ parameters: Parameters) {
    let traits = parameters.operation.clientTraits
    for (name, path) in traits.contextPaths {
      values[name] = ContextPath(path)?.value(in: parameters.document, from: parameters.root)
    }
    for field in parameters.fields {
      guard let name = field.member.contextParameter else { continue }
      if parameters.isUnknown(field.value) {
        values[name] = .string(Self.standIn(unknownMembers.count))
        unknownMembers.append(field.member.name)
      } else if let value = parameters.contextValue(field) {
        values[name] = value
      }
    }
    for (name, value) in traits.staticContext { values[name] = RuleValue(value) }
    guard parameters.operation.service == "s3" else { return }
    usesSession = parameters.operation.name != "CreateSession"
    // This call looks up the bucket's region, so no host can contain the bucket's name yet.
    if parameters.operation.name == "GetBucketLocation" {
      usesPathStyle = true
    } else if let bucket = parameters.text(of: "Bucket"), RuleFunction.arnParts(bucket) != nil {
      usesPathStyle = false
    }
  }
}

extension EndpointContext {
  /// A placeholder for a text that is known only at run time; no endpoint rules give it a special meaning.
  ///
  /// - Shape: a host label that is valid as a bucket name; none is a prefix of another.
  private static func standIn(_ place: Int) -> String { "reqlint-unknown-\(place)x" }

  /// A text with placeholders replaced by the members' names in braces.
  func naming(_ text: String) -> String {
    unknownMembers.indices.reduce(text) { text, place in
      text.split(separator: Self.standIn(place), omittingEmptySubsequences: false)
        .joined(separator: "{\(unknownMembers[place])}")
    }
  }
}

extension Parameters {
  /// The mapping of all parameters.
  var root: NodeID? { call.parameters.map { document.resolve($0) } }

  fileprivate func contextValue(_ field: Field) -> RuleValue? {
    guard case .node(let id) = field.value else { return text(of: field.member.name).map { .string($0) } }
    switch document.scalarType(of: id) {
    case .boolean: return document.boolean(of: id).map { .boolean($0) }
    case .string: return .string(document.string(of: id))
    default: return document[id].kind == .sequence ? .texts(document.items(of: id), of: document) : nil
    }
  }
}

extension RuleValue {
  fileprivate init(_ value: ClientTraits.ContextValue) {
    switch value {
    case .text(let text): self = .string(text)
    case .flag(let flag): self = .boolean(flag)
    case .texts(let texts): self = .array(texts.map { .string($0) })
    }
  }

  fileprivate static func texts(_ items: some Sequence<NodeID>, of document: Document) -> RuleValue {
    .array(
      items.filter { document[$0].kind == .scalar && !document.isUnknown($0) }
        .map { .string(document.string(of: $0)) })
  }
}
