internal import Syntax

/// The entries of a mapping that may be an envelope or a batch, found in one walk.
struct EnvelopeEntries {
  static let envelopeKeys = ["service", "operation", "parameters", "region", "account", "id", "description"]

  private(set) var service: Document.Entry?
  private(set) var operation: Document.Entry?
  private(set) var parameters: Document.Entry?
  private(set) var region: Document.Entry?
  private(set) var account: Document.Entry?
  private(set) var id: Document.Entry?
  private(set) var description: Document.Entry?
  private(set) var requests: Document.Entry?
  private(set) var defaults: Document.Entry?
  private var hasOthers = false

  /// - Shape: the last of repeated keys counts.
  init(_ mapping: NodeID, in document: Document) {
    for entry in document.entries(of: mapping) {
      take(entry, in: document)
    }
  }

  private mutating func take(_ entry: Document.Entry, in document: Document) {
    let key = entry.key
    switch document.firstByte(of: key) {
    case UInt8(ascii: "s") where document.hasText("service", at: key): service = entry
    case UInt8(ascii: "o") where document.hasText("operation", at: key): operation = entry
    case UInt8(ascii: "p") where document.hasText("parameters", at: key): parameters = entry
    case UInt8(ascii: "r") where document.hasText("region", at: key): region = entry
    case UInt8(ascii: "r") where document.hasText("requests", at: key): requests = entry
    case UInt8(ascii: "a") where document.hasText("account", at: key): account = entry
    case UInt8(ascii: "i") where document.hasText("id", at: key): id = entry
    case UInt8(ascii: "d") where document.hasText("description", at: key): description = entry
    case UInt8(ascii: "d") where document.hasText("defaults", at: key): defaults = entry
    default: hasOthers = true
    }
  }

  /// Whether all keys are those of an envelope.
  var isPlainEnvelope: Bool { !hasOthers && requests == nil && defaults == nil }

  /// Whether all keys are those of a batch.
  var isPlainBatch: Bool {
    !hasOthers && [service, operation, parameters, region, account, id, description].allSatisfy { $0 == nil }
  }
}
