/// A planned request to which `Planner` still adds an id, a line, findings and a verdict.
struct RequestDraft: Sendable {
  var request: PlannedRequest
  /// What only planning finds, still without a place.
  var remarks: [Remark] = []
}
