import Autodidact
import Synchronization

/// An adapter at a service, and the numbers of the requests about it.
///
/// Requests that depend on each other are made one after the other by whoever holds the model; numbers are given in that order.
final class RemoteModel: Sendable {
    let id: String
    let session: Session
    private let lastNumber = Mutex(0)
    private let isUnloaded = Mutex(false)

    init(id: String, session: Session) {
        (self.id, self.session) = (id, session)
    }

    deinit { if !isUnloaded.withLock({ $0 }) { session.release(id) } }

    private var connection: TinkerConnection { session.connection }

    /// A request with the next number; numbers begin at 1.
    private func numbered<Request>(_ request: (Int) -> Request) -> Request {
        request(
            lastNumber.withLock { last in
                last += 1
                return last
            })
    }

    /// Logprobs of the targets at every position of each datum; requests are queued together.
    func forward(_ chunks: [[Datum]]) async throws -> [PassOutcome] {
        try session.check()
        let requests = chunks.map { chunk in
            numbered { Forward(modelID: id, input: PassInput(data: chunk, lossName: .crossEntropy), seqID: $0) }
        }
        return try await connection.performAll(requests)
    }

    /// Adds the gradients of all chunks, each chunk queued before the result of the one before is there.
    func forwardBackward(_ chunks: [[Datum]], loss: LossName, isKnownAgain: Bool) async throws -> [PassOutcome] {
        try session.check()
        let requests = chunks.map { chunk in
            numbered { ForwardBackward(modelID: id, input: PassInput(data: chunk, lossName: loss), seqID: $0) }
        }
        return try await connection.performAll(requests, isKnownAgain: isKnownAgain)
    }

    /// Applies the gradients.
    ///
    /// Only when the results of all passes are there: SkyRL-tx takes a queued step before passes that were queued before it.
    func step(_ adam: OptimStep.Adam, isKnownAgain: Bool) async throws -> OptimStep.Outcome {
        try session.check()
        let request = numbered { OptimStep(modelID: id, adam: adam, seqID: $0) }
        return try await connection.perform(request, isKnownAgain: isKnownAgain)
    }

    /// Whether the service knows a numbered request again: the same step, of length 0, made twice.
    func knowsRequestsAgain(_ adam: OptimStep.Adam) async throws -> Bool {
        let request = numbered { OptimStep(modelID: id, adam: adam, seqID: $0) }
        let first = try await connection.ask(request)
        _ = try await connection.outcome(of: request, promised: first)
        let second = try await connection.ask(request)
        // One that is not known again has no gradients left to apply, which a service may call a failure.
        do {
            _ = try await connection.outcome(of: request, promised: second)
        } catch let error as TinkerError {
            guard error.isAboutRequest else { throw error }
            return false
        }
        return first.requestID == second.requestID
    }

    /// Takes the adapter off the service, unless adapters are to stay there.
    func unload() async throws {
        if !session.keepsAdapters { _ = try await connection.perform(UnloadModel(modelID: id)) }
        isUnloaded.withLock { $0 = true }
    }

    /// Continues prompts by weights that were saved for the sampler.
    func sample(_ requests: [Sample]) async throws -> [Sample.Outcome] {
        try session.check()
        return try await connection.performAll(requests)
    }

    /// Saves weights and optimiser under a name that nobody has taken; returns the path.
    func save(as name: String) async throws -> String {
        try session.check()
        let request = numbered { SaveWeights(modelID: id, name: name, seqID: $0) }
        do {
            return try await connection.perform(request).path
        } catch let error as TinkerError {
            guard case .refused(_, 409, _) = error else { throw error }
            // The answer to an earlier attempt was lost, and the attempt was not.
            let path = "tinker://\(id)/weights/\(name)"
            _ = try await connection.ask(WeightsInfo(tinkerPath: path))
            return path
        }
    }

    /// Saves weights for the sampler under a name that nobody has taken; returns the path to sample by.
    func push(as name: String) async throws -> String {
        try session.check()
        let request = numbered { SaveWeightsForSampler(modelID: id, name: name, seqID: $0) }
        let path = "tinker://\(id)/sampler_weights/\(name)"
        do {
            return try await connection.perform(request).path ?? path
        } catch let error as TinkerError {
            guard case .refused(_, 409, _) = error else { throw error }
            return path
        }
    }

    /// Loads a saved state; false where the service allows that for new models alone.
    func load(_ path: String, optimizer: Bool) async throws -> Bool {
        try session.check()
        let request = numbered { LoadWeights(modelID: id, path: path, optimizer: optimizer, seqID: $0) }
        do {
            _ = try await connection.perform(request)
            return true
        } catch let error as TinkerError {
            guard case .refused(_, 400, let said) = error, said.contains("not permitted") else { throw error }
            return false
        }
    }
}
