internal import Linting
internal import Syntax
internal import Verdicts

/// Which findings a limited number of results is for: errors before warnings before infos before what is suppressed.
struct SARIFSelection {
  /// By rank, from the most severe on.
  private(set) var kept = [0, 0, 0, 0]
  private(set) var droppedCount = 0

  init(_ report: LintReport, limit: Int) {
    for finding in report.findings { kept[Self.rank(of: finding)] += 1 }
    for finding in report.suppressed { kept[Self.rank(of: finding)] += 1 }
    var room = limit
    for rank in kept.indices {
      let taken = min(kept[rank], room)
      droppedCount += kept[rank] - taken
      kept[rank] = taken
      room -= taken
    }
  }

  static func rank(of finding: LocatedFinding) -> Int {
    guard finding.suppression == nil else { return 3 }
    return switch finding.severity {
    case .error: 0
    case .warning: 1
    case .info: 2
    }
  }
}

/// A rule as SARIF describes it.
struct SARIFRule {
  let id: String
  /// `nil` if only the rule's id is known.
  let description: ReportedRule?

  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", id)
      guard let description else {
        writer.key("shortDescription")
        writer.object { $0.member("text", id) }
        return
      }
      let why = description.why.isEmpty ? description.title : description.why
      for (key, text) in [
        ("shortDescription", description.title), ("fullDescription", shortened(why, to: 1000)),
      ] {
        writer.key(key)
        writer.object { $0.member("text", text) }
      }
      writer.member("helpUri", addresses(of: description).first)
      writer.key("help")
      writer.object { writer in
        writer.member("text", help(of: description, why, asMarkdown: false))
        writer.member("markdown", help(of: description, why, asMarkdown: true))
      }
      writer.key("defaultConfiguration")
      writer.object { $0.member("level", description.severity.sarifLevel) }
    }
  }

  /// Sources that a reader can open.
  private func addresses(of rule: ReportedRule) -> [String] {
    rule.sources.filter { $0.hasPrefix("https://") || $0.hasPrefix("http://") }
  }

  private func help(of rule: ReportedRule, _ why: String, asMarkdown: Bool) -> String {
    var paragraphs = [why]
    if let hint = rule.hint { paragraphs.append(asMarkdown ? "**Hint:** \(hint)" : "hint: \(hint)") }
    paragraphs += addresses(of: rule).map { asMarkdown ? "Source: <\($0)>" : "source: \($0)" }
    paragraphs.append(
      asMarkdown ? "`reqlint explain \(rule.id)` tells more." : "reqlint explain \(rule.id) tells more")
    return paragraphs.joined(separator: "\n\n")
  }
}

/// A place in a file; without positions the file as a whole.
struct SARIFPlace {
  let path: String
  let start: Position?
  let end: Position?

  func writeLocations(to writer: inout JSONWriter) {
    writer.key("locations")
    writer.array { writer in
      writer.object { writer in
        writer.key("physicalLocation")
        writer.object { writer in
          Self.writeArtifact(path, to: &writer)
          if let start, let end { Self.writeRegion("region", start, end, to: &writer) }
        }
      }
    }
  }

  static func writeArtifact(_ path: String, to writer: inout JSONWriter) {
    writer.key("artifactLocation")
    writer.object { $0.member("uri", uriReference(ofPath: path)) }
  }

  static func writeRegion(_ key: String, _ start: Position, _ end: Position, to writer: inout JSONWriter) {
    let end = max(start, end)
    writer.key(key)
    writer.object { writer in
      writer.member("startLine", start.line)
      writer.member("startColumn", start.column)
      writer.member("endLine", end.line)
      writer.member("endColumn", end.column)
    }
  }
}

/// Writes a member `message`.
///
/// - Shape: what would make a link, in SARIF's plain text as in Markdown, is broken up.
/// - Source: SARIF 2.1.0, section 3.11.6, embedded links.
func writeMessage(_ text: String, to writer: inout JSONWriter) {
  writer.key("message")
  writer.object { $0.member("text", text.isEmpty ? "(no message)" : text.replacing("](", with: "]\\(")) }
}

extension Severity {
  var sarifLevel: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}
