import Foundation
import Models
import Syntax
import TestSupport
import Testing

@testable import CatalogDifference

/// Nothing that two models may differ in goes untold: every fact of a model is changed in turn.
@Suite struct CatalogDifferenceCompletenessTests {
  private static let model = """
    {"metadata": {"endpointPrefix": "some", "protocol": "json", "auth": ["a"], "awsQueryCompatible": {}},
     "operations": {
       "Get": {"http": {"method": "GET", "requestUri": "/"}, "deprecated": true, "staticContextParams": {"A": {"value": true}}},
       "Put": {"http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "In", "locationName": "x",
         "xmlNamespace": {"uri": "u"}}, "endpoint": {"hostPrefix": "a."}, "httpChecksum": {"requestAlgorithmMember": "A"}}},
     "shapes": {
       "In": {"type": "structure", "required": ["A", "L"], "payload": "A", "members": {
         "A": {"shape": "S", "location": "uri", "locationName": "a", "idempotencyToken": true},
         "L": {"shape": "List", "hostLabel": true, "contextParam": {"name": "n"}},
         "M": {"shape": "Map", "jsonvalue": true}, "U": {"shape": "Union"}, "N": {"shape": "Number"}}},
       "List": {"type": "list", "member": {"shape": "S", "locationName": "i"}, "min": 1, "max": 9, "flattened": true},
       "Map": {"type": "map", "key": {"shape": "S", "locationName": "k"}, "value": {"shape": "In", "locationName": "v"}},
       "Union": {"type": "structure", "union": true, "members": {"S": {"shape": "S"}}},
       "Number": {"type": "integer", "box": true, "min": -1},
       "S": {"type": "string", "enum": ["a", "b"], "pattern": "p", "sensitive": true}}}
    """

  /// The model with one key removed, one value changed or one item dropped, for every one that there is.
  private static func variants(of value: Any, at path: String = "") -> [(path: String, value: Any)] {
    switch value {
    case let object as [String: Any]:
      return object.keys.sorted().flatMap { key -> [(path: String, value: Any)] in
        var without = object
        without[key] = nil
        let inner = variants(of: object[key] ?? NSNull(), at: "\(path)/\(key)").map { variant in
          (variant.path, object.merging([key: variant.value]) { $1 } as Any)
        }
        return [("\(path)/\(key) removed", without)] + inner
      } + [("\(path) with another key", object.merging(["pattern": "future"]) { $1 })]
    case let list as [Any]:
      return [("\(path) shortened", Array(list.dropLast())), ("\(path) turned", Array(list.reversed()))]
    case let text as String: return [("\(path) changed", text == "S" ? "Number" : "S")]
    case let flag as Bool: return [("\(path) changed", !flag)]
    case let number as Int: return [("\(path) changed", number + 1)]
    default: return []
    }
  }

  private static func imports(_ json: Data) throws -> CatalogImport {
    try CatalogImport(
      BotocoreData(path: "data", files: [BotocoreFile(path: "some/1/service-2.json", bytes: Array(json))]))
  }

  @Test func everyFactIsTold() throws {
    let before = try #require(try Self.imports(Data(Self.model.utf8)).service("some"))
    let catalog = Catalog(source: "old", files: [("some", "some", before.json)])
    let root = try JSONSerialization.jsonObject(with: Data(Self.model.utf8))
    var comparedCount = 0
    for variant in Self.variants(of: root) {
      let imports = try Self.imports(
        JSONSerialization.data(withJSONObject: variant.value, options: .sortedKeys))
      // Most models with a key less cannot be used at all.
      guard let after = try? imports.service("some"), !isSame(before.json, after.json) else { continue }
      comparedCount += 1
      let difference = CatalogDifference(from: catalog, to: imports, source: "new")
      let told = difference.changes.filter { $0.key != "text" && $0.kind != .reordered }
      #expect(!told.isEmpty || variant.path.hasSuffix("turned"), "\(variant.path)")
      #expect(!difference.changes.isEmpty, "\(variant.path)")
    }
    #expect(comparedCount > 60)
  }

  /// Whether two models say the same in whatever order.
  private func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let values = [left, right].map { try? JSONSerialization.jsonObject(with: Data($0)) as? NSDictionary }
    return values[0] == values[1]
  }
}
