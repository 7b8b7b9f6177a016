package import Syntax

/// A way to write requests.
///
/// To add one, write its file and list it in `Carriers.all`. `CarrierOfTestsTests` has an example that builds its own
/// documents and has values that are known only at run time; no built-in carrier needs these features yet.
///
/// Conformers have no state, so copying one costs nothing.
package protocol Carrier: Sendable {
  /// Its name in reports.
  var name: String { get }

  /// Whether, and how surely, a document is written in this way.
  ///
  /// - Parameter outer: what is known about the operation from outside the document's value; mutable because it caches
  ///   its lookups.
  func claim(_ document: Document, _ outer: inout OuterNames) -> CarrierClaim

  /// Collects the requests of a document that this carrier claims.
  ///
  /// - Shape: in text order. Report what is wrong with a request before adding it, under `collector.count`. Report a
  ///   document without any request, or it passes unnoticed. A document that exceeds a limit arrives as its outline,
  ///   with values missing.
  func read(_ document: Document, into collector: RequestCollector)

  /// The parameters of a document that names no operation; `nil` if such documents always name one.
  ///
  /// Called if the path nearly names an operation.
  func unnamedParameters(in document: Document) -> NodeID?

  /// Whether a text that cannot be parsed may contain requests of this carrier.
  func mayHoldRequests(_ bytes: [UInt8]) -> Bool

  /// Words that precede names of operations and services in a text that cannot be parsed.
  var marks: CarrierMarks { get }

  /// The parts of the document around the parameters that may be shown.
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

/// How surely a document is written in a carrier's way.
package enum CarrierClaim: Int, Comparable, Sendable {
  case no
  /// Only because something else names the operation; a carrier with a sure claim takes precedence.
  case weakly
  case surely

  package static func < (left: CarrierClaim, right: CarrierClaim) -> Bool { left.rawValue < right.rawValue }
}

/// Words that precede names in a text that cannot be parsed.
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

/// Keys of the frame whose values may be shown; hidden nodes belong to the frame.
///
/// All other values are masked in excerpts and messages. Keys match at every depth, even if misspelt.
package struct CarrierFrame: Sendable {
  /// Keys whose values are names, such as `service`.
  package var names: [String] = []
  /// Keys whose values are other texts, such as `description`.
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

/// The kind of file that a JSON Schema describes.
package enum SchemaForm: Sendable {
  /// The parameters alone.
  case parameters
  /// Envelopes and batches.
  case envelopes
}

/// All carriers, in the order of their claims.
package enum Carriers {
  package static let all: [any Carrier] = [
    Envelope(),
    Batch(),
    BareInput(),
  ]

  /// The carrier with a name, as used in reports.
  package static func named(_ name: String) -> (any Carrier)? { all.first { $0.name == name } }
}
