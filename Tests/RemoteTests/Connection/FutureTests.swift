import Foundation
import TestSupport
import Testing

@testable import Remote

@Suite("Results of queued requests")
struct FutureTests {
    private let adapter = CreateModel(
        sessionID: "session_1", modelSeqID: 0, baseModel: FakeService.baseModel, loraConfig: .init(rank: 4, seed: 0))

    private func error(_ world: FakeWorld, at kind: Fault.Kind, count: Int = 1) async -> TinkerError? {
        world.faults.plan([Fault(path: RetrieveFuture.path, count: count, kind: kind)])
        do {
            _ = try await world.connection.perform(adapter)
            return nil
        } catch { return error as? TinkerError }
    }

    @Test("are waited for")
    func waited() async throws {
        var traits = FakeTraits.plain
        traits.looks = 5
        let world = FakeWorld(traits)
        #expect(try await world.connection.perform(adapter).modelID == "model_1")
        #expect(world.faults.log.count { $0 == RetrieveFuture.path } == 6)
    }

    @Test(
        "are looked for again after whatever goes wrong in looking",
        arguments: [Fault.Kind.status(408), .status(429), .status(500), .unreached, .cutBefore, .cutAfter, .stall])
    func again(kind: Fault.Kind) async {
        #expect(await error(FakeWorld(), at: kind, count: 3) == nil)
    }

    @Test("that the service has lost are asked for by the request again, once", arguments: [404, 410])
    func lost(status: Int) async {
        let world = FakeWorld()
        #expect(await error(world, at: .status(status)) == nil)
        #expect(world.service.loadedModels == 2)
        guard case .forgotten = await error(world, at: .status(status), count: .max - 1) else {
            Issue.record("a lost result was not reported")
            return
        }
    }

    @Test("that failed carry the service's words", arguments: [400, 422])
    func failed(status: Int) async {
        #expect(
            await error(FakeWorld(), at: .status(status))
                == .failed(url: "http://127.0.0.1:8000/api/v1/create_model", said: "fault"))
    }

    @Test("of a model that the service had before it was started again say that it is forgotten")
    func notLoaded() async throws {
        let world = FakeWorld()
        world.transport.rewrite { _ in Data(#"{"error":"Model model_7 not loaded","status":"failed"}"#.utf8) }
        let error = await #expect(throws: TinkerError.self) { try await world.connection.perform(adapter) }
        #expect(error == .forgotten(url: "http://127.0.0.1:8000/api/v1/create_model", what: "model model_7"))
        #expect(error?.description.contains("resume the run") == true)
    }

    @Test("of a wrong key or an empty account are refusals", arguments: [401, 402, 403])
    func refused(status: Int) async {
        guard case .refused(_, status, _) = await error(FakeWorld(), at: .status(status)) else {
            Issue.record("\(status) is not reported as a refusal")
            return
        }
    }

    @Test("are given up after the longest time that one may take")
    func longest() async {
        let world = FakeWorld()
        guard case .timedOut = await error(world, at: .stall, count: .max - 1) else {
            Issue.record("a result that never comes is waited for")
            return
        }
        #expect(world.clock.monotonic() >= world.pacing.longestResult - world.pacing.attempt)
    }

    private func data(_ count: Int) -> PassInput {
        let datum = Datum(reading: [1, 2], logprobs: [-1], advantages: [0])
        return PassInput(data: (0..<count).map { _ in datum }, lossName: .importanceSampling)
    }

    @Test("of several requests come in the order of the requests", arguments: [1, 2, 32])
    func ordered(open: Int) async throws {
        let world = FakeWorld()
        let model = try await world.connection.perform(adapter).modelID
        let requests = (1...9).map { Forward(modelID: model, input: data($0), seqID: $0) }
        let outcomes = try await world.connection.performAll(requests, open: open)
        #expect(outcomes.map(\.outputs.count) == Array(1...9))
    }

    @Test("are waited for after all requests are queued, those that change a model in their order")
    func pipelined() async throws {
        let world = FakeWorld()
        let model = try await world.connection.perform(adapter).modelID
        world.faults.plan([Fault(path: ForwardBackward.path, at: 2, kind: .unreached)])
        let requests = (1...5).map { ForwardBackward(modelID: model, input: data($0), seqID: $0) }
        let outcomes = try await world.connection.performAll(requests, open: 3)
        #expect(outcomes.map(\.outputs.count) == Array(1...5))
        #expect(world.faults.log.prefix(6).allSatisfy { $0 == ForwardBackward.path })
    }

    @Test("of no requests are none")
    func none() async throws {
        #expect(try await FakeWorld().connection.performAll([Forward]()).isEmpty)
    }
}
