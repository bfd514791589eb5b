/// What a demonstration teaches.
enum DemonstrationForm: String, Sendable, Codable {
    /// To answer a problem; in an environment, turn by turn.
    case answer
    /// To answer again when asked to revise: two answers drawn independently, so that the second has the form of an answer and nothing of
    /// correction is taught (the warm-up of SCoRe's study).
    case revision
    /// To say whether a response is right.
    case yesNo
    /// To score a response in tens.
    case score
    /// To say whether an action was good.
    case step
}

extension DemonstrationForm {
    /// The form in a model card.
    var name: String {
        switch self {
        case .answer: "answers"
        case .revision: "second answers"
        case .yesNo: "verdicts"
        case .score: "scores"
        case .step: "judged steps"
        }
    }
}
