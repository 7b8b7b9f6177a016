public import Models
public import Syntax
public import Verdicts

/// One call that a file asks for.
///
/// One reference, since everything that looks at a request is handed it.
public final class Request: Sendable {
  /// A text that the file declares for the request, with its place.
  public struct Declared: Sendable {
    public let text: String
    public let span: ByteSpan
    /// Whether the text only stands for one that is known at run time.
    public let isDynamic: Bool
    /// Where in the document the file declares it; `nil` for a directive comment.
    let place: (mapping: JSONPointer, key: String)?

    /// Relative to the document; `nil` for a directive comment.
    public var pointer: JSONPointer? { place.map { JSONPointer($0.mapping.tokens + [$0.key]) } }

    /// `nil` for a text that only stands for one that is known at run time.
    public var knownText: String? { isDynamic ? nil : text }

    /// - Parameter isDynamic: whether the text only stands for one that is known at run time.
    public init(text: String, span: ByteSpan, isDynamic: Bool = false) {
      self.init(text: text, span: span, isDynamic: isDynamic, place: nil)
    }

    init(text: String, span: ByteSpan, isDynamic: Bool = false, place: (mapping: JSONPointer, key: String)?) {
      self.text = text
      self.span = span
      self.isDynamic = isDynamic
      self.place = place
    }
  }

  /// Whether a text of an envelope may be more than a name: values that must not be shown, such as options of a command.
  ///
  /// - Shape: holds quotes, brackets, an equals sign or a blank; where blanks are allowed, a word that begins with a
  ///   hyphen.
  public static func isMoreThanName(_ text: UnsafeBufferPointer<UInt8>, allowsBlanks: Bool = false) -> Bool {
    var isAfterBlank = false
    for byte in text {
      switch Unicode.Scalar(byte) {
      case " " where allowsBlanks: isAfterBlank = true
      case "\0"..." ", "\"", "'", "`", "=", "(", ")", "{", "}", "[", "]", "<", ">", ",", ";": return true
      case "-" where isAfterBlank: return true
      default: isAfterBlank = false
      }
    }
    return false
  }

  /// Whether a text goes on as a command line does, whose options may hold anything.
  public static func holdsOptions(_ text: [UInt8]) -> Bool {
    text.contains(sequence: Array(" --".utf8)) || text.starts(with: "--".utf8)
  }

  /// The name of the way in which it is written down.
  public let carrier: String
  /// The id that its carrier gives it.
  public let declaredID: Declared?
  /// In the model's spelling; `nil` where service or operation are unknown.
  public let operation: OperationID?
  /// Where the file names the operation; `nil` where the flag or the path does.
  public let operationSpan: ByteSpan?
  public let region: Declared?
  public let account: Declared?
  /// The document of its parameters if that is another than the one that it was found in.
  public let ownDocument: Document?
  /// The value that `ownDocument` was read from, in the document that the request was found in.
  public let ownDocumentSource: NodeID?
  /// `nil` where the carrier has none.
  public let parameters: NodeID?
  /// What a finding about the parameters as a whole points at.
  public let parametersKey: ByteSpan
  /// Where the request begins.
  public let span: ByteSpan

  init(
    carrier: String, declaredID: Declared?, operation: OperationID?, operationSpan: ByteSpan?,
    region: Declared?,
    account: Declared?, ownDocument: Document?,
    ownDocumentSource: NodeID?, parameters: NodeID?, parametersKey: ByteSpan, span: ByteSpan
  ) {
    self.carrier = carrier
    self.declaredID = declaredID
    self.operation = operation
    self.operationSpan = operationSpan
    self.region = region
    self.account = account
    self.ownDocument = ownDocument
    self.ownDocumentSource = ownDocumentSource
    self.parameters = parameters
    self.parametersKey = parametersKey
    self.span = span
  }
}

/// What is wrong with the way requests are written in a document.
///
/// - Shape: `request` counts the requests of the document from 0.
public struct BindingIssue: Sendable {
  public let check: BuiltInCheck
  public let message: String
  /// `nil` also where `search` leads to one and has not been asked.
  public internal(set) var hint: String?
  /// What leads to the hint.
  public let search: HintSearch?
  public let span: ByteSpan
  public let pointer: JSONPointer
  public internal(set) var request: Int?
}

/// The requests of one document.
public struct Binding: Sendable {
  /// A request of which nothing can be checked.
  public struct NotEvaluated: Sendable {
    public let reason: String
    public let span: ByteSpan
    public let pointer: JSONPointer
  }

  /// In the order of the document.
  public var requests: [Request] = []
  public var issues: [BindingIssue] = []
  /// Whether nothing says that the document is a request at all.
  public var isUnbound = false
  /// What directives hold that is no part of one, and may be anything.
  public internal(set) var strays: [ByteSpan] = []
  /// Requests whose operation is known at run time only.
  public internal(set) var notEvaluated: [NotEvaluated] = []
  /// The document with what its carrier has marked; `nil` if that is nothing.
  public internal(set) var marked: Document?
  /// The carrier of the requests; `nil` for an unbound document.
  public internal(set) var carrier: (any Carrier)?

  public init() {}
}
