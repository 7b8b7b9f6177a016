internal import Linting
internal import Syntax
internal import Wire

extension WireFault {
  /// The fault in words, without any value.
  func message(in document: Document, parameters: NodeID?) -> String {
    let member = pointer(in: document, parameters: parameters)?.description ?? "a value"
    return switch self {
    case .unknownProtocol(let names): "protocol \(names.joined(separator: ", ")) is not known"
    case .eventStreamInput(let name): "member \(name) is a stream of events, which no file can hold"
    case .missingLabel(let name): "member \(name) is part of the path, but missing"
    case .emptyLabel(let name): "member \(name) is part of the address, but empty"
    case .unfit(_, let place): "\(member) cannot stand in \(place.words)"
    case .notBase64: "\(member) is not base64"
    case .notTimestamp(let id):
      mayBeTime(document.string(of: id))
        ? "what is sent is not shown, since \(member) is a time that clients read differently"
        : "\(member) is not a time"
    }
  }
}

extension WireFault {
  /// The value at fault, below the parameters; `nil` if the file has none.
  func pointer(in document: Document, parameters: NodeID?) -> JSONPointer? {
    let id: NodeID? =
      switch self {
      case .unfit(let id, _): id
      case .notBase64(let id), .notTimestamp(let id): id
      case .emptyLabel(let member): parameters.flatMap { document.value(of: member, in: $0) }
      case .unknownProtocol, .eventStreamInput, .missingLabel: nil
      }
    guard let id else { return nil }
    let outside = parameters.map { document.path(to: $0).count } ?? 0
    return document.pointer(document.path(to: id).dropFirst(outside))
  }
}

extension WireFault.Place {
  fileprivate var words: String {
    switch self {
    case .hostName: "the host's name"
    case .bucket: "the place of a bucket's name"
    case .path: "the path"
    case .query: "the query"
    case .headerName: "a header's name"
    case .header: "a header"
    case .payload: "the body"
    case .form: "a form"
    case .xml: "XML"
    case .cbor: "CBOR"
    }
  }
}
