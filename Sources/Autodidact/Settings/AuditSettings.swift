/// How what the verifier accepted is checked by a second judge.
public struct AuditSettings: SettingsGroup {
    /// The share of accepted training episodes that is audited; 0 audits nothing.
    @Setting("share of the accepted training episodes that a second judge reads too; 0 = none", 0...1)
    public var share = 0.05

    /// Who audits.
    @Setting("who audits: task (its second verifier, where it has one) or base (the model that the run began with, asked yes or no)")
    public var judge = AuditJudge.task

    /// The share of audited episodes that the second judge may reject.
    @Setting("share of audited episodes that it may reject, beyond what base rejected in the first generation", 0...0.5)
    public var tolerance = 0.05

    /// The one-sided level at which more rejections block promotion.
    @Setting("one-sided level of the exact binomial test at which more rejections block promotion", 0.000001...0.2)
    public var level = 0.01

    /// Five percent of what was accepted, by the task's second verifier.
    public init() {}

    /// Refuses figures that nothing would read.
    public func validateTogether() throws(SettingsError) {
        guard share == 0 else { return }
        let defaults = Self()
        let unused = [
            ("judge", judge != defaults.judge), ("tolerance", tolerance != defaults.tolerance), ("level", level != defaults.level),
        ]
        for (key, isSet) in unused where isSet { throw .noEffect(key: key, because: "audit.share is 0, so nothing is audited") }
    }
}

extension AuditSettings {
    /// Refuses figures that would change nothing because the task has no second verifier, and a judge that cannot read its episodes.
    public func validate(for family: any TaskFamily) throws(SettingsError) {
        let defaults = Self()
        if judge == .base && share > 0 && family.card.maximumTurns > 1 {
            throw .outOfRange(key: "audit.judge", value: "base", allowed: "task; a model is asked about single responses, not interactions")
        }
        guard judge == .task && share > 0 && family.auditor == nil else { return }
        let unused = [
            ("share", share != defaults.share), ("tolerance", tolerance != defaults.tolerance), ("level", level != defaults.level),
        ]
        for (key, isSet) in unused where isSet {
            throw .noEffect(key: "audit." + key, because: "task '\(family.card.slug)' has no second verifier; set audit.judge=base")
        }
    }

    /// Why nothing is audited of a run on these tasks that asks for an audit, and what would; nil where one is made, or none is asked for.
    public func absence(for family: any TaskFamily) -> String? {
        guard judge == .task && share > 0 && family.auditor == nil else { return nil }
        let remedy = family.card.maximumTurns > 1 ? "" : "; audit.judge=base has the base model ask"
        return "none: the task has no second verifier" + remedy
    }
}

/// Who reads what the verifier accepted.
public enum AuditJudge: String, Sendable, Hashable, Codable, CaseIterable {
    /// The task's second verifier; nothing is audited where it has none.
    case task
    /// The model that the run began with, which no reward of the run has changed.
    case base
}
