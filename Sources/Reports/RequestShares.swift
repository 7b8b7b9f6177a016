internal import Syntax

/// What is made of a plan's requests by several threads, a hundred at a time, put together in their order.
///
/// - Parameters:
///   - make: what a share of the places comes to.
///   - add: is told how many shares follow.
func foldShares<Value: Sendable, Share: Sendable>(
  of count: Int, into value: Value, _ make: @escaping @Sendable (Range<Int>) -> Share,
  add: @Sendable (inout Value, Share, _ left: Int) -> Void
) -> Value {
  let size = 128
  let shares = (count + size - 1) / size
  return Concurrency.fold(shares, workers: min(max(shares, 1), Concurrency.processorCount), into: value) {
    { (place: $0, share: make((size * $0)..<min(size * ($0 + 1), count))) }
  } add: { value, made in
    add(&value, made.share, shares - made.place - 1)
  }
}
