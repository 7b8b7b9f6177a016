import Syntax
import Testing

@Suite struct ConcurrencyTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let count: Int
    let workers: Int
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "nothing", count: 0, workers: 1),
    Case(name: "nothing, several threads", count: 0, workers: 4),
    Case(name: "one", count: 1, workers: 1),
    Case(name: "fewer than threads", count: 3, workers: 8),
    Case(name: "one thread", count: 1000, workers: 1),
    Case(name: "many threads", count: 10_000, workers: 8),
  ]

  @Test(arguments: cases) func foldsInOrderOnAnyNumberOfThreads(_ item: Case) {
    let folded = Concurrency.fold(item.count, workers: item.workers, into: [-1]) {
      { place in
        // The first places take longest, so that later ones have to wait for them.
        place < 4 ? (0..<20_000).reduce(place) { sum, _ in sum } : place
      }
    } add: { all, place in
      all.append(place)
    }
    #expect(folded == Array(-1..<item.count))
  }

  @Test(arguments: cases) func mapsInOrderOnAnyNumberOfThreads(_ item: Case) {
    let mapped = Concurrency.map(item.count, workers: item.workers) { { $0 * 2 } }
    #expect(mapped == (0..<item.count).map { $0 * 2 })
  }
}
