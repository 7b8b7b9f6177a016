internal import Planning

func renderShell(_ plan: Plan) -> [UInt8] { preconditionFailure("not written yet") }
