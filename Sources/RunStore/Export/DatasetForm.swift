/// What episodes are exported as: a data set whose columns have the names that TRL expects.
public enum DatasetForm: String, Sendable, Hashable, Codable, CaseIterable {
    /// `prompt` and `completion`: what was judged right, to be imitated; a turn a row.
    case sft
    /// `messages`: whole episodes that were judged right, to be imitated.
    case messages
    /// `prompt`, `chosen` and `rejected`: right beside wrong after the same prompt.
    case preference
    /// `prompt`, `completion` and `label`: all that was judged, right or wrong.
    case kto
}
