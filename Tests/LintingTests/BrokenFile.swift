import Syntax

/// Numbers that are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// - Source: SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A request file with faults, made by chance.
struct BrokenFile {
  private(set) var text: String
  let notation: Document.Notation
  let lineBreak: String

  private var numbers: SeededNumbers
  private var commentCount = 0
  private var anchorCount = 0

  /// A member of an operation with the ways to write its value, right ones and wrong ones.
  private struct Field {
    let name: String
    let values: [String]
    let isOften: Bool

    init(_ name: String, _ values: [String], often: Bool = true) {
      self.name = name
      self.values = values
      isOften = often
    }
  }

  private enum Style: CaseIterable { case block, flow, json }
  private enum Carrier: CaseIterable { case bare, envelope, batch }

  init(seed: UInt64) {
    numbers = SeededNumbers(seed: seed)
    let style = Style.allCases.randomElement(using: &numbers) ?? .block
    let breaks = style == .json ? ["\n", "\r\n"] : ["\n", "\n", "\r\n", "\r"]
    lineBreak = breaks.randomElement(using: &numbers) ?? "\n"
    notation = style == .json ? .json : .yaml
    text = ""
    var text = numbers.chance(10) ? "\u{FEFF}" : ""
    let documents = style == .json ? 1 : numbers.chance(25) ? 2 : 1
    for index in 0..<documents {
      if index > 0 { text += "---\n" }
      text += document(style)
    }
    if numbers.chance(15), text.hasSuffix("\n") { text.removeLast() }
    self.text = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineBreak)
  }

  // MARK: Documents

  private mutating func document(_ style: Style) -> String {
    let (operation, fields) = Self.operations.randomElement(using: &numbers) ?? ("", [])
    let names = operation.split(separator: ".")
    switch style == .json ? .envelope : Carrier.allCases.randomElement(using: &numbers) ?? .bare {
    case .bare:
      return "# reqlint: \(operation)\(comment())\n" + parameters(fields, style, indent: 0) + ending(style)
    case .envelope where style == .json:
      return "{\n  \"service\": \"\(names[0])\",\n  \"operation\": \"\(names[1])\",\n  \"parameters\": "
        + parameters(fields, style, indent: 2) + "\n}\n"
    case .envelope:
      return "service: \(names[0])\(comment())\noperation: \(names[1])\nparameters:"
        + (style == .flow ? " " : "\(comment())\n") + parameters(fields, style, indent: 2) + ending(style)
    case .batch:
      var text = "defaults: {service: \(names[0]), operation: \(names[1])}\nrequests:\(comment())\n"
      for _ in 0..<Int.random(in: 1...3, using: &numbers) {
        text += "  - description: Größe\n    parameters:" + (style == .flow ? " " : "\n")
        text += parameters(fields, style, indent: 6) + ending(style)
      }
      return text
    }
  }

  private mutating func ending(_ style: Style) -> String { style == .block ? "" : comment() + "\n" }

  private mutating func parameters(_ fields: [Field], _ style: Style, indent: Int) -> String {
    var chosen: [Field] = []
    for field in fields where numbers.chance(field.isOften ? 90 : 45) { chosen.append(field) }
    if chosen.isEmpty { chosen = [fields[0]] }
    if numbers.chance(30) { chosen.shuffle(using: &numbers) }
    let entries = chosen.map { entry($0, style) }
    let margin = String(repeating: " ", count: indent)
    switch style {
    case .block:
      var text = ""
      for entry in entries {
        if numbers.chance(20) { text += margin + "#c\(commentNumber()) über \(entry.prefix(3))\n" }
        text += margin + entry + comment() + "\n"
        if numbers.chance(8) { text += "\n" }
      }
      return text
    case .flow where numbers.chance(50): return "{" + entries.joined(separator: ", ") + "}"
    case .json where numbers.chance(30): return "{" + entries.joined(separator: ",") + "}"
    case .flow, .json:
      var text = "{\n"
      for (index, entry) in entries.enumerated() {
        let isLast = index == entries.count - 1
        if style == .flow, numbers.chance(15) { text += margin + "  #c\(commentNumber()) between\n" }
        text += margin + "  " + entry + (isLast ? "" : ",") + (style == .flow ? comment() : "") + "\n"
      }
      return text + margin + "}"
    }
  }

  private mutating func entry(_ field: Field, _ style: Style) -> String {
    var name = field.name
    if numbers.chance(20) { name = misspelt(name) }
    var value = field.values.randomElement(using: &numbers) ?? "a"
    if style == .json { return "\"\(name)\": \(Self.json(value))" }
    switch Int.random(in: 0..<10, using: &numbers) {
    case 0: name = "\"\(name)\""
    case 1: name = "'\(name)'"
    default: break
    }
    if numbers.chance(5) {
      anchorCount += 1
      value = "&a\(anchorCount) \(value)"
    } else if numbers.chance(3), anchorCount > 0, style == .block {
      value = "*a\(anchorCount)"
    }
    return "\(name): \(value)"
  }

  private mutating func misspelt(_ name: String) -> String {
    let first = name.prefix(1)
    switch Int.random(in: 0..<4, using: &numbers) {
    case 0: return (first == first.uppercased() ? first.lowercased() : first.uppercased()) + name.dropFirst()
    case 1: return name.lowercased()
    case 2: return name.uppercased()
    default:
      return name.reduce(into: "") { $0 += $1.isUppercase && !$0.isEmpty ? "-\($1.lowercased())" : "\($1)" }
    }
  }

  private mutating func comment() -> String {
    numbers.chance(30) ? " #c\(commentNumber()) wofür, {so}: 'ist' das" : ""
  }

  private mutating func commentNumber() -> Int {
    commentCount += 1
    return commentCount
  }

  /// A value in the language of JSON.
  private static func json(_ value: String) -> String {
    if value.hasPrefix("'") { return "\"\(value.dropFirst().dropLast())\"" }
    let isLiteral = value == "true" || value == "false" || (Int(value) != nil && !value.hasPrefix("0"))
    return isLiteral || value.hasPrefix("\"") || value.hasPrefix("{") ? value : "\"\(value)\""
  }

  // MARK: Operations

  private static let times = [
    "1796090400000", "1796090400", "2026-12-01T10:00:00Z", "'2026-12-01T10:00:00+01:00'", "\"1796090400000\"",
    "2026-12-01", "1796090400.5",
  ]
  private static let schedules = [
    "NOW", "TIMESTAMP", "OFF_PEAK_WINDOW", "now", "'timestamp'", "off-peak-window",
  ]
  private static let versions = ["3", "'3'", "\"12\"", "007", "1_0", "true", "1.10"]
  private static let modes = [
    "NONE", "CURRENT_VERSION", "MINOR_VERSION", "MAJOR_VERSION", "current-version", "'minor_version'",
  ]
  private static let proton = [
    Field("deploymentType", modes), Field("templateMajorVersion", versions, often: false),
    Field("templateMinorVersion", versions, often: false),
    Field("clientToken", ["abc", "0123", "yes"], often: false),
  ]
  private static let operations: [(String, [Field])] = [
    (
      "opensearch.StartServiceSoftwareUpdate",
      [
        Field("DomainName", ["logs-prod", "'logs-prod'", "123", "\"logs\""]), Field("ScheduleAt", schedules),
        Field("DesiredStartTime", times),
      ]
    ),
    (
      "es.StartElasticsearchServiceSoftwareUpdate",
      [Field("DomainName", ["logs-prod", "true", "2026-12-01"])]
    ),
    (
      "opensearch.CreatePackage",
      [
        Field("PackageName", ["package-a", "'package-b'"]),
        Field("PackageType", ["TXT-DICTIONARY", "txt_dictionary", "ZIP-PLUGIN", "zip-plugin"]),
        Field("PackageDescription", ["10", "yes", "some text", "12:30:45", "0x1F"]),
        Field("EngineVersion", ["OpenSearch_2.11", "2.11"], often: false),
      ]
    ),
    (
      "proton.UpdateServiceInstance",
      [Field("name", ["orders-prod", "7"]), Field("serviceName", ["orders", "'orders'", "42"])] + proton
    ),
    ("proton.UpdateServicePipeline", [Field("serviceName", ["orders", "true"])] + proton),
    (
      "rds.CreateDBInstance",
      [
        Field("DBInstanceIdentifier", ["a", "7"]), Field("DBInstanceClass", ["db.t3.micro"]),
        Field("Engine", ["mysql", "'mysql'"]),
        Field("AllocatedStorage", ["20", "'20'", "1_000", "010", "0o17"]),
        Field("MultiAZ", ["yes", "true", "'false'", "Off", "True"]),
        Field("Port", ["3306", "\"3306\"", "0x1F"]),
        Field("MasterUserPassword", ["12345678", "'secret-1'", "yes"], often: false),
      ]
    ),
  ]
}

extension SeededNumbers {
  /// True in so many of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
