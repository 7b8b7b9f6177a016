package import Models
package import Syntax
package import Verdicts

/// One call that a file asks for.
///
/// One reference, since everything that looks at a request is handed it.
package final class Request: Sendable {
  /// A text that the file declares for the request, with its place.
  package struct Declared: Sendable {
    package let text: String
    package let span: ByteSpan
    /// Whether the text only stands for one that is known at run time.
    package let isDynamic: Bool
    /// Where in the document the file declares it; `nil` for a directive comment.
    let place: (mapping: JSONPointer, key: String)?

    /// Relative to the document; `nil` for a directive comment.
    package var pointer: JSONPointer? { place.map { JSONPointer($0.mapping.tokens + [$0.key]) } }

    /// `nil` for a text that only stands for one that is known at run time.
    package var knownText: String? { isDynamic ? nil : text }

    /// - Parameter isDynamic: whether the text only stands for one that is known at run time.
    package init(text: String, span: ByteSpan, isDynamic: Bool = false) {
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
  package static func isMoreThanName(_ text: UnsafeBufferPointer<UInt8>, allowsBlanks: Bool = false) -> Bool {
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
  package static func holdsOptions(_ text: [UInt8]) -> Bool {
    text.contains(sequence: Array(" --".utf8)) || text.starts(with: "--".utf8)
  }

  /// The name of the way in which it is written down.
  package let carrier: String
  /// The id that its carrier gives it.
  package let declaredID: Declared?
  /// In the model's spelling; `nil` where service or operation are unknown.
  package let operation: OperationID?
  /// Where the file names the operation; `nil` where the flag or the path does.
  package let operationSpan: ByteSpan?
  package let region: Declared?
  package let account: Declared?
  /// The document of its parameters if that is another than the one that it was found in.
  package let ownDocument: Document?
  /// The value that `ownDocument` was read from, in the document that the request was found in.
  package let ownDocumentSource: NodeID?
  /// `nil` where the carrier has none.
  package let parameters: NodeID?
  /// What a finding about the parameters as a whole points at.
  package let parametersKey: ByteSpan
  /// Where the request begins.
  package let span: ByteSpan

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
package struct BindingIssue: Sendable {
  package let check: BuiltInCheck
  package let message: String
  /// `nil` also where `search` leads to one and has not been asked.
  package internal(set) var hint: String?
  /// What leads to the hint.
  package let search: HintSearch?
  package let span: ByteSpan
  package let pointer: JSONPointer
  package internal(set) var request: Int?
}

/// The requests of one document.
package struct Binding: Sendable {
  /// A request of which nothing can be checked.
  package struct NotEvaluated: Sendable {
    package let reason: String
    package let span: ByteSpan
    package let pointer: JSONPointer
  }

  /// In the order of the document.
  package var requests: [Request] = []
  package var issues: [BindingIssue] = []
  /// Whether nothing says that the document is a request at all.
  package var isUnbound = false
  /// What directives hold that is no part of one, and may be anything.
  package internal(set) var strays: [ByteSpan] = []
  /// Requests whose operation is known at run time only.
  package internal(set) var notEvaluated: [NotEvaluated] = []
  /// The document with what its carrier has marked; `nil` if that is nothing.
  package internal(set) var marked: Document?
  /// The carrier of the requests; `nil` for an unbound document.
  package internal(set) var carrier: (any Carrier)?

  package init() {}
}
