package import Models
internal import Syntax

/// A kind of endpoint other than the usual one.
package enum EndpointVariant: Equatable, Sendable { case fips, dualStack }

/// The reason that a service has no endpoint for a request.
package enum EndpointFault: Error, Equatable, Sendable {
  /// The rules' own words.
  case refused(String)
  /// A region that is not valid as part of a host name.
  case invalidRegion(String)
  /// An address that is not http or https with a host, or that has more than a path after the host.
  case invalidEndpointURL(String)
  case unsupported(EndpointVariant, partition: String)
  case variantOfGivenEndpoint(EndpointVariant)
  case faultyRules(service: String, EndpointRulesFault)
  /// The rules require a parameter that comes from the operation or the account.
  case missingParameter(service: String, name: String)
  /// The rules reject an ordinary name in place of values that are known only at run time.
  case unknownMembers([String])
  /// The rules lead to something that is not the address of a host.
  case invalidResult(String)
  case noPartitions
  case faultyPartitions(EndpointRulesFault)
  case unusableModel(ModelFault)

  /// The fault in words, on one line.
  package var message: String {
    switch self {
    case .refused(let words): return words.unicodeScalars.reduce(into: "") { $0 += visible($1) }
    case .invalidRegion(let region):
      return "region \(quote(region)) is not made of letters, digits and inner hyphens, 63 at most"
    case .invalidEndpointURL(let url):
      return "endpoint \(quote(url)) is not http:// or https:// with a host, and at most a port and a path"
    case .unsupported(let variant, let partition):
      return "partition \(partition) has no \(variant.name) endpoints"
    case .variantOfGivenEndpoint(let variant):
      return "an endpoint that is given cannot be made a \(variant.name) one"
    case .faultyRules(let service, let fault):
      return "the endpoint rules of \(service) are faulty: \(fault.words)"
    case .missingParameter(let service, let name):
      return "the endpoint rules of \(service) need \(quote(name)), which is not known here"
    case .unknownMembers(let names):
      return "the address depends on \(names.joined(separator: ", ")), known at run time only"
    case .invalidResult(let url):
      return "the endpoint rules lead to \(quote(url)), which is no address of a host"
    case .noPartitions: return "the catalog has no table of partitions"
    case .unusableModel(let fault): return "\(fault.path): \(fault.problem)"
    case .faultyPartitions(let fault): return "the catalog's table of partitions is faulty: \(fault.words)"
    }
  }
}

extension EndpointVariant {
  fileprivate var name: String {
    switch self {
    case .fips: "FIPS"
    case .dualStack: "dual-stack"
    }
  }
}

extension EndpointRulesFault {
  fileprivate var words: String {
    switch self {
    case .syntax(let issue): "byte \(issue.span.start): \(issue.message)"
    case .malformed(let pointer, let expected): "expected \(expected) at \(quote(pointer))"
    case .unknownFunction(let pointer, let name): "unknown function \(quote(name)) at \(quote(pointer))"
    case .unknownName(let pointer, let name): "\(quote(name)) has no value at \(quote(pointer))"
    case .repeatedName(let pointer, let name): "\(quote(name)) has a value already at \(quote(pointer))"
    case .wrongArgumentCount(let pointer, let function, let count):
      "\(function) with \(count) arguments at \(quote(pointer))"
    case .wrongArgument(let function, let argument):
      "argument \(argument + 1) of \(function) has no value, or one of another type"
    case .wrongParameter(let name): "parameter \(quote(name)) is of another type"
    case .missingParameter(let name): "parameter \(quote(name)) is required and has no value"
    case .noRuleMatches: "no rule matches"
    case .textTooLong(let limit): "a text grows beyond \(limit) bytes"
    }
  }
}
