import Autodidact
import Foundation
import Randomness
import RunStore
import Synchronization
import TestSupport

/// The lives of a run on one disk, each the life of a process: open the store, begin or resume, go on until the end or a failure.
struct SimulationHistory {
    let simulation: Simulation
    let volume: SimulatedVolume
    let reference: Simulation.Reference?
    private let witness = Witness()
    private var lives = 0
    private var found: [String] = []
    private var counts = SimulationCounts()
    /// Whether the run is finished, or its state is beyond going on.
    private(set) var isOver = false
    /// What the store held when it was last read.
    private(set) var lastState: StoredState?
    /// How often the model was asked in the last life.
    private(set) var modelCalls = 0

    init(simulation: Simulation, volume: SimulatedVolume, reference: Simulation.Reference?) {
        self.simulation = simulation
        self.volume = volume
        self.reference = reference
    }

    var report: SimulationReport {
        var counts = counts
        counts.histories = 1
        counts.lives = lives
        counts.faults = volume.faults
        counts.acknowledgements = witness.said.acknowledgements
        counts.promotions = lastState?.generations.filter { $0.decision.outcome == .promoted }.count ?? 0
        return SimulationReport(seed: simulation.seed, violations: found, log: volume.log, counts: counts)
    }

    /// One life and its end.
    mutating func live(_ disturbances: [Disturbance]) async throws {
        lives += 1
        volume.note("life \(lives)")
        volume.begin(disturbances)
        let faultsBefore = volume.hardFaults
        let key = simulation.root("life", lives)
        let children = SimulatedChildren(seed: key, disturbances: disturbances)
        let clock = SimulatedClock(seed: key("clock"))
        var failure: (any Error)?
        do {
            try await process(children, clock)
        } catch {
            failure = error
        }
        counts.steps += volume.counts.total
        counts.clockSkips += clock.skips
        counts.retriedVerifiers += children.retriedVerifiers
        modelCalls = children.modelCalls
        if volume.openDatabaseFiles > 0 { violation("\(volume.openDatabaseFiles) database files are open after the end of the process") }
        if volume.isOff {
            if volume.state.withLock({ $0.lossOfPower }) { counts.powerLosses += 1 } else { counts.kills += 1 }
            volume.note("the process is gone")
            isOver = isOver && failure == nil
        } else if let failure {
            counts.errors += 1
            volume.note("the process ends: \(stable(failure))")
            judge(failure, hadFault: volume.hardFaults > faultsBefore)
        }
        _ = try volume.end()
    }

    /// The power fails while no process uses the disk.
    mutating func losePowerAtRest() throws {
        counts.powerLosses += 1
        try volume.losePower()
    }

    /// Checks what is left, once more after a loss of power.
    mutating func conclude() throws {
        for isAfterLoss in [false, true] {
            if isAfterLoss { try losePowerAtRest() }
            volume.begin([])
            do {
                try volume.paused { try check(try OpenedLedger(volume, simulation)) }
                if let state = lastState, let reference {
                    if state.summary == nil { violation("the run is not finished") }
                    found += simulation.checker.differences(state, from: reference.state).filter { !found.contains($0) }
                    let artifacts = try artifacts()
                    if artifacts != reference.artifacts {
                        violation("the artifacts \(artifacts) are not the undisturbed run's \(reference.artifacts)")
                    }
                } else {
                    violation("the finished run is absent")
                }
            } catch {
                violation("the finished run cannot be read: \(stable(error))")
            }
        }
    }

    /// The names of all files under the store's artifacts.
    func artifacts() throws -> [String] {
        let place = volume.folder.appendingPathComponent("store/artifacts").path
        guard FileManager.default.fileExists(atPath: place) else { return [] }
        let files = try FileManager.default.subpathsOfDirectory(atPath: place)
        return files.filter { $0.contains("/") }.map(SimulatedVolume.stable).sorted()
    }

    private mutating func process(_ children: SimulatedChildren, _ clock: SimulatedClock) async throws {
        let script = simulation.script
        let opened = try OpenedLedger(volume, simulation)
        try volume.paused { try check(opened) }
        if isOver { return }
        let observed = WitnessedLedger(
            ledger: opened.ledger, witness: witness, found: lastState, isHasty: simulation.bug == .earlyAcknowledgement)
        let failing = try script.failingProblems()
        let loop = ImprovementLoop(
            recipe: script.recipe(bug: simulation.bug, clock: clock),
            family: LetterTask(onVerdict: { children.verifier($0, failing: failing) }),
            policy: ScriptedPolicy(onCall: { try children.model($0) }), settings: script.settings, ledger: observed, clock: clock
        )
        if lastState == nil {
            _ = try await loop.run(script.manifest)
        } else {
            counts.resumes += 1
            _ = try await loop.resume()
        }
        try volume.paused { try check(opened) }
    }

    /// Reads the store and judges it.
    private mutating func check(_ opened: OpenedLedger) throws {
        let state = try opened.read()
        lastState = state
        for sentence in simulation.checker.violations(of: state, given: witness.said) { violation(sentence) }
        isOver = state?.summary != nil || !found.isEmpty
    }

    /// An error in a living process must have a cause, a type, and a sentence that names the file.
    private mutating func judge(_ failure: any Error, hadFault: Bool) {
        switch failure {
        case is ChildDeath: counts.childDeaths += 1
        case let error as StoreError:
            if !hadFault { violation("an error without a fault: \(stable(error))") }
            if !error.description.contains(volume.folder.path) { violation("an error that names no file: \(stable(error))") }
            switch error {
            case .disk, .database, .cannotOpen, .diskFull: break
            default: violation("a fault of the disk is told as something else: \(stable(error))")
            }
        case is DiskError where simulation.bug == .twoTransactions: break
        default: violation("an error of no known kind: \(stable(failure))")
        }
    }

    private mutating func violation(_ sentence: String) {
        isOver = true
        if !found.contains(sentence) { found.append(sentence) }
        volume.note("VIOLATION \(sentence)")
    }

    /// An error's text without what differs from one process to the next.
    private func stable(_ error: any Error) -> String {
        let text = "\(error)".replacingOccurrences(of: volume.folder.path, with: "…")
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return words.map { word in
            word.hasSuffix(":") ? SimulatedVolume.stable(String(word.dropLast())) + ":" : SimulatedVolume.stable(String(word))
        }.joined(separator: " ")
    }
}

/// A ledger and a way to read all that it holds.
struct OpenedLedger {
    let ledger: any RunLedger
    let read: () throws -> StoredState?

    init(_ volume: SimulatedVolume, _ simulation: Simulation) throws {
        let folder = volume.folder.appendingPathComponent("store")
        if simulation.bug == .twoTransactions {
            let split = try SplitLedger(folder: folder, disk: SimulatedDisk(volume))
            ledger = split
            read = { try split.state() }
        } else {
            let store = try RunStore(folder: folder, disk: SimulatedDisk(volume))
            ledger = try store.ledger(SimulationScript.runID, retaining: simulation.script.retained)
            read = { try StoredState(store) }
        }
    }
}

extension SimulatedVolume {
    /// Faults so far that are more than a nuisance.
    var hardFaults: Int {
        state.withLock { state in
            state.faults.filter { !$0.key.hasSuffix(Fault.short.rawValue) && !$0.key.hasSuffix(Fault.interrupted.rawValue) }
                .values.reduce(0, +)
        }
    }
}
