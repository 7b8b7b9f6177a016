package import Models
package import Syntax
package import Verdicts

/// One call that a file requests.
///
/// A class, since everything that looks at a request refers to it.
package final class Request: Sendable {
  /// A text that the file declares for the request, with its place.
  package struct Declared: Sendable {
    package let text: String
    package let span: ByteSpan
    /// Whether the text is a placeholder for one that is known only at run time.
    package let isDynamic: Bool
    /// Where in the document it is declared; `nil` for a directive comment.
    let place: (mapping: JSONPointer, key: String)?

    /// Relative to the document; `nil` for a directive comment.
    package var pointer: JSONPointer? { place.map { JSONPointer($0.mapping.tokens + [$0.key]) } }

    /// `nil` if the text is a placeholder for one that is known only at run time.
    package var knownText: String? { isDynamic ? nil : text }

    /// - Parameter isDynamic: whether the text is a placeholder for one that is known only at run time.
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

  /// Whether a text of an envelope may be more than a name: secret values, such as options of a command.
  ///
  /// - Shape: contains quotes, brackets, an equals sign or a blank; if blanks are allowed, they do not count, but a
  ///   word that begins with a hyphen does.
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

  /// Whether a text continues like a command line, whose options may contain anything.
  package static func holdsOptions(_ text: [UInt8]) -> Bool {
    text.contains(sequence: Array(" --".utf8)) || text.starts(with: "--".utf8)
  }

  /// The name of its carrier.
  package let carrier: String
  /// The id that its carrier declares.
  package let declaredID: Declared?
  /// In the model's spelling; `nil` if the service or operation is unknown.
  package let operation: OperationID?
  /// Where the file names the operation; `nil` if the flag or the path does.
  package let operationSpan: ByteSpan?
  package let region: Declared?
  package let account: Declared?
  /// The document of its parameters if it is not the one in which the request was found.
  package let ownDocument: Document?
  /// The value, in the document with the request, from which `ownDocument` was read.
  package let ownDocumentSource: NodeID?
  /// `nil` if the carrier has none.
  package let parameters: NodeID?
  /// Where a finding about the parameters as a whole points.
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

/// A problem with how requests are written in a document.
///
/// - Shape: `request` counts the requests of the document from 0.
package struct BindingIssue: Sendable {
  package let check: BuiltInCheck
  package let message: String
  /// `nil` also if `search` has not been run yet.
  package internal(set) var hint: String?
  /// The search for the hint.
  package let search: HintSearch?
  package let span: ByteSpan
  package let pointer: JSONPointer
  package internal(set) var request: Int?
}

/// The requests of one document.
package struct Binding: Sendable {
  /// A request that cannot be checked at all.
  package struct NotEvaluated: Sendable {
    package let reason: String
    package let span: ByteSpan
    package let pointer: JSONPointer
  }

  /// In the order of the document.
  package var requests: [Request] = []
  package var issues: [BindingIssue] = []
  /// Whether nothing shows that the document is a request.
  package var isUnbound = false
  /// Words of directives that belong to no directive; they may be anything.
  package internal(set) var strays: [ByteSpan] = []
  /// Requests whose operation is known only at run time.
  package internal(set) var notEvaluated: [NotEvaluated] = []
  /// The document with its carrier's marks; `nil` if there are none.
  package internal(set) var marked: Document?
  /// The carrier of the requests; `nil` for an unbound document.
  package internal(set) var carrier: (any Carrier)?

  package init() {}
}
