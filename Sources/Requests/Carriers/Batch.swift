internal import Syntax
internal import Verdicts

/// Several envelopes in a list named `requests`, with `defaults` for all.
struct Batch: Carrier {
  var name: String { "batch" }
  var schemaForm: SchemaForm? { .envelopes }
  var frame: CarrierFrame { Envelope.keys }

  func claim(_ document: Document, _ outer: inout OuterNames) -> CarrierClaim {
    let frame = outer.envelopeEntries
    guard let list = frame.requests?.value, !isOwnReport(document) else { return .no }
    let isList = document.items(of: list).contains { item in
      document.value(of: "parameters", in: item) != nil || document.value(of: "operation", in: item) != nil
    }
    if isList { return .surely }
    // A mapping named `requests` alone is more likely something other than a faulty batch.
    let isMeant = document[list].kind != .mapping || frame.defaults != nil
    guard frame.isPlainBatch, isMeant, !outer.isClaimed else { return .no }
    return outer.operationTakes("requests") ? .no : .surely
  }

  /// A report or plan of this tool, which lists requests too.
  private func isOwnReport(_ document: Document) -> Bool {
    let format = document.value(of: "format", in: document.resolve(document.root))
      .map { document.string(of: $0) }
    return ["reqlint-findings/", "reqlint-plan/"].contains { format?.hasPrefix($0) ?? false }
  }

  func read(_ document: Document, into collector: RequestCollector) {
    let frame = collector.outer.envelopeEntries
    if !frame.isPlainBatch {
      collector.checkKeys(
        of: document.resolve(document.root), known: ["requests", "defaults"], what: "a batch",
        at: JSONPointer())
    }
    checkDefaults(frame, in: document, collector)
    guard let list = frame.requests else { return }
    let isNull = document.scalarType(of: list.value) == .null
    guard isNull || document[list.value].kind == .sequence else {
      return collector.report(
        .wrongType, "requests must be a list", at: document.anchorSpan(of: list.value),
        JSONPointer(["requests"]))
    }
    guard document.count(of: list.value) > 0 else {
      return collector.report(
        .emptyDocument, "batch holds no request", hint: "remove it, or write a request",
        at: document.sourceSpan(of: list.key), JSONPointer(["requests"]))
    }
    let defaults = frame.defaults.map { EnvelopeEntries($0.value, in: document) }
    for (index, item) in document.items(of: list.value).enumerated() {
      read(item, of: document, at: JSONPointer(["requests", String(index)]), defaults, collector)
    }
  }

  private func checkDefaults(
    _ frame: EnvelopeEntries, in document: Document, _ collector: RequestCollector
  ) {
    guard let defaults = frame.defaults else { return }
    let pointer = JSONPointer(["defaults"])
    collector.checkKeys(
      of: defaults.value, known: Envelope.keys.names, what: "the defaults of a batch", at: pointer)
    if document[defaults.value].kind != .mapping {
      collector.report(
        .wrongType, "defaults must be a mapping",
        at: collector.place(of: defaults.value, orKey: defaults.key), pointer)
    }
  }

  private func read(
    _ item: NodeID, of document: Document, at pointer: JSONPointer, _ defaults: EnvelopeEntries?,
    _ collector: RequestCollector
  ) {
    let key = document.anchorSpan(of: item)
    guard document[item].kind != .mapping else {
      return Envelope.read(
        EnvelopeEntries(item, in: document), item, key: key, at: pointer, defaults: defaults, into: collector)
    }
    let span = document.sourceSpan(of: item)
    guard document.limitIssue != nil, document.scalarType(of: item) == .null else {
      return collector.report(.wrongType, "a request of a batch must be a mapping", at: span, pointer)
    }
    // A limit left this request out; it still keeps its number.
    collector.addLeftOut(key: key, span: span)
  }
}
