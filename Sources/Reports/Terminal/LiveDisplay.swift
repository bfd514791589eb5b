public import Autodidact

/// What is known of a running loop, and how it looks: fed with events and the time, it gives the lines to draw.
///
/// A pure value: time comes in as the reading of any monotonic clock.
public struct LiveDisplay: Sendable {
    /// What stands in the first line.
    let title: String
    let started: Duration
    /// When the last event came: what is done between two events belongs to the phase of the later one.
    private(set) var lastEvent: Duration
    private(set) var generation = 0
    private(set) var generations = 0
    private(set) var generationStarted: Duration
    private(set) var phase: PhaseProgress?
    private(set) var baseline: Estimate?
    private(set) var samplesPerProblem = 0
    private(set) var committed: [CommittedGeneration] = []
    private(set) var isFinished = false
    /// How many generations were committed when the run went on, and the incumbent then.
    private var resumed: (after: Int, incumbent: Estimate)?

    /// One committed generation, as far as the display needs it.
    struct CommittedGeneration: Sendable, Hashable {
        let number: Int
        let candidate: Estimate
        let outcome: GateDecision.Outcome
        let episodes: Int
        let correct: Int
        let seconds: PhaseSeconds
        let alarms: [Alarm]

        init(_ record: GenerationRecord) {
            number = record.number
            candidate = record.evaluation.meanAtK()
            outcome = record.decision.outcome
            episodes = record.episodes
            correct = record.correct
            seconds = record.seconds
            alarms = record.alarms
        }
    }

    /// A display of a run that starts, or goes on, at `now`.
    public init(title: String, at now: Duration) {
        self.title = title
        started = now
        lastEvent = now
        generationStarted = now
    }

    /// A display of the run that a manifest describes.
    public init(_ manifest: RunManifest, at now: Duration) {
        self.init(title: manifest.title, at: now)
    }

    /// Takes in what happened.
    public mutating func receive(_ event: LoopEvent, at now: Duration) {
        switch event {
        case .baseline(let result):
            note(base: result)
        case .resumed(let records, let result, let incumbent):
            note(base: result)
            committed = records.map(CommittedGeneration.init)
            resumed = (records.count, incumbent.meanAtK())
            generation = records.last?.number ?? 0
        case .generationStarted(let number, let of):
            (generation, generations, generationStarted, phase) = (number, of, now, nil)
        case .progress(let phase, let done, let total, let tokens):
            advance(phase, done: done, total: total, tokens: tokens, at: now)
        case .verdictMissing: return
        case .generationCommitted(let record):
            committed.append(CommittedGeneration(record))
            phase = nil
        case .finished:
            isFinished = true
            phase = nil
        }
        lastEvent = now
    }

    /// The incumbent on the held-out problems.
    var incumbent: Estimate? {
        committed.dropFirst(resumed?.after ?? 0).last { $0.outcome == .promoted }?.candidate ?? resumed?.incumbent ?? baseline
    }

    /// Seconds that are left, from the committed generations and the evaluation that ends the run; nil before the first is committed.
    func secondsLeft(at now: Duration) -> Double? {
        guard !committed.isEmpty, generations > 0, !isFinished else { return nil }
        let count = Double(committed.count)
        let mean = committed.reduce(0) { $0 + $1.seconds.total } / count
        let evaluation = committed.reduce(0) { $0 + $1.seconds[.evaluate] } / count
        let isRunning = generation > (committed.last?.number ?? 0)
        let elapsed = isRunning ? (now - generationStarted) / .seconds(1) : 0
        let remaining = Double(max(0, generations - committed.count))
        // The base and the final incumbent are read once more, on the sealed problems.
        return max(0, remaining * mean - min(elapsed, mean)) + 2 * evaluation
    }

    private mutating func note(base result: EvaluationResult) {
        baseline = result.meanAtK()
        samplesPerProblem = result.samplesPerProblem
        phase = nil
    }

    private mutating func advance(_ phase: Phase, done: Int, total: Int, tokens: Int, at now: Duration) {
        if let current = self.phase, current.phase == phase, current.done <= done {
            self.phase?.advance(done: done, total: total, tokens: tokens, at: now)
        } else {
            self.phase = PhaseProgress(phase, done: done, total: total, tokens: tokens, from: lastEvent, at: now)
        }
    }
}
