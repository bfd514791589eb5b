import Autodidact
import Backends
import Reports
import RunStore
import Studies

/// A policy, a place and a form in which studies are run one after the other.
struct StudyComposition: Sendable {
    let policy: EmbeddedPolicy
    /// How many seeds; the study's own number where nil.
    let seeds: Int?
    let scale: StudyScale
    /// Where the record goes; nil where it is only shown.
    let folder: AtlasFolder?
    let console: Console
    /// Where cells are logged; nil where no log was asked for.
    let log: StudyLog?

    /// Runs a study to its record, line by line on stderr.
    func run(_ study: any Study, command: String) async throws -> StudyRecord {
        let (clock, slug, console, log) = (SystemClock(), study.card.slug, console, log)
        let runner = StudyRunner(policy: policy, versions: try Versions.ofStudies(), clock: clock) { event in
            log?.receive(event, slug: slug)
            if let line = Self.line(for: event, slug: slug, quantity: study.card.quantity) { console.note(line) }
        }
        let seeds = seeds ?? scale.pick(study.card.seeds, quick: StudyScale.quick.fewestSeeds)
        let record = try await runner.run(study, seeds: seeds, scale: scale, cells: folder?.cells(of: study), command: command)
        try folder?.keep(record, of: study)
        return record
    }

    private static func line(for event: StudyEvent, slug: String, quantity: StudyQuantity) -> String? {
        switch event {
        case .cellStarted(let arm, let seed, let number, let total): return "\(slug) \(number)/\(total): \(arm), seed \(seed)"
        case .cellFinished(let cell, let number, let total, let isReused):
            let value = cell.measurements[quantity.measurement].map { Figures.plain($0) } ?? "–"
            let time = isReused ? "kept from before" : Figures.seconds(cell.seconds)
            return "\(slug) \(number)/\(total): \(cell.arm), seed \(cell.seed): \(quantity.measurement) \(value), "
                + "\(Figures.count(Double(cell.tokens.sampled))) tokens, \(time)"
        case .generation, .loop: return nil
        }
    }
}
