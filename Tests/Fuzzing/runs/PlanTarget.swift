import Fuzzing
import Linting
import Reports
import Syntax

@testable import Planning

/// The reader of plan files, behind its seal: two plans that it takes can be compared, and one is equal to itself.
///
/// - Shape: the input is a plan, or two with a zero byte between, each without its seal; digest and seal are made to fit.
struct PlanTarget: FuzzTarget {
  mutating func run(_ bytes: [UInt8]) {
    if bytes.count % 8 == 0 { _ = Self.read(bytes) }
    let plans = bytes.split(separator: 0, maxSplits: 1).compactMap { Self.read(Self.sealed(Array($0))) }
    for plan in plans {
      let same = PlanDifference(from: plan, to: plan)
      require(same.entries.isEmpty, "a plan differs from itself: \(same.entries)")
    }
    guard plans.count == 2 else { return }
    let (there, back) = (
      PlanDifference(from: plans[0], to: plans[1]), PlanDifference(from: plans[1], to: plans[0])
    )
    require(there.count(.added) == back.count(.removed), "\(there.entries) and \(back.entries)")
    for format in DifferenceFormat.allCases {
      let text = format.render(there)
      if format == .json { _ = parsed(json: text, "difference") }
    }
  }

  private static func read(_ bytes: [UInt8]) -> RecordedPlan? {
    let text = SourceText(bytes)
    do throws(RecordedPlan.Fault) {
      return try RecordedPlan(text, limits: Limits())
    } catch {
      if case .syntax(let issue) = error { issue.check(in: text) }
      return nil
    }
  }

  /// The text of an object with a digest and a seal that fit it, in place of what it says of both; other text as it is.
  private static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    let text = SourceText(bytes)
    guard text.fault == nil, case .document(let document) = readJSON(text, limits: Limits()),
      document[document.root].kind == .mapping, document.count(of: document.root) > 0,
      let end = bytes.lastIndex(of: UInt8(ascii: "}"))
    else { return bytes }
    let requests =
      document.value(of: "requests", in: document.root).map { Array(document.items(of: $0)) } ?? []
    let digests = requests.map { request in
      document.value(of: "digest", in: request).map { document.string(of: $0) } ?? ""
    }
    let body = bytes[..<end] + ",\"digest\":\"\(Digest.ofPlan(digests))\"".utf8
    var seal = PlanSeal()
    seal.add(body.dropFirst(text.byteOrderMarkLength))
    return Array(body) + ",\"seal\":\"\(seal.digest)\"}".utf8
  }
}
