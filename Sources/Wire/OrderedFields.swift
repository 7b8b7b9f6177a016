/// Names with values; a repeated name keeps its first position and spelling, and gets the last value.
struct OrderedFields<Content> {
  private(set) var fields: [(name: [UInt8], value: Content)] = []
  private var places: [[UInt8]: Int] = [:]
  private let ignoresCase: Bool

  init(ignoringCase ignoresCase: Bool) { self.ignoresCase = ignoresCase }

  subscript(name: [UInt8]) -> Content? {
    get { places[key(name)].map { fields[$0].value } }
    set {
      guard let newValue else { return }
      if let place = places[key(name)] {
        fields[place].value = newValue
      } else {
        places[key(name)] = fields.count
        fields.append((name, newValue))
      }
    }
  }

  private func key(_ name: [UInt8]) -> [UInt8] {
    ignoresCase ? name.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 } : name
  }
}
