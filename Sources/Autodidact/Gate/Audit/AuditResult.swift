/// What a second judge said of episodes that the verifier had accepted.
public struct AuditResult: Sendable, Hashable, Codable {
    /// The second judge: the version of a verifier, or `base`.
    public let auditor: String
    /// Training episodes that the verifier accepted.
    public let accepted: Int
    /// How many of them were drawn and judged again.
    public let audited: Int
    /// How many of those the second judge rejected.
    public let rejected: Int
    /// How many of those that were drawn it could not judge; they are not among the audited.
    public let unscorable: Int
    /// The share that it may reject: the tolerance, and for a model what it rejected in the first generation.
    public let allowed: Double

    /// A finished audit.
    public init(auditor: String, accepted: Int, audited: Int, rejected: Int, unscorable: Int, allowed: Double) {
        self.auditor = auditor
        self.accepted = accepted
        self.audited = audited
        self.rejected = rejected
        self.unscorable = unscorable
        self.allowed = allowed
    }

    /// One-sided: the chance of as many rejections if the share were at most the allowed one; 1 where nothing was audited.
    ///
    /// The exact binomial test.
    public var pValue: Double { binomialTail(rejected, of: audited, chance: allowed) }
}

extension Gate {
    static let audit = "audit"
    private static let auditAdvice = "read what the verifier accepted: does it reward something else than the task?"

    /// What an audit says to a promotion: blocked where reward and audit have drifted apart significantly.
    func check(of audit: AuditResult, level: Double) -> GateCheck {
        let isPassed = audit.pValue > level
        return GateCheck(
            stage: .safety, name: Self.audit, isPassed: isPassed,
            finding: finding(audit, level: level) + (isPassed ? "" : "; " + Self.auditAdvice))
    }

    /// The same as a signal about the verifier: read where so many audited episodes could have blocked promotion at all.
    package func signal(of audit: AuditResult, level: Double) -> AlarmSignal {
        let alarm = Alarm(name: Self.audit, finding: finding(audit, level: level), advice: Self.auditAdvice)
        return AlarmSignal(
            name: Self.audit, alarm: audit.pValue > level ? nil : alarm,
            isRead: binomialTail(audit.audited, of: audit.audited, chance: audit.allowed) <= level)
    }

    private func finding(_ audit: AuditResult, level: Double) -> String {
        "the audit by \(audit.auditor) rejects \(audit.rejected) of \(audit.audited) accepted responses, "
            + "\(points(audit.allowed)) % allowed, one-sided p = \(probability(audit.pValue)) at level \(probability(level))"
    }
}
