import Foundation

/// How the learning rate goes over a run: a factor for each optimiser step, between 0 and 1.
///
/// Steps count from 1, as `AdamW.step` does. Counts of steps below 0 are taken as 0, levels outside 0...1 as the nearer end.
public enum Schedule: Sendable, Hashable, Codable {
    /// Always 1.
    case constant
    /// Rises in equal parts over `steps` steps, then stays at 1.
    case warmUp(steps: Int)
    /// Rises in equal parts over `warmUp` steps, then falls along half a cosine to `floor`, which the last step has
    /// (arXiv:1608.03983, eq. 5, without restarts).
    case cosine(warmUp: Int, floor: Double)
    /// For runs whose end is not known (arXiv:2403.08763, section 4.3): warm-up, over `cooldown` steps along half a cosine down to
    /// `plateau`, and there it stays. Over the last `annealing` steps of the run, 0 for none, it falls exponentially to `floor`.
    case infinite(warmUp: Int, cooldown: Int, plateau: Double, annealing: Int, floor: Double)

    /// The factor at `step`, from 1 up, of a run of `total` steps.
    ///
    /// Steps past the end have the factor of the last.
    ///
    /// `total` is read by schedules that end: cosine, and infinite with annealing.
    public func factor(step: Int, of total: Int) -> Double {
        precondition(step >= 1, "steps count from 1, not \(step)")
        switch self {
        case .constant:
            return 1
        case .warmUp(let steps):
            return Self.rise(step, over: steps)
        case .cosine(let warmUp, let floor):
            guard step > warmUp else { return Self.rise(step, over: warmUp) }
            return Self.fall(to: Self.level(floor), progress: Self.progress(step, from: max(warmUp, 0), to: total))
        case .infinite(let warmUp, let cooldown, let plateau, let annealing, let floor):
            let plateau = Self.level(plateau), annealingStart = total - max(annealing, 0), cooldownStart = max(warmUp, 0)
            func held(_ step: Int) -> Double {
                guard step > warmUp else { return Self.rise(step, over: warmUp) }
                let end = cooldownStart + max(cooldown, 0)
                return Self.fall(to: plateau, progress: Self.progress(step, from: cooldownStart, to: end))
            }
            guard annealing > 0 && step > annealingStart else { return held(step) }
            // Annealing may be asked for before the plateau is reached: it starts from where the rate is.
            let start = held(max(annealingStart, 1)), end = min(Self.level(floor), start)
            guard end > 0 else { return start * (1 - Self.progress(step, from: annealingStart, to: total)) }
            return start * pow(end / start, Self.progress(step, from: annealingStart, to: total))
        }
    }

    private static func rise(_ step: Int, over steps: Int) -> Double {
        steps > 0 ? min(1, Double(step) / Double(steps)) : 1
    }

    private static func fall(to floor: Double, progress: Double) -> Double {
        floor + (1 - floor) * 0.5 * (1 + cos(.pi * progress))
    }

    private static func progress(_ step: Int, from start: Int, to end: Int) -> Double {
        end > start ? min(1, Double(step - start) / Double(end - start)) : 1
    }

    private static func level(_ value: Double) -> Double { min(1, max(0, value)) }
}
