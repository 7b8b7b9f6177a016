internal import Planning

func renderMarkdown(_ plan: Plan) -> [UInt8] { preconditionFailure("not written yet") }
