import Foundation
import Synchronization
import TestSupport

@testable import Remote

/// A training service with a policy small enough to compute everything about it.
final class FakeService: Sendable {
    struct State {
        var models: [String: FakeModel] = [:]
        var modelCount = 0
        var unloaded: [String] = []
        var futures: [String: (reply: Reply, looks: Int)] = [:]
        /// The promises of numbered requests.
        var promises: [Numbered: (promise: Promise, body: Data)] = [:]
        var saved: [String: FakeModel.State] = [:]
        var pushed: [String: FakeModel.State] = [:]
        var firstPush: FakeModel.State?
        var isSessionKnown = true
        var heartbeats = 0
        var samples = 0
        var hasSeenDecay = false
    }

    struct Numbered: Hashable {
        let model: String
        let number: Int
    }

    static let baseModel = "letters"
    let traits: FakeTraits
    let state = Mutex(State())

    init(_ traits: FakeTraits = .plain) { self.traits = traits }

    /// Optimiser steps of the model that was made last.
    var appliedSteps: Int { state.withLock { $0.models["model_\($0.modelCount)"]?.steps ?? 0 } }

    /// Whether any step had weight decay.
    var hasSeenDecay: Bool { state.withLock { $0.hasSeenDecay } }

    /// Models that are loaded.
    var loadedModels: Int { state.withLock { $0.models.count } }

    /// As after a restart: sessions, futures and models are lost, what was saved is there.
    func restart() {
        state.withLock { state in
            state.models = [:]
            state.futures = [:]
            state.promises = [:]
            state.isSessionKnown = false
        }
    }

    /// Answers a request, `body` being nil for GET.
    func answer(_ path: String, _ body: Data?) -> Reply {
        do {
            return try state.withLock { try answer(path, body ?? Data(), &$0) }
        } catch let refusal as FakeRefusal {
            return .fake(refusal.status, ["detail": refusal.detail])
        } catch {
            return .fake(422, ["detail": "\(error)"])
        }
    }

    private func answer(_ path: String, _ body: Data, _ state: inout State) throws -> Reply {
        switch path {
        case ServerCapabilities.path:
            return try .fake(ServerCapabilities(supportedModels: [.init(modelName: Self.baseModel, maxContextLength: 64)]))
        case CreateSession.path:
            state.isSessionKnown = true
            return .fake(200, ["session_id": "session_1", "type": "create_session"])
        case SessionHeartbeat.path:
            guard state.isSessionKnown else { throw FakeRefusal(status: 404, detail: "Session not found") }
            state.heartbeats += 1
            return .fake(200, ["type": "session_heartbeat"])
        case RetrieveFuture.path: return try future(try read(body), &state)
        case WeightsInfo.path:
            let request: WeightsInfo = try read(body)
            guard state.saved[request.tinkerPath] != nil else { throw FakeRefusal(status: 404, detail: "Checkpoint not found") }
            return .fake(200, ["base_model": Self.baseModel])
        case CreateModel.path: return try create(try read(body), &state)
        case UnloadModel.path: return try unload(try read(body), &state)
        case Forward.path: return try forward(try read(body), &state)
        case ForwardBackward.path: return try forwardBackward(try read(body), body, &state)
        case OptimStep.path: return try step(try read(body), body, &state)
        case SaveWeights.path: return try save(try read(body), &state)
        case SaveWeightsForSampler.path: return try push(try read(body), &state)
        case LoadWeights.path: return try load(try read(body), &state)
        case Sample.path: return try sample(try read(body), &state)
        default: throw FakeRefusal(status: 404, detail: "Not Found")
        }
    }

    func read<Request: Decodable>(_ body: Data) throws -> Request { try JSONDecoder().decode(Request.self, from: body) }

    /// Keeps a result and promises it.
    func promise(_ outcome: Reply, model: String? = nil, _ state: inout State) -> Promise {
        let promise = Promise(requestID: "\(state.futures.count + 1)", modelID: model)
        state.futures[promise.requestID] = (outcome, traits.looks)
        return promise
    }

    private func future(_ request: RetrieveFuture, _ state: inout State) throws -> Reply {
        guard var future = state.futures[request.requestID] else { throw FakeRefusal(status: 404, detail: "Future not found") }
        guard future.looks == 0 else {
            future.looks -= 1
            state.futures[request.requestID] = future
            return .fake(408, ["detail": "Timeout waiting for result"])
        }
        return future.reply
    }
}

/// A status other than success.
struct FakeRefusal: Error {
    let status: Int
    let detail: String
}

extension Reply {
    static func fake(_ status: Int, _ fields: [String: String]) -> Reply {
        Reply(status: status, body: (try? JSONEncoder().encode(fields)) ?? Data())
    }

    static func fake(_ value: some Encodable) throws -> Reply { Reply(status: 200, body: try JSONEncoder().encode(value)) }
}
