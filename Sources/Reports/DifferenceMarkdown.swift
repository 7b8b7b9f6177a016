internal import Planning

func renderMarkdown(_ difference: PlanDifference) -> [UInt8] { preconditionFailure("not written yet") }
