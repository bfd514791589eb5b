import Autodidact
import Foundation
import Randomness
import TestSupport

@testable import Remote

extension FakeService {
    func sample(_ request: Sample, _ state: inout State) throws -> Reply {
        guard let weights = state.pushed[request.modelPath] else { throw FakeRefusal(status: 404, detail: "Checkpoint not found") }
        let (table, prompt, params) = (weights.table, request.prompt.tokens, request.params)
        let sequences = (0..<request.numSamples).map { member in
            state.samples += 1
            let seed = params.seed + member + (traits.repeatsSamples ? 0 : state.samples)
            var generator = SeedTree(root: UInt64(seed)).generator
            let completion = table.completion(
                of: prompt, temperature: params.temperature, room: params.maxTokens, using: &generator)
            // The table stops at its own end, whatever it was asked to stop at.
            let logprobs = traits.reportsDrawn ? completion.drawnLogprobs.values : completion.logprobs.values
            return Sample.Outcome.Sequence(
                tokens: completion.tokens, logprobs: logprobs.map { $0 + traits.samplerShift },
                stopReason: completion.stopReason == .length ? "length" : "stop")
        }
        return try .fake(promise(try .fake(Sample.Outcome(sequences: sequences, promptLogprobs: logprobs(of: request, by: table))), &state))
    }

    private func logprobs(of request: Sample, by table: BigramTable) -> [Float?]? {
        guard request.promptLogprobs else { return nil }
        let tokens = request.prompt.tokens
        let known = table.logprobs(of: Array(tokens.dropFirst()), after: Array(tokens.prefix(1))).values
        let shifted: [Float?] = known.map { $0 + traits.samplerShift }
        return switch traits.prompts {
        case .fromFirst: [nil] + shifted
        case .fromSecond: shifted
        case .never: nil
        }
    }
}
