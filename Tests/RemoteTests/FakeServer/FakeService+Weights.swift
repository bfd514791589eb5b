import Foundation

@testable import Remote

extension FakeService {
    func save(_ request: SaveWeights, _ state: inout State) throws -> Reply {
        let path = "tinker://\(request.modelID)/weights/\(request.name)"
        guard state.saved[path] == nil else { throw FakeRefusal(status: 409, detail: "Checkpoint '\(request.name)' already exists") }
        state.saved[path] = try model(request.modelID, &state).state
        return try .fake(promise(try .fake(SaveWeights.Outcome(path: path)), &state))
    }

    func push(_ request: SaveWeightsForSampler, _ state: inout State) throws -> Reply {
        let path = "tinker://\(request.modelID)/sampler_weights/\(request.name)"
        guard state.pushed[path] == nil else { throw FakeRefusal(status: 409, detail: "Checkpoint '\(request.name)' already exists") }
        let weights = try model(request.modelID, &state).state
        // The probe's own push is not the one that goes stale.
        if request.name != "probe", state.firstPush == nil { state.firstPush = weights }
        state.pushed[path] = traits.servesFirstPush && request.name != "probe" ? state.firstPush : weights
        return try .fake(promise(try .fake(SaveWeightsForSampler.Outcome(path: path)), &state))
    }

    func load(_ request: LoadWeights, _ state: inout State) throws -> Reply {
        guard traits.loadsInPlace || state.models[request.modelID]?.requests == 0 else {
            throw FakeRefusal(status: 400, detail: "LoadWeights is not permitted with seq_id \(request.seqID)")
        }
        guard let saved = state.saved[request.path] else { throw FakeRefusal(status: 404, detail: "Checkpoint not found") }
        _ = try model(request.modelID, &state)
        state.models[request.modelID]?.state = saved
        if !request.optimizer && traits.loadsWeightsAlone {
            state.models[request.modelID]?.state.optimizer = FakeModel.State().optimizer
        }
        return try .fake(promise(.fake(200, ["type": "load_weights"]), &state))
    }
}
