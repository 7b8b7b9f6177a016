package import Syntax

/// The reason that a model, or one of its operations, cannot be used.
package struct ModelFault: Error, Equatable, Sendable {
  package enum Problem: Equatable, Sendable {
    /// The system's error message for the file.
    case unreadable(String)
    case packed(GzipFault)
    case syntax(SyntaxIssue)
    case missing(key: String)
    /// A reference to a shape that does not exist.
    case danglingShape(String)
    /// A shape whose type this version does not know.
    case unknownType(String, shape: String)
    /// A structure that requires itself, or a list or map that contains only itself: no finite value exists.
    case endlessShape(String)
    /// Shapes nested in shapes, endlessly or nearly so.
    case deepShape(String)
  }

  /// The faulty file; the service's name if it is compiled in.
  package let path: String
  package let problem: Problem

  package init(path: String, _ problem: Problem) {
    self.path = path
    self.problem = problem
  }
}

extension ModelFault.Problem: CustomStringConvertible {
  /// One line without a full stop, to follow the path.
  package var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .packed(let fault): "cannot be unpacked: \(fault)"
    case .syntax(let issue): "byte \(issue.span.start): \(issue.message)"
    case .missing(let key): "has no \(key)"
    case .danglingShape(let shape): "names shape \(shape), which it does not describe"
    case .unknownType(let type, let shape): "shape \(shape) is of type \(quote(type)), which is not known"
    case .deepShape(let shape):
      "shape \(shape) lies deeper than \(ServiceModel.depthLimit) levels in an input"
    case .endlessShape(let shape): "shape \(shape) holds itself and nothing else, or requires itself"
    }
  }
}
