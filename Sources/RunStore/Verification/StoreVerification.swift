/// What a verification of a store found.
public struct StoreVerification: Sendable, Hashable, Codable {
    /// One thing that is not as it was written.
    public struct Finding: Sendable, Hashable, Codable {
        /// The run that it concerns; nil where it is the whole store.
        public let run: String?
        /// The file that it is in.
        public let file: String
        /// What is wrong, in a sentence that names it.
        public let problem: String
    }

    /// The runs that were looked at.
    public internal(set) var runs: [String] = []
    /// How many artifacts were read and hashed, each once.
    public internal(set) var artifacts = 0
    /// How many episodes were decoded.
    public internal(set) var episodes = 0
    /// Of these, how many have a digest that they were checked against; formats before 3 wrote none.
    public internal(set) var digestedEpisodes = 0
    /// What is wrong; empty where nothing is.
    public internal(set) var findings: [Finding] = []

    /// Nothing looked at yet.
    public init() {}

    /// What stands for a store that could not even be opened.
    public init(unopened file: String, error: StoreError) {
        findings = [Finding(run: nil, file: file, problem: "\(error)")]
    }

    mutating func add(_ problem: String, run: String? = nil, file: String) {
        let finding = Finding(run: run, file: file, problem: problem)
        if !findings.contains(finding) { findings.append(finding) }
    }
}
