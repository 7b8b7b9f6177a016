import Models
import Requests
import Syntax
import Testing
import Verdicts

/// What binding the only document of a text gives, in lines that tests can write.
struct Bound {
  /// `SERVICE.OPERATION`, with what is declared: `es.CreatePackage id=a region=eu-west-1`; `?` for an unknown one.
  let requests: [String]
  /// `unknown-key 3:1-3:4 /foo`, with `#0` behind for a request's own.
  let issues: [String]
  /// Message and hint.
  let words: [String]
  let isUnbound: Bool

  init(
    _ text: String, as notation: Document.Notation = .yaml, path: String = "request.yaml",
    operation: String? = nil
  ) throws {
    let source = SourceText(text)
    var documents: [Document] = []
    readDocuments(source, as: notation, limits: Limits()) { parsed in
      if case .document(let document) = parsed { documents.append(document) }
    }
    let document = try #require(documents.first)
    let models = LoadedModels(.builtIn)
    let binding = Binder(operation: operation.flatMap { OperationID(parsing: $0) })
      .bind(document, path: PathParts(of: path), models: models)
    let lines = LineIndex(source)
    requests = binding.requests.map { request in
      let declared = [
        ("id", request.declaredID?.text), ("region", request.region?.text),
        ("account", request.account?.text),
      ]
      return
        ([request.operation?.description ?? "?"]
        + declared.compactMap { name, text in text.map { "\(name)=\($0)" } })
        .joined(separator: " ")
    }
    issues = binding.issues.map { issue in
      let start = lines.position(of: issue.span.start)
      let end = lines.position(of: issue.span.end)
      let pointer = issue.pointer.tokens.isEmpty ? "" : " \(issue.pointer)"
      let request = issue.request.map { " #\($0)" } ?? ""
      let place = "\(start.line):\(start.column)-\(end.line):\(end.column)"
      return "\(issue.check.id) \(place)\(pointer)\(request)"
    }
    words = binding.issues.map { issue in issue.hint.map { "\(issue.message) | \($0)" } ?? issue.message }
    isUnbound = binding.isUnbound
  }
}
