package import Syntax

/// A shape, by its index in its operation's table.
package struct ShapeID: Hashable, Sendable {
  package let index: Int
}

/// A type of a service model with its constraints; shared, since every value is checked against one.
///
/// - Source: botocore's `service-2.json`; Smithy 2.0, constraint traits.
package final class Shape: Sendable {
  /// The type of a value; Smithy's character counts as string.
  package enum Kind: Equatable, Sendable {
    case structure, list, map
    case string, boolean, integer, long, float, double, blob, timestamp

    init?(_ name: String) {
      switch name {
      case "structure": self = .structure
      case "list": self = .list
      case "map": self = .map
      case "string", "character": self = .string
      case "boolean": self = .boolean
      case "integer": self = .integer
      case "long": self = .long
      case "float": self = .float
      case "double": self = .double
      case "blob": self = .blob
      case "timestamp": self = .timestamp
      default: return nil
      }
    }
  }

  package let name: String
  package let kind: Kind
  /// Lower bound: Unicode scalar values of a string, bytes of a blob, entries of a list or map, or the value itself.
  package let minimum: ExactNumber?
  package let maximum: ExactNumber?
  /// Java regular expression, as the model writes it.
  package let pattern: String?
  /// Known values; empty if every value is allowed.
  package let values: [String]
  package let isSensitive: Bool
  /// Whether values must not be shown: they are sensitive, or the keys of a map are.
  package let isMasked: Bool
  /// Whether the shape is or contains something that is masked, at any depth.
  package let holdsSensitive: Bool
  package let isDeprecated: Bool
  /// A structure in which exactly one member may be set.
  package let isUnion: Bool
  /// A value of any JSON type.
  package let isDocument: Bool
  package let isEventStream: Bool
  package let isStreaming: Bool
  /// `iso8601`, `unixTimestamp` or `rfc822`.
  package let timestampFormat: String?
  /// Members of a structure, in the model's order.
  package let members: [Member]
  /// Items of a list, or values of a map.
  package let element: ShapeID?
  package let key: ShapeID?
  /// How the shape is written unless a reference to it says otherwise.
  package let traits: TraitsID
  package let elementTraits: TraitsID
  package let keyTraits: TraitsID
  /// The structure's member that alone becomes the body of a request.
  package let payload: String?
  /// Indices of the members by name; `nil` if there are so few that a linear search is faster.
  private let places: [String: Int]?
  /// Likewise for the values.
  private let valueSet: Set<String>?

  /// Up to this many, a linear search is faster.
  private static let few = 256

  init(_ facts: ShapeFacts) {
    name = facts.name
    kind = facts.kind
    minimum = facts.minimum
    maximum = facts.maximum
    pattern = facts.pattern
    values = facts.values
    isSensitive = facts.isSensitive
    isMasked = facts.isMasked
    holdsSensitive = facts.holdsSensitive
    isDeprecated = facts.isDeprecated
    isUnion = facts.isUnion
    isDocument = facts.isDocument
    isEventStream = facts.isEventStream
    isStreaming = facts.isStreaming
    timestampFormat = facts.timestampFormat
    members = facts.members
    element = facts.element
    key = facts.key
    traits = facts.traits
    elementTraits = facts.elementTraits
    keyTraits = facts.keyTraits
    payload = facts.payload
    places =
      members.count > Self.few
      ? Dictionary(zip(members.lazy.map(\.name), members.indices)) { first, _ in first } : nil
    valueSet = values.count > Self.few ? Set(values) : nil
  }

  /// Whether a text is one of the known values.
  package func hasValue(at id: NodeID, in document: Document) -> Bool {
    guard let valueSet else { return values.contains { document.hasText($0, at: id) } }
    return valueSet.contains(document.string(of: id))
  }

  /// The member of a structure with that name.
  package func member(_ name: String) -> Member? {
    guard let places else { return members.first { $0.name == name } }
    return places[name].map { members[$0] }
  }

  /// The structure's member that a document's key names.
  package func member(at key: NodeID, in document: Document) -> Member? {
    guard places == nil else {
      return document[key].kind == .scalar ? member(document.string(of: key)) : nil
    }
    // By index: retaining a member costs more than comparing its name.
    return members.indices.first { document.hasText(members[$0].name, at: key) }.map { members[$0] }
  }
}

/// The fields of a `Shape` while its operation is unpacked.
struct ShapeFacts {
  let name: String
  let kind: Shape.Kind
  var minimum: ExactNumber?
  var maximum: ExactNumber?
  var pattern: String?
  var values: [String]
  var isSensitive: Bool
  var isMasked = false
  var holdsSensitive = false
  let isDeprecated: Bool
  let isUnion: Bool
  let isDocument: Bool
  let isEventStream: Bool
  let isStreaming: Bool
  let timestampFormat: String?
  var members: [Member] = []
  var element: ShapeID?
  var key: ShapeID?
  let traits: TraitsID
  var elementTraits = TraitsID.none
  var keyTraits = TraitsID.none
  let payload: String?
}

/// A member of a structure; shared, like shapes.
package final class Member: Sendable {
  package let name: String
  package let shape: ShapeID
  package let isRequired: Bool
  package let isDeprecated: Bool
  /// botocore fills in an absent value, even if it is required.
  package let isIdempotencyToken: Bool
  /// Becomes a part of the host name, so it must not be empty.
  package let isHostLabel: Bool
  /// `uri`, `querystring`, `header` or `headers`; `nil` for the body.
  package let location: String?
  /// Whether the value goes into the address or a header, possibly in addition to the body.
  package let isOutsideBody: Bool
  package let locationName: String?
  /// Contains JSON; the client writes it if it goes into a header, elsewhere it is text.
  package let isJSONValue: Bool
  /// Sent as it is read, so it may have any length.
  package let isStreaming: Bool
  /// The parameter of the service's endpoint rules that gets the value.
  package let contextParameter: String?
  /// How the value is written: the member's traits, then those of its shape.
  package let traits: TraitsID

  init(
    name: String, shape: ShapeID, isRequired: Bool, isDeprecated: Bool, isIdempotencyToken: Bool,
    isHostLabel: Bool, location: String?, locationName: String?, isJSONValue: Bool, isStreaming: Bool,
    contextParameter: String?, traits: TraitsID
  ) {
    self.name = name
    self.shape = shape
    self.isRequired = isRequired
    self.isDeprecated = isDeprecated
    self.isIdempotencyToken = isIdempotencyToken
    self.isHostLabel = isHostLabel
    self.location = location
    isOutsideBody = isHostLabel || location != nil
    self.locationName = locationName
    self.isJSONValue = isJSONValue
    self.isStreaming = isStreaming
    self.contextParameter = contextParameter
    self.traits = traits
  }
}

/// Wire traits, by their index in their operation's table.
package struct TraitsID: Hashable, Sendable {
  package let index: Int

  /// Traits with nothing set.
  package static let none = TraitsID(index: 0)
}

/// How a value is written on the wire, as far as that differs from the protocol's default.
///
/// - Source: botocore's `service-2.json`; Smithy 2.0, serialization and protocol traits.
package struct WireTraits: Equatable, Sendable {
  /// The namespace that an element of a request's XML declares.
  package struct XMLNamespace: Equatable, Sendable {
    package let prefix: String?
    package let uri: String
  }

  package internal(set) var locationName: String?
  /// The name in an EC2 query, which takes precedence over `locationName`.
  package internal(set) var queryName: String?
  /// `iso8601`, `unixTimestamp` or `rfc822`.
  package internal(set) var timestampFormat: String?
  package internal(set) var xmlNamespace: XMLNamespace?
  /// Items are siblings, without an enclosing list.
  package internal(set) var isFlattened = false
  package internal(set) var isXMLAttribute = false

  /// Only the protocol's defaults.
  package init() {}
}

/// One operation with all the shapes that its input reaches; shared by all requests that call it.
package final class Operation: Sendable {
  package let service: String
  package let name: String
  package let method: String
  package let requestURI: String
  /// `nil` if the service supports no known protocol.
  package let wireProtocol: WireProtocol?
  package let isDeprecated: Bool
  /// AWS's documentation page for the operation.
  package let documentation: String
  /// `nil` for an operation without input.
  package let input: ShapeID?
  /// How the input as a whole is written.
  package let inputTraits: TraitsID
  /// Prepended to the host name, with members' names in braces; `nil` for most operations.
  package let hostPrefix: String?
  /// Whether the response is an event stream; `false` if the model has no outputs.
  package let hasEventStreamOutput: Bool
  package let clientTraits: ClientTraits
  package let shapes: [Shape]
  let traits: [WireTraits]
  /// Whether endpoint rules get any member, so that its value may decide where the request goes.
  package let hasAddressMembers: Bool

  init(
    service: String, name: String, method: String, requestURI: String, wireProtocol: WireProtocol?,
    isDeprecated: Bool,
    documentation: String, input: ShapeID?, inputTraits: TraitsID, hostPrefix: String?,
    hasEventStreamOutput: Bool, clientTraits: ClientTraits, shapes: [Shape], traits: [WireTraits]
  ) {
    self.service = service
    self.name = name
    self.method = method
    self.requestURI = requestURI
    self.wireProtocol = wireProtocol
    self.isDeprecated = isDeprecated
    self.documentation = documentation
    self.input = input
    self.inputTraits = inputTraits
    self.hostPrefix = hostPrefix
    self.hasEventStreamOutput = hasEventStreamOutput
    self.clientTraits = clientTraits
    self.shapes = shapes
    self.traits = traits
    hasAddressMembers =
      input.map { shapes[$0.index].members.contains { $0.contextParameter != nil } } ?? false
  }

  package subscript(id: ShapeID) -> Shape { shapes[id.index] }
  package subscript(id: TraitsID) -> WireTraits { traits[id.index] }

  /// `SERVICE.OPERATION`.
  package var id: OperationID { OperationID(service: service, operation: name) }

  /// The shape at a path of member names; `nil` if a name does not exist.
  ///
  /// - Shape: any token leads to items of a list and values of a map.
  package func shape(at path: some Sequence<String>) -> Shape? {
    guard let input else { return nil }
    var shape = self[input]
    for token in path {
      switch shape.kind {
      case .structure:
        guard let member = shape.member(token) else { return nil }
        shape = self[member.shape]
      case .list, .map:
        guard let element = shape.element else { return nil }
        shape = self[element]
      default: return nil
      }
    }
    return shape
  }
}

/// Names an operation of a service.
package struct OperationID: Hashable, Sendable, CustomStringConvertible {
  package let service: String
  package let operation: String

  package init(service: String, operation: String) {
    self.service = service
    self.operation = operation
  }

  /// Parses `SERVICE.OPERATION`; `nil` without exactly one dot between two names.
  package init?(parsing text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.init(service: String(parts[0]), operation: String(parts[1]))
  }

  package var description: String { "\(service).\(operation)" }
}
