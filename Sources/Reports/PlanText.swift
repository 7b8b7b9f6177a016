internal import Planning

func renderText(_ plan: Plan, usesColor: Bool) -> [UInt8] { preconditionFailure("not written yet") }
