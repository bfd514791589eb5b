/// The metrics of a run; `docs/METRICS.md` has the same table, and a test holds the two together.
///
/// Names, labels and meanings are stable.
public enum RunMetric: String, CaseIterable, Sendable {
    /// Always 1; its labels say what runs.
    case info = "autodidact_run_info"
    /// Generations.
    case generation = "autodidact_generation"
    case generations = "autodidact_generations"
    /// Where the loop is in its present phase.
    case phaseDone = "autodidact_phase_done"
    case phasePlanned = "autodidact_phase_planned"
    case phaseTokens = "autodidact_phase_tokens"
    case phaseSeconds = "autodidact_phase_seconds"
    /// Sums over committed generations.
    case episodes = "autodidact_episodes_total"
    case correct = "autodidact_correct_episodes_total"
    case unscorable = "autodidact_unscorable_verdicts_total"
    case tokensSampled = "autodidact_tokens_sampled_total"
    case tokensTrained = "autodidact_tokens_trained_total"
    case steps = "autodidact_optimizer_steps_total"
    case skippedSteps = "autodidact_skipped_steps_total"
    case promotions = "autodidact_promotions_total"
    case rollbacks = "autodidact_rollbacks_total"
    case alarms = "autodidact_alarms_total"
    case paused = "autodidact_promotion_paused"
    /// Evaluations.
    case heldOut = "autodidact_heldout_mean_at_k"
    case sealed = "autodidact_sealed_mean_at_k"
    case figure = "autodidact_generation_metric"
    /// How the run stands.
    case finished = "autodidact_run_finished"
    case lastEvent = "autodidact_last_event_timestamp_seconds"

    /// Kind, labels and help.
    public var definition: MetricDefinition {
        switch self {
        case .info:
            metric(.gauge, "1, with what runs as labels.", ["run_id", "recipe", "task", "model", "seed", "gated", "version"])
        case .generation: metric(.gauge, "The generation that has begun last; 0 before the first.")
        case .generations: metric(.gauge, "Generations that the run is to have.")
        case .phaseDone: metric(.gauge, "Units of the phase that are done: episodes, sequences or responses.", ["phase"])
        case .phasePlanned: metric(.gauge, "Units of the phase that are planned.", ["phase"])
        case .phaseTokens: metric(.gauge, "Tokens of the phase so far.", ["phase"])
        case .phaseSeconds: metric(.summary, "Seconds that committed generations spent in the phase.", ["phase"])
        case .episodes: metric(.counter, "Episodes made for training.")
        case .correct: metric(.counter, "Those of them that were correct.")
        case .unscorable: metric(.counter, "Those of them that could not be judged.")
        case .tokensSampled: metric(.counter, "Tokens sampled for training.")
        case .tokensTrained: metric(.counter, "Tokens that passed through the trainer.")
        case .steps: metric(.counter, "Optimiser steps that were applied.")
        case .skippedSteps: metric(.counter, "Optimiser steps that were skipped for a gradient that is not finite.")
        case .promotions: metric(.counter, "Candidates that replaced the incumbent.")
        case .rollbacks: metric(.counter, "Candidates that were discarded.")
        case .alarms: metric(.counter, "Alarms that rang.", ["alarm"])
        case .paused:
            metric(.gauge, "1 while the last committed generation leaves promotion paused by the alarm, else 0.", ["alarm"])
        case .heldOut: metric(.gauge, "mean@k on the held-out problems, 0 to 1; weights: base, incumbent, candidate.", ["weights"])
        case .sealed: metric(.gauge, "mean@k on the sealed problems, read once at the end; weights: base, incumbent.", ["weights"])
        case .figure: metric(.gauge, "A named metric of a generation, as the last one that has it was committed.", ["name"])
        case .finished: metric(.gauge, "1 once the run is finished, else 0.")
        case .lastEvent: metric(.gauge, "When the loop last told anything, in seconds since 1970.")
        }
    }

    /// Of all metrics.
    public static var definitions: [MetricDefinition] { allCases.map(\.definition) }

    private func metric(_ kind: MetricDefinition.Kind, _ help: String, _ labels: [String] = []) -> MetricDefinition {
        MetricDefinition(rawValue, kind, labels: labels, help: help)
    }
}
