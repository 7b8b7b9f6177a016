import Models
import Syntax
import Testing
import Wire

/// A service with one operation, made for a test.
struct TestedService {
  var metadata = #""protocol": "rest-json""#
  var http = #"{"method": "POST", "requestUri": "/"}"#
  var endpoint = "{}"
  /// More facts of the operation, with a comma at the start.
  var operation = ""
  /// The members of the input, as JSON.
  var members: String
  /// What the input says of itself, with a comma at the end.
  var traits = ""
  /// More shapes, with a comma at the start.
  var shapes = ""

  /// A member of every kind.
  static let kinds = """
    "Text": {"shape": "Text"}, "Flag": {"shape": "Flag"}, "Whole": {"shape": "Whole"},
    "Single": {"shape": "Single"}, "Double": {"shape": "Double"}, "Blob": {"shape": "Blob"},
    "When": {"shape": "When"}, "Items": {"shape": "Items"}, "Table": {"shape": "Table"},
    "Part": {"shape": "Part"}, "Parts": {"shape": "Parts"}, "Free": {"shape": "Free"}
    """

  private static let shapes = """
    "Text": {"type": "string"}, "Flag": {"type": "boolean"}, "Whole": {"type": "long"},
    "Single": {"type": "float"}, "Double": {"type": "double"}, "Blob": {"type": "blob"},
    "When": {"type": "timestamp"}, "Items": {"type": "list", "member": {"shape": "Text"}},
    "Table": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    "Part": {"type": "structure", "members": {"Inner": {"shape": "Text"}, "Part": {"shape": "Part"}}},
    "Parts": {"type": "list", "member": {"shape": "Part"}},
    "Free": {"type": "structure", "document": true, "members": {}},
    "Stream": {"type": "structure", "eventstream": true, "members": {}}
    """

  /// The metadata of a service that speaks one protocol.
  static func metadata(_ name: String) -> String {
    """
    "protocol": "\(name)", "apiVersion": "2026-01-01", "jsonVersion": "1.1", "targetPrefix": "Tested"
    """
  }

  func call(_ parameters: String, as notation: Document.Notation = .yaml) throws -> Call {
    let json = """
      {"metadata": {\(metadata)},
       "operations": {"Put": {"http": \(http), "endpoint": \(endpoint),
         "input": {"shape": "PutRequest", "locationName": "Put"}\(operation)}},
       "shapes": {"PutRequest": {"type": "structure", \(traits) "members": {\(members)}},
         \(Self.shapes)\(shapes)}}
      """
    let model = try ServiceModel(name: "tested", json: SourceText(json))
    let operation = try #require(try model.operation("Put"))
    let document = try Self.document(parameters, as: notation)
    return Call(
      operation: operation, service: model.metadata, document: document, parameters: document.root)
  }

  func request(
    _ parameters: String, as notation: Document.Notation = .yaml, options: WireOptions = WireOptions()
  ) throws -> HTTPRequest {
    try httpRequest(for: try call(parameters, as: notation), options: options)
  }

  /// The request's body as text, or what keeps it from being written.
  func body(_ parameters: String, as notation: Document.Notation = .yaml) throws -> String {
    do {
      return String(decoding: try request(parameters, as: notation).body, as: UTF8.self)
    } catch let fault as WireFault {
      return Self.describe(fault)
    }
  }

  /// Names a fault without the place of its value.
  static func describe(_ fault: WireFault) -> String {
    switch fault {
    case .unfit(_, let place): "unfit for \(place)"
    case .notBase64: "not base64"
    case .notTimestamp: "not a timestamp"
    default: "\(fault)"
    }
  }

  static func document(_ text: String, as notation: Document.Notation) throws -> Document {
    var found: Document?
    readDocuments(SourceText(text), as: notation, limits: Limits()) { parsed in
      if case .document(let document) = parsed { found = document }
    }
    return try #require(found)
  }
}
