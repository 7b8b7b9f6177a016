package import Linting
internal import Models
internal import Syntax
package import Wire

/// Judges addresses by the services' endpoint rules, as planning does without options for endpoints.
///
/// The worker that owns the resolver owns the judge.
package func endpointJudge(_ endpoints: EndpointResolver) -> AddressJudge {
  { request in
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
