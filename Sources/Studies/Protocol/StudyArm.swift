/// One of the things that a study compares.
public struct StudyArm: Sendable {
    /// What an arm may sample for its training.
    public enum Budget: Sendable, Hashable {
        /// As many tokens as the other arms with this budget, within 10 %.
        case equal
        /// As many as it needs, for the stated reason: the base model, an upper bound.
        case own(because: String)
    }

    /// Its name, unique in the study.
    public let name: String
    /// What it does, in one sentence.
    public let summary: String
    /// What it may sample.
    public let budget: Budget
    /// All that decides its result, resolved, as text: part of the record and of the cells' fingerprints.
    public let settings: [String: String]

    let run: @Sendable (StudyBench) async throws -> Measurements

    /// An arm.
    ///
    /// - Parameter run: Gets a bench whose policy is at the base state, and says what it measured there.
    public init(
        _ name: String, _ summary: String, budget: Budget = .equal, settings: [String: String],
        run: @escaping @Sendable (StudyBench) async throws -> Measurements
    ) {
        self.name = name
        self.summary = summary
        self.budget = budget
        self.settings = settings
        self.run = run
    }
}
