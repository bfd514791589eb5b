/// When a candidate may replace the incumbent.
public struct GateSettings: Sendable, Hashable, Codable {
    /// Whether the gate decides; without it every candidate is kept, and the run is marked as ungated.
    public var enabled: Bool
    /// The chance that a whole run promotes no candidate that is not better, however many generations it looks; one-sided.
    public var confidence: Double
    /// A candidate must be better than this in mean@k, as a share: 0.01 is one point.
    public var minimumImprovement: Double
    /// A candidate is refused where its greedy losses over its greedy wins are significant at this one-sided level; 0 never refuses.
    public var greedyLevel: Double

    /// 95 %, any improvement, and greedy losses at 5 % unless told otherwise.
    public init(enabled: Bool = true, confidence: Double = 0.95, minimumImprovement: Double = 0, greedyLevel: Double = 0.05) {
        self.enabled = enabled
        self.confidence = confidence
        self.minimumImprovement = minimumImprovement
        self.greedyLevel = greedyLevel
    }

    /// Refuses values outside their range; `prefix` names the group in messages.
    public func validate(prefix: String = "gate.") throws(SettingsError) {
        guard confidence > 0.5 && confidence < 1 else {
            throw .outOfRange(key: prefix + "confidence", value: "\(confidence)", allowed: "above 0.5 and below 1")
        }
        guard minimumImprovement >= 0 && minimumImprovement < 1 else {
            throw .outOfRange(key: prefix + "minimumImprovement", value: "\(minimumImprovement)", allowed: "from 0 to below 1")
        }
        guard greedyLevel >= 0 && greedyLevel < 0.5 else {
            throw .outOfRange(key: prefix + "greedyLevel", value: "\(greedyLevel)", allowed: "from 0 to below 0.5")
        }
    }

    /// One line for each key.
    public static var help: [String: String] {
        [
            "enabled": "false = keep every candidate; the run is marked as ungated wherever it is shown",
            "confidence": "chance that a run promotes nothing that is not better, over all its generations (one-sided)",
            "minimumImprovement": "improvement in mean@k that a candidate must be better than, as a share (0.01 = one point)",
            "greedyLevel": "one-sided level at which greedy losses refuse a candidate; 0 = never",
        ]
    }
}
