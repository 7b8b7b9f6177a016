internal import Syntax

/// A source that holds the catalog's files in memory.
protocol CatalogFileSource: ModelSource {
  /// The contents of a file; `nil` if there is no such file.
  func bytes(of file: String) -> [UInt8]?
}

extension CatalogFileSource {
  func service(_ name: String) throws(ModelFault) -> ServiceModel? {
    guard hasService(name), let json = bytes(of: name) else { return nil }
    return try ServiceModel(name: name, json: SourceText(json))
  }

  func modelJSON(of service: String) throws(ModelFault) -> [UInt8]? {
    hasService(service) ? bytes(of: service) : nil
  }

  func endpointRules(of service: String) -> [UInt8]? { bytes(of: service + CatalogFile.rulesSuffix) }

  func partitionTable() -> [UInt8]? { bytes(of: CatalogFile.partitionsName) }

  func metadata(of service: String) -> ServiceMetadata? {
    let key = Array("\"metadata\":".utf8)
    guard let bytes = bytes(of: service), let start = bytes.firstIndex(of: key, from: 0),
      let open = bytes[start...].firstIndex(of: UInt8(ascii: "{"))
    else { return nil }
    var depth = 0
    let close = bytes[open...].firstIndex { byte in
      if byte == UInt8(ascii: "{") { depth += 1 } else if byte == UInt8(ascii: "}") { depth -= 1 }
      return depth == 0
    }
    let object = SourceText(
      Array("{\"metadata\":".utf8) + bytes[open...(close ?? open)] + [UInt8(ascii: "}")])
    guard case .document(let document) = readJSON(object, limits: Limits()) else { return nil }
    return ServiceMetadata(document)
  }

  func sensitiveNames() -> Set<String>? {
    guard let bytes = bytes(of: CatalogFile.sensitiveName),
      case .document(let document) = readJSON(SourceText(bytes), limits: Limits())
    else { return nil }
    return Set(document.items(of: document.root).map { document.string(of: $0) })
  }
}
