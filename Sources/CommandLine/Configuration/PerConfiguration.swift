/// What one worker makes once for all files of a configuration.
struct PerConfiguration<Value> {
  private var values: [Int?: Value] = [:]

  mutating func value(for file: FoundFile, _ make: () -> Value) -> Value {
    if let known = values[file.configuration] { return known }
    let made = make()
    values[file.configuration] = made
    return made
  }
}
