import Foundation
import TestSupport

@testable import Remote

extension FakeService {
    func create(_ request: CreateModel, _ state: inout State) throws -> Reply {
        guard state.isSessionKnown else { throw FakeRefusal(status: 404, detail: "Session not found") }
        state.modelCount += 1
        let id = "model_\(state.modelCount)"
        state.models[id] = FakeModel()
        return try .fake(promise(try .fake(CreateModel.Outcome(modelID: id)), model: id, &state))
    }

    func unload(_ request: UnloadModel, _ state: inout State) throws -> Reply {
        state.models[request.modelID] = nil
        state.unloaded.append(request.modelID)
        return try .fake(promise(.fake(200, ["type": "unload_model"]), &state))
    }

    func forward(_ request: Forward, _ state: inout State) throws -> Reply {
        let model = try model(request.modelID, &state)
        return try .fake(promise(try .fake(try outcome(of: request.input, by: model)), &state))
    }

    func forwardBackward(_ request: ForwardBackward, _ body: Data, _ state: inout State) throws -> Reply {
        try numbered(request.modelID, request.seqID, body, &state) { state in
            let outcome = try outcome(of: request.input, by: try model(request.modelID, &state))
            guard traits.losses.contains(request.input.lossName) else { throw FakeRefusal(status: 422, detail: "no such loss") }
            state.models[request.modelID]?.accumulate(request.input, traits: traits)
            return try .fake(outcome)
        }
    }

    func step(_ request: OptimStep, _ body: Data, _ state: inout State) throws -> Reply {
        try numbered(request.modelID, request.seqID, body, &state) { state in
            _ = try model(request.modelID, &state)
            if request.adam.weightDecay != 0 { state.hasSeenDecay = true }
            state.models[request.modelID]?.step(request.adam, traits: traits)
            return try .fake(OptimStep.Outcome(metrics: nil))
        }
    }

    /// Does a request once, where requests are known again.
    private func numbered(
        _ model: String, _ number: Int, _ body: Data, _ state: inout State, _ work: (inout State) throws -> Reply
    ) throws -> Reply {
        let key = Numbered(model: model, number: number)
        if traits.knowsRequestsAgain, let known = state.promises[key] {
            guard Self.fields(known.body) == Self.fields(body) else {
                throw FakeRefusal(status: 409, detail: "Training request sequence number was reused")
            }
            return try .fake(known.promise)
        }
        let promise = promise(try work(&state), &state)
        state.promises[key] = (promise, body)
        return try .fake(promise)
    }

    /// The order of fields says nothing.
    private static func fields(_ body: Data) -> NSObject? { (try? JSONSerialization.jsonObject(with: body)) as? NSObject }

    /// The model that a request is about.
    func model(_ id: String, _ state: inout State) throws -> FakeModel {
        guard let model = state.models[id] else { throw FakeRefusal(status: 404, detail: "Model not found") }
        state.models[id]?.requests += 1
        return model
    }

    private func outcome(of input: PassInput, by model: FakeModel) throws -> PassOutcome {
        let vocabulary = 0...BigramTable.end
        for datum in input.data {
            let tokens = datum.modelInput.tokens + datum.lossInputs.targetTokens.data
            guard datum.modelInput.tokens.count == datum.positions, tokens.allSatisfy(vocabulary.contains) else {
                throw FakeRefusal(status: 400, detail: "tokens are not those of the model, or inputs differ in length")
            }
        }
        return PassOutcome(outputs: input.data.map { .init(logprobs: .init(data: model.logprobs($0))) }, metrics: [:])
    }
}
