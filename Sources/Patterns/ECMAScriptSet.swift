/// A character class of ECMA-262 under construction.
struct ECMAScriptSet {
  enum Item {
    case range(UInt32, UInt32)
    /// An escape such as `\w`.
    case text(String)
  }

  var items: [Item]
  var isNegated = false

  init(_ items: [Item], isNegated: Bool = false) {
    self.items = items
    self.isNegated = isNegated
  }

  /// The class for Java's name of a property; `nil` if ECMA-262 has no equal one.
  init?(property name: String) {
    let plain = name.hasPrefix("Is") ? String(name.dropFirst(2)) : name
    if let ranges = Self.posix[name] {
      self.init(ranges)
    } else if Self.categories.contains(plain) {
      self.init([.text("\\p{\(plain)}")])
    } else if plain == "Alphabetic" || name == "javaAlphabetic" {
      self.init([.text("\\p{Alphabetic}")])
    } else if name == "javaLetter" {
      self.init([.text("\\p{L}")])
    } else if name == "IsDigit" || name == "javaDigit" {
      self.init([.text("\\p{Nd}")])
    } else if Self.scripts.contains(plain), name != plain {
      self.init([.text("\\p{Script=\(plain)}")])
    } else {
      return nil
    }
  }

  /// The complement; a set of one property escape gets its opposite escape.
  var inverted: ECMAScriptSet {
    if items.count == 1, case .text(let text) = items[0], text.hasPrefix("\\p") {
      return ECMAScriptSet([.text("\\P" + text.dropFirst(2))])
    }
    return ECMAScriptSet(items, isNegated: !isNegated)
  }

  /// Adds the contents of another set and returns whether the result can be written.
  mutating func add(_ other: ECMAScriptSet) -> Bool {
    guard other.isNegated else {
      items += other.items
      return true
    }
    guard let rest = other.complement else { return false }
    items += rest
    return true
  }

  /// The characters outside all items; `nil` if the items include escapes.
  private var complement: [Item]? {
    var ranges: [(UInt32, UInt32)] = []
    for item in items {
      guard case .range(let low, let high) = item else { return nil }
      ranges.append((low, high))
    }
    var rest: [Item] = []
    var next: UInt32 = 0
    for (low, high) in ranges.sorted(by: { $0.0 < $1.0 }) {
      if low > next { rest.append(.range(next, low - 1)) }
      next = max(next, high + 1)
    }
    if next <= 0x10FFFF { rest.append(.range(next, 0x10FFFF)) }
    return rest
  }

  /// The class in brackets.
  var text: String {
    let inside = items.map { item in
      switch item {
      case .text(let text): text
      case .range(let low, let high): Self.written(low, high)
      }
    }.joined()
    // Some engines refuse an empty class.
    if inside.isEmpty { return isNegated ? "[\\s\\S]" : "(?!)" }
    return "[\(isNegated ? "^" : "")\(inside)]"
  }

  /// A range without surrogates, which occur in no text.
  private static func written(_ low: UInt32, _ high: UInt32) -> String {
    let low = (0xD800...0xDFFF).contains(low) ? 0xE000 : low
    let high = (0xD800...0xDFFF).contains(high) ? 0xD7FF : high
    guard low <= high, let first = Unicode.Scalar(low), let last = Unicode.Scalar(high) else { return "" }
    let start = JavaInECMAScript.written(first, isInClass: true)
    return low == high ? start : "\(start)-\(JavaInECMAScript.written(last, isInClass: true))"
  }

  private static let categories: Set<String> = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "LC", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd",
    "Ps",
    "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co", "Cn",
  ]

  private static let scripts: Set<String> = [
    "Latin", "Greek", "Cyrillic", "Han", "Hiragana", "Katakana", "Hangul",
  ]

  private static let posix: [String: [Item]] = [
    "Lower": [.range(0x61, 0x7A)], "Upper": [.range(0x41, 0x5A)], "ASCII": [.range(0, 0x7F)],
    "Alpha": [.range(0x61, 0x7A), .range(0x41, 0x5A)], "Digit": [.range(0x30, 0x39)],
    "Alnum": [.range(0x61, 0x7A), .range(0x41, 0x5A), .range(0x30, 0x39)],
    "Punct": [.range(0x21, 0x2F), .range(0x3A, 0x40), .range(0x5B, 0x60), .range(0x7B, 0x7E)],
    "Graph": [.range(0x21, 0x7E)], "Print": [.range(0x20, 0x7E)],
    "Blank": [.range(9, 9), .range(0x20, 0x20)],
    "Cntrl": [.range(0, 0x1F), .range(0x7F, 0x7F)], "L1": [.range(0, 0xFF)],
    "XDigit": [.range(0x30, 0x39), .range(0x41, 0x46), .range(0x61, 0x66)],
    "Space": [.range(9, 0x0D), .range(0x20, 0x20)],
  ]
}
