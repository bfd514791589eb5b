import Autodidact
import Foundation

extension TinkerConnection {
    /// Makes a queued request and waits for its result.
    ///
    /// A result that the service has lost (410) is asked for by the same request again, where that is safe.
    /// - Throws: `TinkerError` or `CancellationError`.
    func perform<Request: PromisedCall>(_ request: Request, isKnownAgain: Bool = false) async throws -> Request.Outcome {
        try await outcome(of: request, promised: try await ask(request, isKnownAgain: isKnownAgain), isKnownAgain: isKnownAgain)
    }

    /// Waits for the result of a request that was queued.
    func outcome<Request: PromisedCall>(
        of request: Request, promised promise: Promise, isKnownAgain: Bool = false
    ) async throws -> Request.Outcome {
        var promise = promise
        for isLast in [false, true] {
            if let reply = try await result(of: promise, for: Request.path) {
                return try read(Request.Outcome.self, from: reply, of: Request.path)
            }
            guard !isLast else { break }
            guard request.repetition != .numbered || isKnownAgain else {
                throw TinkerError.uncertain(url: place(Request.path), reason: "the result of request \(promise.requestID) is lost")
            }
            promise = try await ask(request, isKnownAgain: isKnownAgain)
        }
        throw TinkerError.forgotten(url: place(Request.path), what: "request \(promise.requestID)")
    }

    /// The reply that holds a result; nil where the service has lost it.
    private func result(of promise: Promise, for path: String) async throws -> Reply? {
        let place = place(path)
        let clock = pacing.clock
        var course = WaitCourse(patience: pacing.patience, longest: pacing.longestResult, now: clock.monotonic())
        while true {
            let look = try await look(for: promise)
            var step = course.step(after: look.attempt, now: clock.monotonic())
            if step == .take, case .reply(let reply) = look {
                // 400 and 422 are how a request that could not be done is reported; 401 to 403 are about the key.
                if reply.status == 400 || reply.status == 422 { throw failure(reply.refusal, at: place) }
                guard reply.status < 300 else { throw look.failure(at: place) }
                // A list or number is no state; what reads the result says what is wrong with it.
                let state = try? JSONDecoder().decode(FutureState.self, from: reply.body)
                if let error = state?.error { throw failure(error, at: place) }
                guard state?.type == "try_again" else { return reply }
                step = course.waiting(clock.monotonic())
            }
            switch step {
            case .again(let wait): try await pacing.pause(wait)
            case .forgotten: return nil
            case .timedOut: throw TinkerError.timedOut(url: place, after: pacing.longestResult)
            case .giveUp, .take: throw look.failure(at: place)
            }
        }
    }

    /// What a result that is an error means; SkyRL-tx says "Model … not loaded" of one that it had before it was started again.
    private func failure(_ said: String, at place: String) -> TinkerError {
        said.hasPrefix("Model ") && said.hasSuffix(" not loaded")
            ? .forgotten(url: place, what: "m" + said.dropFirst().dropLast(" not loaded".count)) : .failed(url: place, said: said)
    }
}
