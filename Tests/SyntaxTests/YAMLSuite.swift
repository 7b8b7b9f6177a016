import Foundation
import TestSupport

@testable import Syntax

/// One case of yaml-test-suite, and what bare libyaml 0.2.5 makes of it.
struct YAMLCase {
  enum Verdict: String, Decodable {
    case ok
    /// Valid, but libyaml reads other events.
    case diff
    /// Valid, but refused.
    case error
    case invalidAccepted = "invalid-accepted"
    case invalidRejected = "invalid-rejected"

    var isAccepted: Bool { self == .ok || self == .diff || self == .invalidAccepted }
  }

  struct Result: Decodable {
    let libyaml: Verdict
    /// Expected line and libyaml's.
    let firstDifference: [String]?

    enum CodingKeys: String, CodingKey { case libyaml, firstDifference = "first_diff" }
  }

  let id: String
  let input: [UInt8]
  let expected: [String]
  let json: [UInt8]?
  let result: Result

  static func all() throws -> [YAMLCase] {
    let results = try JSONDecoder()
      .decode([String: Result].self, from: Suites.file("yaml/libyaml-0.2.5-results.json"))
    return try results.sorted { $0.key < $1.key }
      .map { id, result in
        let events = try Suites.bytes("yaml/\(id)/test.event")
        return YAMLCase(
          id: id, input: try Suites.bytes("yaml/\(id)/in.yaml"),
          expected: String(decoding: events, as: UTF8.self).split(separator: "\n").map { String($0) },
          json: try? Suites.bytes("yaml/\(id)/in.json"), result: result)
      }
  }

  /// The events of the text in the suite's notation, and the fault that ends them, if any.
  func events() -> (lines: [String], fault: YAMLFault?) {
    var lines: [String] = []
    let source = SourceText(input)
    let fault = source.bytes.withUnsafeBufferPointer { bytes in
      withYAMLEvents(bytes, from: 0, isASCII: source.isASCII) { event in
        lines.append(event.notation)
        return true
      }
    }
    return (lines, fault)
  }
}

extension YAMLEvent {
  /// The event as a line of `test.event`.
  fileprivate var notation: String {
    let properties = (anchor.map { " &\($0)" } ?? "") + (tag.map { " <\($0)>" } ?? "")
    switch kind {
    case .streamStart: return "+STR"
    case .streamEnd: return "-STR"
    case .documentStart: return isImplicitDocument ? "+DOC" : "+DOC ---"
    case .documentEnd: return isImplicitDocument ? "-DOC" : "-DOC ..."
    case .alias: return "=ALI *\(anchor ?? "")"
    case .sequenceStart: return "+SEQ\(style == .flow ? " []" : "")\(properties)"
    case .sequenceEnd: return "-SEQ"
    case .mappingStart: return "+MAP\(style == .flow ? " {}" : "")\(properties)"
    case .mappingEnd: return "-MAP"
    case .scalar: return "=VAL\(properties) \(sign)\(escapedText)"
    }
  }

  private var sign: String {
    switch style {
    case .singleQuoted: "'"
    case .doubleQuoted: "\""
    case .literal: "|"
    case .folded: ">"
    default: ":"
    }
  }

  private var escapedText: String {
    String(decoding: text, as: UTF8.self).unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\t": escaped += "\\t"
      case "\r": escaped += "\\r"
      case "\u{8}": escaped += "\\b"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }
}
