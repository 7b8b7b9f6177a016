internal import Planning

func renderJSON(_ plan: Plan) -> [UInt8] { preconditionFailure("not written yet") }
