public import Models
public import Syntax

/// What a client puts on the wire for a call, minus signing and what differs from run to run.
public struct HTTPRequest: Equatable, Sendable {
  /// A header, its name spelt as botocore does.
  public struct Header: Equatable, Sendable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public var method: String
  /// Path and query below the endpoint, percent-encoded; begins with `/`.
  public var target: String
  /// Stands before the endpoint's host, with its dot at the end; empty for most operations.
  public var hostPrefix: String
  public var headers: [Header]
  public var body: [UInt8]

  public init(
    method: String, target: String, hostPrefix: String = "", headers: [Header] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.target = target
    self.hostPrefix = hostPrefix
    self.headers = headers
    self.body = body
  }
}

/// One call with its parameters, ready to be written in its service's protocol.
public struct Call: Sendable {
  public let operation: Operation
  public let service: ServiceMetadata
  public let document: Document
  /// A mapping; `nil` for a call without parameters.
  public let parameters: NodeID?

  public init(operation: Operation, service: ServiceMetadata, document: Document, parameters: NodeID?) {
    self.operation = operation
    self.service = service
    self.document = document
    self.parameters = parameters
  }
}
