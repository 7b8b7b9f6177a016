internal import Planning

func renderJSON(_ difference: PlanDifference) -> [UInt8] { preconditionFailure("not written yet") }
