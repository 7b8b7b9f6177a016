internal import Planning

func renderText(_ difference: PlanDifference, usesColor: Bool) -> [UInt8] {
  preconditionFailure("not written yet")
}
