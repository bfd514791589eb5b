import Autodidact
import Randomness

extension SSRZero {
    /// The judge's scores, 0…1; 0 for what is no finished answer, nil for what is too long for the judge.
    func scores(of attempts: [Attempt], by judge: any Policy, step: Int, in workshop: BlindWorkshop) async throws -> [Double?] {
        let probes = attempts.map { LabelProbe.score(of: $0.canonicalResponse, to: $0.question) }
        let scores =
            switch settings.readout {
            case .expected: try await workshop.expectedScore(of: probes, by: judge)
            case .sampled: try await workshop.writtenScore(of: probes, by: judge, key: workshop.seed("judge", step))
            }
        return zip(attempts, scores).map { $0.isComplete ? $1 : 0 }
    }
}
