/// The file that a run's problems came from, exactly enough to tell whether it is still the same.
public struct TaskFile: Sendable, Hashable, Codable {
    /// Where it was, from any working directory.
    public let path: String
    /// SHA-256 of its bytes.
    public let contentHash: String
    /// How responses are judged: the verifier as it is named on the command line.
    public let verifier: String
    /// The field that holds the prompt; nil where none was named.
    public let promptField: String?
    /// The field that holds the answer; nil where none was named.
    public let answerField: String?
    /// The field that holds the script before a query; nil where none was named.
    public let setupField: String?

    /// A file and how it was read.
    public init(
        path: String, contentHash: String, verifier: String, promptField: String? = nil, answerField: String? = nil,
        setupField: String? = nil
    ) {
        self.path = path
        self.contentHash = contentHash
        self.verifier = verifier
        self.promptField = promptField
        self.answerField = answerField
        self.setupField = setupField
    }
}
