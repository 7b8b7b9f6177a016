/// What a Java pattern holds, as far as it decides how it is written for ICU.
struct JavaPatternFacts: Equatable {
  /// Capturing groups; left out where nothing refers to them, since ICU copies them with every step.
  var groupCount = 0
  var hasReference = false
  var unboundedLoops = 0
  var countedLoops = 0
  var branches = 0

  /// Whether a match of the whole text takes time in proportion to the text, whatever it holds.
  var isLinear: Bool { unboundedLoops <= 1 && countedLoops == 0 && branches <= 4 && !hasReference }
}
