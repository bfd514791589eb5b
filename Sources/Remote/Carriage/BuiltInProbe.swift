import Foundation

/// Measures whether a service's cross-entropy and PPO are what they are called, so that objectives may be left to them.
struct BuiltInProbe {
    let bench: ProbeBench
    /// The effect of a plain step of importance sampling, and what that is divided by.
    let unit: Double
    let divisor: LossDivisor

    /// How far an effect may be from what it should be: coarse formats, and a logprob that has moved a little since `unit` was measured.
    private static let tolerance = 0.6...1.6

    func losses() async throws -> BuiltInLosses {
        BuiltInLosses(crossEntropy: try await crossEntropy(), ppo: try await ppo())
    }

    /// Half the weight must have half the effect before a negative one is tried: SkyRL-tx 0.3.0 divides by the sum of the weights, at
    /// least 1e-9, so that negative weights blow a model up.
    private func crossEntropy() async throws -> LossDivisor? {
        do {
            let whole = try await bench.move(by: ProbeBench.unit, loss: .crossEntropy)
            let half = try await bench.move(by: [[ProbeBench.Entry(positions: ProbeBench.short, advantage: 0.5)]], loss: .crossEntropy)
            // Back to where effects were measured: they fall as a logprob rises.
            let back = ProbeBench.Entry(positions: ProbeBench.short, advantage: Float(-(whole + half) / unit))
            _ = try await bench.move(by: [[back]])
            guard whole > 0, (0.35...0.65).contains(half / whole) else { return nil }
        } catch let error as TinkerError {
            // A service may lack the loss.
            guard error.isAboutRequest else { throw error }
            return nil
        }
        return try await reading(of: .crossEntropy)?.divisor
    }

    /// The bounds lie between ratios that have an effect and ratios that have none.
    private func ppo() async throws -> LossDivisor? {
        do {
            guard let (divisor, base) = try await reading(of: .ppo) else { return nil }
            for (ratio, sign, hasEffect) in [(1.17, 1.0, true), (1.24, 1, false), (0.83, -1, true), (0.77, -1, false)] {
                let entry = ProbeBench.Entry(positions: ProbeBench.short, advantage: Float(sign))
                let moved = try await bench.move(by: [[entry]], loss: .ppo, shift: -Float(log(ratio))) / (base * sign)
                guard hasEffect ? Self.tolerance.contains(moved / ratio) : abs(moved) < 0.3 else { return nil }
            }
            return divisor
        } catch let error as TinkerError {
            guard error.isAboutRequest else { throw error }
            return nil
        }
    }

    /// How the loss is divided, and the effect of its plain step, if that is as long as one of importance sampling, each for its divisor.
    private func reading(of loss: LossName) async throws -> (divisor: LossDivisor, effect: Double)? {
        let own = try await bench.effect(of: ProbeBench.unit, loss: loss)
        guard own > 0, let known = try await bench.readings(of: loss, unit: own).divisor else { return nil }
        let alone = LossDivisor.Extent.of([ProbeBench.short])
        func divided(_ divisor: LossDivisor) -> Double { divisor.value(positions: ProbeBench.short, request: alone, step: alone) }
        return Self.tolerance.contains(own * divided(known) / (unit * divided(divisor))) ? (known, own) : nil
    }
}
