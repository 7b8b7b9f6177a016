internal import Models
internal import Syntax

/// One request with its names: `service`, `operation` and `parameters`, and further declarations.
struct Envelope: Carrier {
  var name: String { "envelope" }
  var schemaForm: SchemaForm? { .envelopes }
  var frame: CarrierFrame { Self.keys }
  var marks: CarrierMarks {
    CarrierMarks(commands: ["aws "], operations: ["operation"], services: ["service"])
  }

  /// The keys of envelopes and of the batches that contain them.
  static let keys = CarrierFrame(
    names: ["service", "operation", "region", "account"], texts: ["id", "description"], lists: ["requests"],
    mappings: ["defaults"])

  func claim(_ document: Document, _ outer: inout OuterNames) -> CarrierClaim {
    let frame = outer.envelopeEntries
    let marks = [frame.service, frame.operation, frame.parameters].count { $0 != nil }
    if marks >= 2 || isCommandAlone(frame, in: document) { return .surely }
    guard frame.parameters != nil, frame.isPlainEnvelope, outer.isBound else { return .no }
    // An envelope that is named from outside, unless the operation itself has such a member.
    return outer.operationTakes("parameters") ? .no : .surely
  }

  /// Whether a command such as `aws s3api list-buckets` is all that names the request.
  private func isCommandAlone(_ frame: EnvelopeEntries, in document: Document) -> Bool {
    guard let operation = frame.operation, frame.isPlainEnvelope else { return false }
    return OperationID(command: document.string(of: operation.value)) != nil
  }

  func read(_ document: Document, into collector: RequestCollector) {
    let root = document.resolve(document.root)
    Self.read(
      collector.outer.envelopeEntries, root, key: document.anchorSpan(of: root), at: JSONPointer(),
      defaults: nil,
      into: collector)
  }

  func unnamedParameters(in document: Document) -> NodeID? {
    let frame = EnvelopeEntries(document.resolve(document.root), in: document)
    return frame.isPlainEnvelope ? frame.parameters?.value : nil
  }

  func mayHoldRequests(_ bytes: [UInt8]) -> Bool {
    func holds(_ word: String) -> Bool { bytes.contains(sequence: Array(word.utf8)) }
    return holds("operation") && (holds("service") || holds("parameters"))
  }

  private static let defaultsPlace = JSONPointer(["defaults"])

  /// Reads one envelope.
  ///
  /// - Parameters:
  ///   - key: where a finding about missing parameters points.
  ///   - pointer: to the envelope.
  ///   - defaults: a batch's defaults for all its requests.
  static func read(
    _ frame: EnvelopeEntries, _ node: NodeID, key: ByteSpan, at pointer: JSONPointer,
    defaults: EnvelopeEntries?,
    into collector: RequestCollector
  ) {
    let document = collector.document
    if !frame.isPlainEnvelope {
      collector.checkKeys(
        of: node, known: EnvelopeEntries.envelopeKeys, what: "a request", at: pointer,
        request: collector.count)
    }
    func field(
      _ field: RequestCollector.Field, _ own: Document.Entry?, _ common: Document.Entry?
    ) -> Request.Declared? {
      collector.text(field, own, at: pointer) ?? collector.text(field, common, at: defaultsPlace)
    }
    var request = CarriedRequest(
      parameters: frame.parameters?.value,
      parametersKey: frame.parameters.map { document.sourceSpan(of: $0.key) } ?? key,
      span: document.sourceSpan(of: node))
    request.namesPlace = key
    request.pointer = pointer
    request.service = field(.service, frame.service, defaults?.service)
    request.operation = field(.operation, frame.operation, defaults?.operation)
    _ = collector.text(.description, frame.description, at: pointer)
    request.id = collector.text(.id, frame.id, at: pointer)
    request.region = field(.region, frame.region, defaults?.region)
    request.account = field(.account, frame.account, defaults?.account)
    collector.add(request)
  }
}
