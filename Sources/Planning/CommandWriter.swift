internal import Models
internal import Rules
internal import Syntax
internal import Wire

/// Writes commands of the AWS CLI: the one that sends a request, and those to run afterwards.
struct CommandWriter {
  /// The input of a command, apart from the operation.
  struct Parameters {
    /// Compact JSON, UTF-8.
    let json: [UInt8]
    let hasBlob: Bool
    /// Whether a number is among them that JSON lacks.
    let hasNonFiniteNumber: Bool
    let document: Document
    let root: NodeID
  }

  /// What the table has for an operation.
  private struct Entry {
    let words: [String]
    let obstacle: CommandTable.Obstacle?
    let rewrite: CommandTable.Rewrite?
  }

  private let table = CommandTable()
  private var entries: [OperationID: Entry] = [:]
  private let options: EndpointOptions
  private let hasUsableEndpointURL: Bool

  init(_ options: EndpointOptions) {
    self.options = options
    hasUsableEndpointURL = options.hasUsableEndpointURL
  }

  /// The words of a command, and what to know of it; no words where none can be written, and then why.
  mutating func command(
    for operation: OperationID, _ parameters: Parameters, region: String?
  ) -> (words: [String], note: String?) {
    let entry = entry(for: operation)
    if let obstacle = entry.obstacle { return ([], obstacle.rawValue) }
    if parameters.hasNonFiniteNumber {
      return ([], "its parameters hold a number that is not finite, and JSON has no such number")
    }
    if let rewrite = entry.rewrite, rewrite.applies(to: parameters.root, in: parameters.document) {
      return ([], "the AWS CLI changes \(rewrite.member) before it sends it")
    }
    if let problem = problem(of: region) { return ([], problem) }
    var words: [String] = []
    words.reserveCapacity(entry.words.count + 9)
    words.append("aws")
    words += entry.words
    // Whatever the configuration says of blobs.
    if parameters.hasBlob { words += ["--cli-binary-format", "base64"] }
    words.append("--cli-input-json")
    words.append(String(decoding: parameters.json, as: UTF8.self))
    appendTarget(region, to: &words)
    return (words, note(hasBlob: parameters.hasBlob))
  }

  /// A command line to run afterwards; `nil` where it could not name the region or the endpoint.
  func followUp(_ words: [String], region: String?) -> String? {
    guard problem(of: region) == nil else { return nil }
    var words = words
    appendTarget(region, to: &words)
    return shellLine(words)
  }

  private mutating func entry(for operation: OperationID) -> Entry {
    if let known = entries[operation] { return known }
    let entry = Entry(
      words: table.words(for: operation),
      obstacle: table.obstacle(to: operation, hasEndpoint: options.endpointURL != nil),
      rewrite: table.rewrite(of: operation))
    entries[operation] = entry
    return entry
  }

  private func appendTarget(_ region: String?, to words: inout [String]) {
    if let region {
      words.append("--region")
      words.append(region)
    }
    if let url = options.endpointURL {
      words.append("--endpoint-url")
      words.append(url)
    }
  }

  /// What keeps the region or the endpoint out of a command line.
  private func problem(of region: String?) -> String? {
    if let problem = region.flatMap({ problemAsOptionValue($0) }) { return "the region \(problem)" }
    // Addresses of endpoints are not loaded.
    return hasUsableEndpointURL ? nil : "the endpoint is not the address of a host"
  }

  private func note(hasBlob: Bool) -> String? {
    guard hasBlob || options.usesFIPS || options.usesDualStack else { return nil }
    var notes: [String] = []
    if hasBlob {
      notes.append(
        "blobs are written in base64, which version 2 of the AWS CLI decodes; version 1 knows no --cli-binary-format"
          + " and refuses the command")
    }
    let variables = endpointVariables(usesFIPS: options.usesFIPS, usesDualStack: options.usesDualStack)
    if !variables.isEmpty {
      let settings = variables.map { "\($0.name)=\($0.value)" }.joined(separator: " and ")
      notes.append("needs \(settings) in the environment")
    }
    return notes.joined(separator: "; ")
  }
}
