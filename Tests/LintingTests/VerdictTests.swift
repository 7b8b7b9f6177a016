import Foundation
import Linting
import Models
import Syntax
import TestSupport
import Testing
import Verdicts

/// Inputs with what botocore's validator says of them: what it refuses is an error here, and more is.
///
/// - Source: `botocore-verdicts.json` beside the suites, recorded by running botocore.
@Suite(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"))
struct VerdictTests {
  struct Verdict: Decodable {
    let id: String
    let service: String
    let operation: String
    let accepted: Bool

    enum CodingKeys: String, CodingKey {
      case id, service, operation
      case accepted = "botocore_accepts"
    }
  }

  private struct Table: Decodable { let cases: [Verdict] }

  /// What is found in each, errors first, without the end of Proton; those that are good have nothing.
  static let expected: [String: [String]] = [
    "valid_es_start": [],
    "valid_es_package": [],
    "valid_os_start": [],
    "valid_instance": ["warning none-without-change"],
    "valid_pipeline": ["warning placeholder-spec"],
    // Refused by botocore too.
    "missing_required": ["error missing-parameter"],
    "missing_two_required": ["error missing-parameter", "error missing-parameter"],
    "wrong_type_int_for_string": ["error wrong-type"],
    "null_for_required_string": ["error wrong-type"],
    "unknown_member": ["error unknown-parameter"],
    "os_member_on_es_op": ["error unknown-parameter"],
    "empty_string_below_min": ["error pattern-mismatch", "error too-short"],
    "too_short": ["error too-short"],
    "nested_unknown": ["error unknown-parameter"],
    "nested_wrong_type": ["error wrong-type"],
    "nested_too_short": ["error too-short"],
    "os_empty_s3key": ["error too-short"],
    "os_nested_required_missing": ["error missing-parameter"],
    "long_as_string": ["error wrong-type"],
    "long_as_float": ["error wrong-type", "warning desired-start-time-in-seconds"],
    "bool_as_string": ["error wrong-type"],
    "pipeline_missing_spec": ["error missing-parameter"],
    "pipeline_unknown_clientToken": ["error unknown-parameter", "warning placeholder-spec"],
    "instance_empty_spec": ["error too-short"],
    "instance_spec_dict": ["error wrong-type"],
    "instance_major_int": ["error wrong-type", "warning major-version-without-spec"],
    "params_not_object": ["error wrong-type"],
    // Accepted by botocore, refused by the service or its documentation.
    "too_long_29": ["error too-long"],
    "bad_pattern_uppercase": ["error pattern-mismatch"],
    "pattern_prefix_only": ["error pattern-mismatch"],
    "bad_enum_package_type": ["error unknown-value"],
    "bad_enum_case": ["error unknown-value"],
    "empty_enum": ["error unknown-value"],
    "empty_nested_struct": ["warning package-source-incomplete"],
    "es_empty_s3key": ["warning empty-object-key"],
    "description_1025": ["error too-long"],
    "os_package_name_29_on_es": ["error too-long"],
    "os_bad_engine_version": ["error engine-version-without-zip-plugin", "error pattern-mismatch"],
    "timestamp_without_time": ["error timestamp-without-desired-start-time"],
    "time_without_timestamp": ["error desired-start-time-without-timestamp"],
    "long_as_bool": ["error wrong-type"],
    "long_negative": ["error desired-start-time-not-epoch"],
    "long_over_64bit": ["error integer-overflow"],
    "instance_spec_51201": ["error too-long", "warning placeholder-spec"],
    "instance_major_bad_pattern": ["error pattern-mismatch", "warning major-version-without-spec"],
    "instance_current_with_minor": [
      "error versions-with-current-version", "warning current-version-without-spec",
    ],
    "instance_bad_deployment_type": ["error unknown-value"],
    "instance_token_65": ["error too-long", "warning none-without-change"],
    "instance_token_space": ["error pattern-mismatch", "warning none-without-change"],
    "instance_name_slash": ["error pattern-mismatch", "warning none-without-change"],
  ]

  private static func bytes() throws -> [UInt8] { try Suites.bytes("../domain/botocore-verdicts.json") }

  private static func verdicts() throws -> [Verdict] {
    try JSONDecoder().decode(Table.self, from: Data(bytes())).cases
  }

  @Test func everyCaseIsKnown() throws {
    #expect(Set(try Self.verdicts().map(\.id)) == Set(Self.expected.keys))
  }

  @Test func whatBotocoreRefusesIsAnError() throws {
    for verdict in try Self.verdicts() where !verdict.accepted {
      #expect(Self.expected[verdict.id]?.contains { $0.hasPrefix("error ") } == true, "\(verdict.id)")
    }
  }

  @Test(arguments: [Document.Notation.json, .yaml])
  func findings(_ notation: Document.Notation) throws {
    let source = SourceText(try Self.bytes())
    for (index, verdict) in try Self.verdicts().enumerated() {
      let parameters = try Self.parameters(ofCase: index, in: source, as: notation)
      let text =
        notation == .json
        ? #"{"service": "\#(verdict.service)", "operation": "\#(verdict.operation)", "parameters": \#(parameters)}"#
        : "service: \(verdict.service)\noperation: \(verdict.operation)\nparameters:\(parameters)\n"
      let linted = try Linted(text, as: notation)
      let found = linted.result.findings.filter { !Linted.background.contains($0.rule) }
        .map { "\($0.severity) \($0.rule)" }.sorted()
      #expect(found == Self.expected[verdict.id], "\(verdict.id): \(linted.messages)")
      let hasError = found.contains { $0.hasPrefix("error ") }
      #expect(linted.result.requests.map { $0.verdict == .fail } == [hasError], "\(verdict.id)")
    }
  }

  /// The parameters as they stand in the table, or written again as block YAML.
  private static func parameters(
    ofCase index: Int, in source: SourceText, as notation: Document.Notation
  ) throws -> String {
    guard case .document(let document) = readJSON(source, limits: Limits()) else {
      throw CocoaError(.fileReadCorruptFile)
    }
    let pointer = JSONPointer(["cases", String(index), "params"])
    let value = try #require(document.follow(pointer, from: document.root).value)
    switch notation {
    case .json: return String(decoding: source.bytes[document[value].span.range], as: UTF8.self)
    case .yaml: return blockYAML(value, of: document, indentation: "  ")
    }
  }

  private static func blockYAML(_ id: NodeID, of document: Document, indentation: String) -> String {
    switch document[id].kind {
    case .mapping where document.count(of: id) == 0: return " {}"
    case .sequence: return " []"
    case .mapping:
      return document.entries(of: id).map { entry in
        let value = blockYAML(entry.value, of: document, indentation: indentation + "  ")
        return "\n\(indentation)\(document.string(of: entry.key)):\(value)"
      }.joined()
    case .scalar where document.scalarType(of: id) == .string:
      return " '\(document.string(of: id).replacing("'", with: "''"))'"
    case .scalar, .alias: return " \(document.string(of: id))"
    }
  }
}
