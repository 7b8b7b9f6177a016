internal import Planning

func renderHTML(_ plan: Plan) -> [UInt8] { preconditionFailure("not written yet") }
