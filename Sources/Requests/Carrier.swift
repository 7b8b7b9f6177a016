package import Syntax

/// A way in which requests are written down.
///
/// To add one, write its file and name it in `Carriers.all`. `CarrierOfTestsTests` shows one with documents of its own
/// and values that are known at run time only; no built-in carrier needs these yet.
///
/// Conformers hold no state, so handing one on costs nothing.
package protocol Carrier: Sendable {
  /// The name in reports.
  var name: String { get }

  /// Whether a document is written in this way.
  ///
  /// - Parameter outer: what is known of the operation from outside the document's value; mutable because it keeps what
  ///   it looks up.
  func claim(_ document: Document, _ outer: inout OuterNames) -> CarrierClaim

  /// Hands over the requests of a document that this carrier claims.
  ///
  /// - Shape: in the order of the text. What is wrong with a request is reported before the request is added, under
  ///   `collector.count`. A document without any request must be reported, or it passes unnoticed. A document that
  ///   exceeds a limit arrives as its outline, in which values are missing.
  func read(_ document: Document, into collector: RequestCollector)

  /// Where the parameters are if the document names no operation; `nil` if such documents always name it.
  ///
  /// Asked when the path nearly names an operation.
  func unnamedParameters(in document: Document) -> NodeID?

  /// Whether a text that cannot be parsed may hold requests of this carrier.
  func mayHoldRequests(_ bytes: [UInt8]) -> Bool

  /// Words before the names of operations and services in a text that cannot be parsed.
  var marks: CarrierMarks { get }

  /// What of the document around the parameters may be shown.
  var frame: CarrierFrame { get }

  /// The kind of JSON Schema that describes a file of this carrier; `nil` if there is none.
  var schemaForm: SchemaForm? { get }
}

extension Carrier {
  package func unnamedParameters(in document: Document) -> NodeID? { nil }
  package func mayHoldRequests(_ bytes: [UInt8]) -> Bool { false }
  package var marks: CarrierMarks { CarrierMarks() }
  package var frame: CarrierFrame { CarrierFrame() }
  package var schemaForm: SchemaForm? { nil }
}

/// How sure a carrier is that a document is written in its way.
package enum CarrierClaim: Int, Comparable, Sendable {
  case no
  /// Only because something else names the operation; a carrier that is sure comes first.
  case weakly
  case surely

  package static func < (left: CarrierClaim, right: CarrierClaim) -> Bool { left.rawValue < right.rawValue }
}

/// Words before names in a text that cannot be parsed.
package struct CarrierMarks: Sendable {
  /// Before a service and an operation, as in `aws es create-package`.
  package var commands: [String] = []
  /// Before names of operations.
  package var operations: [String] = []
  /// Before names of services.
  package var services: [String] = []

  package init(commands: [String] = [], operations: [String] = [], services: [String] = []) {
    self.commands = commands
    self.operations = operations
    self.services = services
  }
}

/// What may be shown of a document around the parameters of its requests, hidden parts of the parameters included.
///
/// Everything else is masked in excerpts and messages. Keys count at every depth, and so do misspelt ones.
package struct CarrierFrame: Sendable {
  /// Keys of names, such as `service`.
  package var names: [String] = []
  /// Keys of other texts, such as `description`.
  package var texts: [String] = []
  /// Keys of lists of such frames.
  package var lists: [String] = []
  /// Keys of mappings that are such frames.
  package var mappings: [String] = []

  package init(
    names: [String] = [], texts: [String] = [], lists: [String] = [], mappings: [String] = []
  ) {
    self.names = names
    self.texts = texts
    self.lists = lists
    self.mappings = mappings
  }
}

/// What a JSON Schema for a file describes.
package enum SchemaForm: Sendable {
  /// The parameters alone.
  case parameters
  /// Envelopes and batches.
  case envelopes
}

/// All carriers, in the order in which they are asked.
package enum Carriers {
  package static let all: [any Carrier] = [
    Envelope(),
    Batch(),
    BareInput(),
  ]

  /// The carrier of a name, as reports give it.
  package static func named(_ name: String) -> (any Carrier)? { all.first { $0.name == name } }
}
