import Foundation
import Linting
import Models
import Syntax
import TestSupport
import Testing
import Verdicts

/// botocore's own tests of its validator: what it refuses is refused here; maxima, which it passes over, are too.
@Suite(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"))
struct ValidatorSuiteTests {
  struct Case {
    let id: String
    let model: Data
    let parameters: String
    let isAccepted: Bool
  }

  /// Rules of the errors found where botocore finds none.
  static let stricter: [String: [String]] = [
    "TestValidateRanges.test_does_not_validate_greater_than_range": ["too-large", "too-large"],
    "TestValidateRanges.test_does_not_validate_list_max_length_constraint": ["too-long"],
    "TestValidateRanges.test_does_not_validate_max_when_only_max_value_specified": ["too-long"],
    "TestValidateRanges.test_does_not_validate_string_max_length_contraint": ["too-long"],
  ]

  /// All cases whose parameters are JSON, each with a model around its shapes.
  private static func cases() throws -> [Case] {
    let suite =
      try JSONSerialization.jsonObject(with: Suites.file("botocore-validate.json")) as? [String: Any]
    let cases = try #require(suite?["cases"] as? [[String: Any]])
    return try cases.filter { $0["params_are_plain_json"] as? Bool == true }.map { test in
      var shapes = try #require(test["shapes"] as? [String: [String: Any]])
      for (name, shape) in shapes {
        switch shape["type"] as? String {
        case "list" where shape["member"] == nil: shapes[name]?["member"] = ["shape": "StrType"]
        case "map" where shape["key"] == nil:
          shapes[name]?["key"] = ["shape": "StrType"]
          shapes[name]?["value"] = ["shape": "StrType"]
        default: break
        }
      }
      let model: [String: Any] = [
        "metadata": ["endpointPrefix": "tested"], "shapes": shapes,
        "operations": ["Put": ["input": ["shape": try #require(test["input_shape"])]]],
      ]
      let parameters = try JSONSerialization.data(
        withJSONObject: #require(test["params"]), options: [.fragmentsAllowed, .sortedKeys])
      return Case(
        id: try #require(test["id"] as? String), model: try JSONSerialization.data(withJSONObject: model),
        parameters: String(decoding: parameters, as: UTF8.self), isAccepted: try #require(test["ok"] as? Bool)
      )
    }
  }

  @Test func verdicts() throws {
    let cases = try Self.cases()
    #expect(cases.count == 28)
    for test in cases {
      let catalog = Catalog(source: "tests", files: [("tested", "tested", Array(test.model))])
      let linted = try Linted(
        SourceText(test.parameters), as: .json, operation: "tested.Put", catalog: catalog, rules: [])
      let errors = linted.result.findings.filter { $0.severity == .error }.map(\.rule)
      if test.isAccepted {
        #expect(errors == Self.stricter[test.id] ?? [], "\(test.id): \(linted.messages)")
      } else {
        #expect(!errors.isEmpty, "\(test.id): \(test.parameters)")
      }
    }
  }
}
