internal import Linting
internal import Models
internal import Requests
internal import Syntax

/// Decides which schema validates each request file.
struct FileSurvey {
  private var models: LoadedModels
  private let binder = Binder()
  /// Files by their schema; that of envelopes has no operations yet.
  private var files: [SchemaFile: [String]] = [:]
  private var envelopeOperations: Set<OperationID> = []
  /// Files that have no schema, with the reason.
  private(set) var notes: [String] = []

  init(catalog: Catalog) { models = LoadedModels(catalog) }

  /// - Throws: `Failure.unreadable`.
  mutating func add(_ file: FoundFile) throws(Failure) {
    guard let path = file.path else {
      notes.append("standard input has no path for an editor to know it by")
      return
    }
    let text = SourceText(try readFile(path, refusingBeyond: InputBound.data))
    var documents: [Document] = []
    var isBroken = text.fault != nil
    if !isBroken {
      readDocuments(text, as: file.notation(of: text), limits: Limits()) { parsed in
        switch parsed {
        case .document(let document): documents.append(document)
        case .issue: isBroken = true
        }
      }
    }
    guard !isBroken else {
      if !file.isDiscovered || binder.looksLikeRequests(text, path: file.parts, models: models) {
        notes.append("\(file.shown): passed over, since it cannot be parsed")
      }
      return
    }
    add(documents, of: file)
  }

  private mutating func add(_ documents: [Document], of file: FoundFile) {
    var kinds: Set<SchemaFile> = []
    var operations: Set<OperationID> = []
    var isUnknown = false
    for document in documents {
      let binding = binder.bind(
        document, path: file.parts, configured: file.binding, suggestsOperations: false, findsHints: false,
        models: models)
      guard !binding.isUnbound else { continue }
      for request in binding.requests {
        guard let id = request.operation else {
          isUnknown = true
          continue
        }
        operations.insert(id)
        kind(of: request, id, in: document).map { _ = kinds.insert($0) }
      }
    }
    if isUnknown {
      notes.append("\(file.shown): passed over, since not every request names an operation that exists")
    } else if let kind = kinds.first, kinds.count == 1 {
      files[kind, default: []].append(file.shown)
      if kind == .envelope([]) { envelopeOperations.formUnion(operations) }
    } else if kinds.count > 1 {
      notes.append(
        "\(file.shown): passed over, since its requests need several schemas and a file can have one")
    }
  }

  /// The schema for a request; `nil` if none describes the way in which it is written down.
  private func kind(of request: Request, _ id: OperationID, in document: Document) -> SchemaFile? {
    switch Carriers.named(request.carrier)?.schemaForm {
    case nil: return nil
    case .parameters: return .bare(id)
    case .envelopes:
      // The place of a name that the request has itself lies within the document's value.
      let value = document.sourceSpan(of: document.resolve(document.root))
      let isNamed = request.operationSpan.map { $0.start >= value.start && $0.end <= value.end } ?? false
      return isNamed ? .envelope([]) : .boundEnvelope(id)
    }
  }

  /// Every schema that is needed, with its files, sorted by name.
  var schemaFiles: [(schema: SchemaFile, files: [String])] {
    files.map { schema, files in
      let operations = envelopeOperations.sorted { $0.description < $1.description }
      return (schema == .envelope([]) ? .envelope(operations) : schema, files)
    }
    .sorted { $0.0.name < $1.0.name }
  }
}
