internal import Linting
internal import Models
internal import Requests
internal import Syntax
internal import Verdicts

/// The parts of a request that are known only at run time.
struct RunTimeValues {
  /// RFC 6901, from the parameters as the plan shows them, in their order.
  let pointers: [String]
  let isRegionUnknown: Bool
  let isAccountUnknown: Bool

  /// `nil` if all is known.
  init?(_ linted: LintedRequest, _ secrecy: @autoclosure () -> Secrecy) {
    isRegionUnknown = linted.request.region?.isDynamic == true
    isAccountUnknown = linted.request.account?.isDynamic == true
    guard linted.document.hasDynamic || isRegionUnknown || isAccountUnknown else { return nil }
    pointers = linted.dynamicPointers(secrecy)
    if pointers.isEmpty && !isRegionUnknown && !isAccountUnknown { return nil }
  }

  /// What is unknown, in a few words.
  var summary: String {
    let limit = 3
    var names = pointers.prefix(limit).map { $0.isEmpty ? "the parameters" : Self.head(of: $0) }
    if pointers.count > limit { names.append("\(pointers.count - limit) more") }
    if isRegionUnknown { names.append("the region") }
    if isAccountUnknown { names.append("the account") }
    return names.joined(separator: ", ")
  }

  private static func head(of pointer: String) -> String {
    let scalars = pointer.unicodeScalars
    return scalars.count > 120 ? String(scalars.prefix(119)) + "…" : pointer
  }
}

extension RequestDraft {
  /// Makes somebody look at values that are known at run time only, and drops the commands that would need them.
  mutating func add(_ unknown: RunTimeValues) {
    request.dynamic = unknown.pointers
    request.assemblyFacts.isDynamic = true
    request.risk.reasons.append("known-at-run-time: \(unknown.summary)")
    if !request.command.isEmpty {
      request.command = []
      request.commandNote = "known at run time only: \(unknown.summary)"
    }
    request.followUp = []
    remarks.removeAll { $0.rule == BuiltInCheck.unsafeCommandValue.id }
  }
}

extension LintedRequest {
  /// Pointers to the values, keys and open collections of the parameters that are known at run time only.
  fileprivate func dynamicPointers(_ secrecy: () -> Secrecy) -> [String] {
    guard let parameters else { return [] }
    let places = document.dynamicPlaces(below: parameters)
    guard !places.isEmpty else { return [] }
    let hidden = maskedNodes(secrecy())
    var pointers: [String] = []
    for place in places {
      let pointer = shownPointer(place.path[...], hidden: hidden).description
      // A key and its value have one pointer.
      if pointers.last != pointer { pointers.append(pointer) }
    }
    return pointers
  }

  /// The nodes of the parameters that must not be shown.
  func maskedNodes(_ secrecy: Secrecy) -> MaskedNodes {
    var masked = MaskedParts()
    if let parameters { masked.add(document.resolve(parameters), in: document, secrecy) }
    return masked.nodes(in: document)
  }

  /// A pointer in which keys that must not be shown are masked.
  func shownPointer(_ path: ArraySlice<Document.Step>, hidden: MaskedNodes) -> JSONPointer {
    JSONPointer(
      zip(path, document.pointer(path).tokens).map { step, token in
        if case .member(let key) = step, hidden.contains(key) || shared.contains(key) {
          redacted
        } else {
          token
        }
      })
  }
}
