internal import Requests
internal import Syntax

/// Finds the requests that keys belong to, without searching all requests for each key.
struct KeyOwners {
  private let document: Document
  private let requests: [Request]
  /// The parameters of the requests that have any, in document order.
  private let places: [(parameters: NodeID, index: Int, depth: Int)]

  /// - Parameter owner: the request that owns the document; `nil` for the document of all requests.
  init(_ document: Document, _ requests: [Request], ownedBy owner: Int? = nil) {
    self.document = document
    self.requests = requests
    let owning = owner.map { [$0] } ?? requests.indices.filter { requests[$0].ownDocument == nil }
    let written = owning.compactMap { index in requests[index].parameters.map { ($0, index) } }
      .sorted { $0.0 < $1.0 }
    let paths = document.paths(to: written.map(\.0))
    places = zip(written, paths).map { ($0.0, $0.1, $1.count) }
  }

  /// The request whose parameters contain a key, and the depth of these; the first request if an alias shares them.
  func request(withParameters key: NodeID) -> (index: Int, depth: Int)? {
    let end = places.partitioningIndex { $0.parameters > key }
    // Only an alias can put parameters inside others.
    guard let last = places[..<end].last, document.isNode(key, within: last.parameters) else { return nil }
    let first = places.partitioningIndex { $0.parameters >= last.parameters }
    return (places[first].index, places[first].depth)
  }

  func request(around span: ByteSpan) -> Int? {
    let end = requests.partitioningIndex { $0.span.start > span.start }
    return end > 0 && requests[end - 1].span.contains(span) ? end - 1 : nil
  }
}
