import Autodidact
import Synchronization

/// What a ledger was asked for and what it acknowledged, over all lives of a run.
final class Witness: Sendable {
    /// A call that changes a run, with all that it was given.
    enum Call: Sendable {
        case begin(RunManifest, base: String, baseline: EvaluationResult)
        case commit(GenerationRecord, [Episode], promoted: String?)
        case finish(RunSummary)
    }

    struct Testimony: Sendable {
        /// Acknowledged, or seen by a resume after which something was acknowledged.
        var begun: (base: String, baseline: EvaluationResult)?
        var generations: [Int: (record: GenerationRecord, episodes: [Episode], promoted: String?)] = [:]
        var summary: RunSummary?
        /// Asked for and not acknowledged: may be there or not.
        var attempts: [Call] = []
        /// Acknowledgements so far.
        var acknowledgements = 0
    }

    private let testimony = Mutex(Testimony())

    var said: Testimony { testimony.withLock { $0 } }

    func asked(_ call: Call) { testimony.withLock { $0.attempts.append(call) } }

    func acknowledged(_ call: Call) {
        testimony.withLock { testimony in
            testimony.acknowledgements += 1
            switch call {
            case .begin(_, let base, let baseline): testimony.begun = (base, baseline)
            case .commit(let record, let episodes, let promoted): testimony.generations[record.number] = (record, episodes, promoted)
            case .finish(let summary): testimony.summary = summary
            }
        }
    }

    /// What was found in a store on which something was then acknowledged: it is acknowledged too.
    func adopt(_ state: StoredState) {
        testimony.withLock { testimony in
            if testimony.begun == nil { testimony.begun = (state.baseHash, state.baseline) }
            for (record, episodes) in zip(state.generations, state.episodes) where testimony.generations[record.number] == nil {
                testimony.generations[record.number] = (record, episodes, record.decision.outcome == .promoted ? record.candidateHash : nil)
            }
        }
    }
}

/// A ledger under observation.
struct WitnessedLedger: RunLedger {
    let ledger: any RunLedger
    let witness: Witness
    /// What the store held when it was opened.
    let found: StoredState?
    let isHasty: Bool

    func begin(_ manifest: RunManifest, base: PolicySnapshot, baseline: EvaluationResult, spent: RunExpense) async throws {
        try await observe(.begin(manifest, base: base.weightsHash, baseline: baseline)) {
            try await ledger.begin(manifest, base: base, baseline: baseline, spent: spent)
        }
    }

    func commit(_ generation: GenerationRecord, episodes: [Episode], promoted: PolicySnapshot?, spent: RunExpense) async throws {
        try await observe(.commit(generation, episodes, promoted: promoted?.weightsHash)) {
            try await ledger.commit(generation, episodes: episodes, promoted: promoted, spent: spent)
        }
    }

    func episodes(of generation: Int) async throws -> [Episode] { try await ledger.episodes(of: generation) }

    func finish(_ summary: RunSummary) async throws {
        try await observe(.finish(summary)) { try await ledger.finish(summary) }
    }

    func resumePoint() async throws -> ResumePoint { try await ledger.resumePoint() }

    private func observe(_ call: Witness.Call, _ body: () async throws -> Void) async throws {
        witness.asked(call)
        if isHasty { witness.acknowledged(call) }
        try await body()
        if !isHasty { witness.acknowledged(call) }
        if let found { witness.adopt(found) }
    }
}
