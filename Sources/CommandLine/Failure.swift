internal import Models
internal import Syntax

/// Why a run cannot do what it was asked.
enum Failure: Error {
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)
  case changedMeanwhile(path: String)
  case unknownOperation(String, suggestion: String?)
  case unknownMember(String, owner: String, known: [String], suggestion: String?)
  case unknownTopic(String, suggestion: String?)
  case unknownService(String, suggestion: String?)
  case badTime(String)
  case badReport(String, formats: [String])
  case reportOverInput(String)
  case reportToStandardOutput(String)
  case sharedOutput(String)
  case emptyPack(path: String)
  case badCatalogInput(path: String, reason: String)
  case badPlan(path: String, reason: String)
  case badBaseline(path: String, position: Position, problem: String)

  /// One line without a full stop.
  var message: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
    case .changedMeanwhile(let path): "\(path): changed while it was being fixed; left alone"
    case .unknownOperation(let name, let near):
      "operation \(quote(name)) is not in the catalog"
        + (OperationID(written: name) == nil ? ", write SERVICE.OPERATION" : "") + Self.didYouMean(near)
    case .unknownMember(let name, let owner, let known, let near):
      "\(owner) has no member \(quote(name))" + (known.isEmpty ? ", and no other" : "")
        + Self.didYouMean(near)
    case .unknownTopic(let name, let near):
      "there is no rule, service or operation \(quote(name))" + Self.didYouMean(near)
    case .unknownService(let name, let near):
      "service \(quote(name)) is not in the catalog" + Self.didYouMean(near)
    case .badTime(let text): "--now \(quote(text)) is no RFC 3339 date-time such as 2026-11-20T12:00:00Z"
    case .badReport(let text, let formats):
      "--report \(quote(text)) is not FORMAT=FILE with a format of \(formats.joined(separator: ", "))"
    case .reportToStandardOutput(let text):
      "--report \(quote(text)) names no file; --format decides what goes to standard output"
    case .sharedOutput(let path): "\(path): two outputs would go to this file"
    case .reportOverInput(let path): "\(path): a report would overwrite a file that is to be read"
    case .emptyPack(let path): "\(path): holds no rule file (.yaml)"
    case .badCatalogInput(let path, let reason): "\(path): \(reason)"
    case .badBaseline(let path, let position, let problem):
      "\(path):\(position.line):\(position.column): the baseline \(problem)"
    case .badPlan(let path, let reason): "\(path): is no plan to rely on: \(reason)"
    }
  }

  private static func didYouMean(_ near: String?) -> String { near.map { "; did you mean \($0)?" } ?? "" }
}

/// What the process answers to its caller.
enum ExitStatus: Int32 {
  case clean = 0
  case findings = 1
  case failed = 2
  case faultOfReqlint = 3
}
