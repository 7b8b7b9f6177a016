internal import Syntax

/// What is made of a plan's requests by several threads, a hundred at a time, put together in their order.
///
/// - Parameters:
///   - make: what a share of the places comes to.
///   - add: is called by the calling thread alone.
func foldShares<Value, Share: Sendable>(
  of count: Int, into value: Value, _ make: @escaping @Sendable (Range<Int>) -> Share,
  add: (inout Value, Share) -> Void
) -> Value {
  let size = 128
  let shares = (count + size - 1) / size
  return Concurrency.fold(shares, workers: min(max(shares, 1), Concurrency.processorCount), into: value) {
    { make((size * $0)..<min(size * ($0 + 1), count)) }
  } add: {
    add(&$0, $1)
  }
}
