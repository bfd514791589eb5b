package import Autodidact

/// A ledger in memory that can be made to fail at any of its calls, before or after it has stored what it was given.
package actor MemoryLedger: RunLedger {
    /// A failure to come.
    package struct Fault: Error, Hashable, Sendable {
        /// At which call, from 1 up; reading calls count too.
        package let call: Int
        /// Whether the call takes effect before it fails: a crash between the commit and its acknowledgement.
        package let takesEffect: Bool

        package init(call: Int, takesEffect: Bool) {
            self.call = call
            self.takesEffect = takesEffect
        }
    }

    /// What was committed.
    package private(set) var generations: [GenerationRecord] = []
    /// The episodes of each generation.
    package private(set) var episodes: [[Episode]] = []
    /// The end of the run, once there.
    package private(set) var summary: RunSummary?
    /// The state of the last promoted candidate, or of the base.
    package private(set) var incumbent: PolicySnapshot?
    /// How often anything was called.
    package private(set) var calls = 0

    private var opened: (manifest: RunManifest, base: PolicySnapshot, baseline: EvaluationResult)?
    private var spent = RunExpense()
    private var fault: Fault?
    private let onCall: @Sendable () -> Void

    package init(fault: Fault? = nil, onCall: @escaping @Sendable () -> Void = {}) {
        self.fault = fault
        self.onCall = onCall
    }

    /// Whether a run was opened.
    package var hasBegun: Bool { opened != nil }

    package func begin(_ manifest: RunManifest, base: PolicySnapshot, baseline: EvaluationResult, spent: RunExpense) throws {
        try perform {
            opened = (manifest, base, baseline)
            incumbent = base
            self.spent = spent
        }
    }

    package func commit(
        _ generation: GenerationRecord, episodes: [Episode], promoted: PolicySnapshot?, spent: RunExpense
    ) throws {
        try perform {
            generations.append(generation)
            self.episodes.append(episodes)
            self.spent = spent
            if let promoted { incumbent = promoted }
        }
    }

    package func episodes(of generation: Int) throws -> [Episode] { episodes[generation - 1] }

    package func finish(_ summary: RunSummary) throws {
        try perform { self.summary = summary }
    }

    package func resumePoint() throws -> ResumePoint {
        try perform {}
        guard let opened, let incumbent else { throw RunLedgerError.nothingCommitted(runID: "?") }
        if summary != nil { throw RunLedgerError.alreadyFinished(runID: opened.manifest.runID) }
        return ResumePoint(
            manifest: opened.manifest, base: opened.base, baseline: opened.baseline, incumbent: incumbent, generations: generations,
            spent: spent
        )
    }

    private func perform(_ action: () -> Void) throws {
        calls += 1
        onCall()
        guard let fault, fault.call == calls else { return action() }
        self.fault = nil
        if fault.takesEffect { action() }
        throw fault
    }
}
