package import Verdicts

extension BuiltInCheck {
  package static let duplicateRequestID = BuiltInCheck(
    "duplicate-request-id", "Two requests of one id",
    why: "Reports and plans name requests by their ids: of two with one id nobody could tell which is meant.")
}

/// The ids of a file's requests: the declared ones, and `FILE#N` for all others.
struct RequestIDs {
  private let path: String
  private let requestsBefore: Int
  /// Ids that the file, or the stream up to here, declares.
  private(set) var declared: Set<String>
  /// For the requests of the file, or of this part of a stream, in order.
  private var ids: [String] = []

  /// - Parameter place: of a part of a stream; `nil` for a whole file.
  init(path: String, place: StreamPlace?) {
    self.path = path
    requestsBefore = place?.requestsBefore ?? 0
    declared = place?.declaredIDs ?? []
  }

  /// Whether earlier parts of the stream have requests.
  var hasRequestsBefore: Bool { requestsBefore > 0 }

  /// The id of the next request, and whether another request already has it.
  mutating func take(_ declaredID: String?) -> (id: String, isTaken: Bool) {
    let number = requestsBefore + ids.count + 1
    let id = declaredID ?? "\(path)#\(number)"
    let isTaken =
      declaredID == nil
      ? declared.contains(id) : !declared.insert(id).inserted || isAssigned(id, before: number)
    ids.append(id)
    return (id, isTaken)
  }

  /// Whether an earlier request has the id because it declares none itself.
  private func isAssigned(_ id: String, before number: Int) -> Bool {
    guard id.hasPrefix("\(path)#"), let found = Int(id.dropFirst(path.count + 1)), found > 0, found < number,
      id == "\(path)#\(found)"
    else { return false }
    return found <= requestsBefore || ids[found - requestsBefore - 1] == id
  }
}
