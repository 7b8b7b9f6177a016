internal import Syntax
internal import Wire

extension WireFault {
  /// The fault in words, without any value.
  func message(in document: Document, parameters: NodeID?) -> String {
    func member(_ id: NodeID?) -> String {
      guard let id else { return "a value" }
      let outside = parameters.map { document.path(to: $0).count } ?? 0
      return document.pointer(document.path(to: id).dropFirst(outside)).description
    }
    return switch self {
    case .unknownProtocol(let names): "protocol \(names.joined(separator: ", ")) is not known"
    case .eventStreamInput(let name): "member \(name) is a stream of events, which no file can hold"
    case .missingLabel(let name): "member \(name) is part of the path, but missing"
    case .emptyLabel(let name): "member \(name) is part of the address, but empty"
    case .unfit(let id, let place): "\(member(id)) cannot stand in \(place.words)"
    case .notBase64(let id): "\(member(id)) is not base64"
    case .notTimestamp(let id): "\(member(id)) is no time"
    }
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
