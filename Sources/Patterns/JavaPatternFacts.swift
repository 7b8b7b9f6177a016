/// Features of a Java pattern that decide how it is written for ICU.
struct JavaPatternFacts: Equatable {
  /// Number of capturing groups; groups without a reference do not capture, since ICU copies groups with every step.
  var groupCount = 0
  var hasReference = false
  var unboundedLoops = 0
  var countedLoops = 0
  var branches = 0

  /// Whether matching the whole text takes time in proportion to its length, whatever it contains.
  var isLinear: Bool { unboundedLoops <= 1 && countedLoops == 0 && branches <= 4 && !hasReference }
}
