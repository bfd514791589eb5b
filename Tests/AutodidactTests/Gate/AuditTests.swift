import Autodidact
import TestSupport
import Testing

@Suite("The audit of accepted responses")
struct AuditTests {
    /// A verifier that accepts anything in training, which held-out problems do not show.
    private static func hacked(auditor: (any Verifier)?) -> LetterTask {
        LetterTask(auditor: auditor, onVerdict: { $0.split == .train ? .correct : nil })
    }

    private static let half: @Sendable (inout RunSettings) -> Void = { $0.audit.share = 0.5 }

    @Test("reward and audit that have drifted apart block promotion, and the record says so")
    func drift() async throws {
        let ledger = MemoryLedger()
        let run = TestRun(task: Self.hacked(auditor: LetterTask().verifier), generations: 1, change: Self.half)
        _ = try await run.loop(ScriptedPolicy(), ledger).run(run.manifest)
        let record = try #require(await ledger.generations.first)
        let audit = try #require(record.audit)
        #expect(audit.auditor == "letter 1" && audit.accepted == 320 && (130...190).contains(audit.audited))
        #expect(Double(audit.rejected) > 0.7 * Double(audit.audited) && audit.allowed == 0.05 && audit.pValue < 1e-9)
        #expect(record.decision.outcome == .rolledBack && record.pauses.map(\.alarm.name) == ["audit"])
        #expect(record.decision.reason.hasPrefix("the audit by letter 1 rejects \(audit.rejected) of \(audit.audited) accepted responses"))
    }

    @Test("an auditor that agrees blocks nothing")
    func agreement() async throws {
        let ledger = MemoryLedger()
        let run = TestRun(task: LetterTask(auditor: LetterTask().verifier), change: Self.half)
        _ = try await run.loop(ScriptedPolicy(), ledger).run(run.manifest)
        let records = await ledger.generations
        #expect(records.allSatisfy { $0.audit?.rejected == 0 && $0.audit?.pValue == 1 })
        #expect(records.contains { $0.decision.outcome == .promoted } && records.allSatisfy { $0.pauses.isEmpty })
    }

    @Test("what ends the pause of an audit is one that could have blocked promotion and did not")
    func signal() {
        func signal(_ rejected: Int, of audited: Int) -> AlarmSignal {
            let audit = AuditResult(auditor: "b", accepted: 99, audited: audited, rejected: rejected, unscorable: 0, allowed: 0.05)
            return Gate().signal(of: audit, level: 0.01)
        }
        // All of one rejected has p = 0.05, all of two 0.0025.
        #expect([0, 1, 2, 20].map { signal(0, of: $0).isRead } == [false, false, true, true])
        #expect(signal(0, of: 20).alarm == nil && signal(20, of: 20).alarm?.name == "audit")
        #expect(signal(20, of: 20).alarm?.finding.hasPrefix("the audit by b rejects 20 of 20 accepted responses, 5.0 % allowed") == true)
    }

    @Test("a task without a second verifier is not audited, and settings that would then do nothing are refused")
    func nobody() async throws {
        let ledger = MemoryLedger()
        let run = TestRun(generations: 1)
        _ = try await run.loop(ScriptedPolicy(), ledger).run(run.manifest)
        #expect(await ledger.generations.first?.audit == nil)
        let useless = TestRun(generations: 1, change: Self.half)
        let error = SettingsError.noEffect(
            key: "audit.share", because: "task 'letter' has no second verifier; set audit.judge=base")
        await #expect(throws: error) { try await useless.loop(ScriptedPolicy(), MemoryLedger()).run(useless.manifest) }
    }

    @Test("the base as a judge is held against what it rejected in the first generation, and leaves the candidate as it was")
    func base() async throws {
        let ledger = MemoryLedger()
        let run = TestRun(
            generations: 2,
            change: {
                $0.audit.judge = .base
                $0.audit.share = 0.5
            })
        let policy = ScriptedPolicy(contextLength: 512, readsAnyText: true)
        let summary = try await run.loop(policy, ledger).run(run.manifest)
        let audits = await ledger.generations.compactMap(\.audit)
        let (first, second) = (try #require(audits.first), try #require(audits.last))
        #expect(audits.count == 2 && first.auditor == "base" && first.audited > 0)
        #expect(first.pValue > 0.01, "the first generation is the measure")
        #expect(second.allowed == first.allowed)
        #expect(try await policy.snapshot().weightsHash == summary.weightsHash)
        // What a judge does must not change what is learned.
        let plain = MemoryLedger()
        let unaudited = TestRun(generations: 2, change: { $0.audit.share = 0 })
        let other = ScriptedPolicy(contextLength: 512, readsAnyText: true)
        _ = try await unaudited.loop(other, plain).run(unaudited.manifest)
        #expect(await plain.generations.map(\.candidateHash).first == ledger.generations.map(\.candidateHash).first)
    }

    @Test("the base is not asked about interactions")
    func interactions() {
        var settings = AuditSettings()
        settings.judge = .base
        #expect(throws: SettingsError.self) { try settings.validate(for: LetterChainTask()) }
        #expect(throws: Never.self) { try settings.validate(for: LetterTask()) }
    }

    @Test("the test is the exact binomial one")
    func binomial() {
        func audit(_ rejected: Int, of audited: Int, allowed: Double) -> Double {
            AuditResult(auditor: "", accepted: 1000, audited: audited, rejected: rejected, unscorable: 0, allowed: allowed).pValue
        }
        #expect(audit(0, of: 0, allowed: 0.05) == 1 && audit(0, of: 50, allowed: 0) == 1 && audit(1, of: 50, allowed: 0) == 0)
        // 1 − Σ Bin(10, 0.5) over 0…7, by hand: (45 + 10 + 1) / 1024.
        #expect(abs(audit(8, of: 10, allowed: 0.5) - 56 / 1024) < 1e-12)
        #expect(abs(audit(1, of: 20, allowed: 0.05) - 0.6415140775914581) < 1e-9)
        #expect(audit(20, of: 20, allowed: 1) == 1)
        #expect(audit(300, of: 400, allowed: 0.05) > 0)
    }
}
