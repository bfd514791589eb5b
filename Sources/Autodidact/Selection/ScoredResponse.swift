/// A response as selections by reward see it: what it says, the reward it was given, and whether it is right by the training's own
/// feedback.
public struct ScoredResponse: Sendable, Hashable, Codable {
    /// The canonical derivation or answer; responses of equal `text` count as one.
    public let text: String
    /// The reward that the selection ranks by, on whatever scale.
    public let reward: Double
    /// Whether it is correct by the feedback that the method may use; false where it may use none.
    public let isCorrect: Bool
    /// Where it stands among the samples of its problem.
    public let member: Int

    /// A response with its reward.
    public init(text: String, reward: Double, isCorrect: Bool = false, member: Int) {
        self.text = text
        self.reward = reward
        self.isCorrect = isCorrect
        self.member = member
    }
}
