public import Linting
public import Models
internal import Syntax
internal import Wire

/// Asks the catalog's endpoint rules, as planning does where a run asks for nothing special.
///
/// One worker owns the answer, which keeps what it has compiled.
public func endpointJudge(_ catalog: Catalog) -> AddressJudge {
  var endpoints = EndpointResolver(catalog)
  return { request in
    let call = Call(
      operation: request.operation, service: request.service.metadata, document: request.document,
      parameters: request.parameters)
    // Linting reports what cannot be written in its place.
    guard let context = try? ClientCall(call).endpointContext else { return nil }
    do throws(EndpointFault) {
      _ = try endpoints.endpoint(for: request.service, context, region: request.region)
      return nil
    } catch {
      // Faults of a model are not the request's.
      switch error {
      case .refused, .invalidRegion, .invalidResult, .missingParameter, .faultyRules: return error.message
      default: return nil
      }
    }
  }
}
