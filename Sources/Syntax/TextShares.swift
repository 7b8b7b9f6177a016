internal import Glibc

extension [UInt8] {
  /// Adds one of many shares of a text, and makes room for as many like it as are left.
  public mutating func append(share: [UInt8], left: Int) {
    if capacity - count < share.count {
      reserveCapacity(count + share.count * (1 + left + left / 2))
      adviseLargePages()
    }
    self += share
  }

  /// Asks for large pages behind the text: to be given tens of thousands of small ones takes longer than to fill them.
  private mutating func adviseLargePages() {
    let (count, capacity) = (count, capacity)
    guard capacity - count > 4 << 20 else { return }
    withUnsafeMutableBytes { text in
      guard let start = text.baseAddress else { return }
      let page = sysconf(Int32(_SC_PAGESIZE))
      let first = UnsafeMutableRawPointer(
        bitPattern: (UInt(bitPattern: start + count) + UInt(page) - 1) / UInt(page) * UInt(page))
      // A system that has none goes on as before.
      if let first { _ = madvise(first, start + capacity - first, Int32(MADV_HUGEPAGE)) }
    }
  }
}
