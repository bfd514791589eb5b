import Autodidact
import Foundation
import TestSupport
import Testing

@testable import Remote

@Suite("Requests to an endpoint that fails")
struct EndpointFaultTests {
    private static let path = "completions"
    private static let place = "http://127.0.0.1:8000/v1/completions"

    private func error(_ world: EndpointWorld) async -> OpenAIError? {
        await #expect(throws: OpenAIError.self) { try await world.connection().ask(EndpointWorld.request()) }
    }

    @Test(
        "are made again until it answers",
        arguments: [
            Fault.Kind.status(429, retryAfter: .seconds(2)), .status(408), .status(500), .status(502), .status(503), .unreached, .cutBefore,
            .cutAfter, .stall, .stallAfter,
        ])
    func recovered(kind: Fault.Kind) async throws {
        let world = EndpointWorld()
        world.faults.plan([Fault(path: Self.path, count: 2, kind: kind)])
        #expect(try await world.connection().ask(EndpointWorld.request()).choices.count == 1)
        #expect(world.faults.log.count == 3)
    }

    @Test("wait as long as it asks for")
    func retryAfter() async throws {
        let world = EndpointWorld()
        world.faults.plan([Fault(path: Self.path, kind: .status(429, retryAfter: .seconds(42)))])
        _ = try await world.connection().ask(EndpointWorld.request())
        #expect(world.clock.monotonic() == .seconds(42))
    }

    @Test("end where it asks for longer than there is patience")
    func tooLongAWait() async {
        let world = EndpointWorld()
        world.faults.plan([Fault(path: Self.path, kind: .status(429, retryAfter: .seconds(86_400)))])
        #expect(await error(world) == .refused(url: Self.place, status: 429, said: "fault"))
        #expect(world.clock.monotonic() == .zero)
    }

    @Test("end once patience is used up, with what went wrong")
    func givenUp() async {
        let world = EndpointWorld()
        world.faults.plan([Fault(path: Self.path, count: .max - 1, kind: .unreached)])
        #expect(await error(world) == .unreachable(url: Self.place, reason: "refused"))
        #expect(world.clock.monotonic() <= world.pacing.patience && world.clock.monotonic() > world.pacing.patience / 2)
        world.faults.plan([Fault(path: Self.path, count: .max - 1, kind: .stall)])
        #expect(await error(world) == .timedOut(url: Self.place, after: world.pacing.attempt))
        world.faults.plan([Fault(path: Self.path, count: .max - 1, kind: .status(503))])
        #expect(await error(world) == .refused(url: Self.place, status: 503, said: "fault"))
    }

    @Test("that are refused are not made again", arguments: [400, 401, 402, 403, 404, 413, 422])
    func refused(status: Int) async {
        let world = EndpointWorld()
        world.faults.plan([Fault(path: Self.path, kind: .status(status))])
        let error = await error(world)
        #expect(error == .refused(url: Self.place, status: status, said: "fault") && world.faults.log.count == 1)
        #expect(error?.description.contains(";") == true)
    }

    @Test("are not made again where the account has no credit, though that has the status of a busy server")
    func noCredit() async {
        let answering = Answering(.said(429, "You exceeded your current quota", code: "insufficient_quota"))
        let world = EndpointWorld()
        let connection = EndpointConnection(
            to: EndpointWorld.address.url, form: .text, over: FakeTransport(to: answering, clock: world.clock), pacing: world.pacing,
            budget: TokenBudget(0))
        let error = await #expect(throws: OpenAIError.self) { try await connection.ask(EndpointWorld.request()) }
        #expect(error == .refused(url: Self.place, status: 429, said: "You exceeded your current quota"))
        #expect(world.clock.monotonic() == .zero)
    }

    @Test("whose answer cannot be read say where in it", arguments: [("{", "the whole answer"), (#"{"usage":{}}"#, "choices")])
    func unreadable(body: String, field: String) async {
        let world = EndpointWorld()
        let connection = EndpointConnection(
            to: EndpointWorld.address.url, form: .text,
            over: FakeTransport(to: Answering(Reply(status: 200, body: Data(body.utf8))), clock: world.clock), pacing: world.pacing,
            budget: TokenBudget(0))
        let error = await #expect(throws: OpenAIError.self) { try await connection.ask(EndpointWorld.request()) }
        guard case .unreadable(Self.place, field, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("follow no redirection")
    func redirected() async {
        let world = EndpointWorld()
        world.faults.plan([Fault(path: Self.path, kind: .status(302))])
        #expect(await error(world) == .refused(url: Self.place, status: 302, said: "fault"))
    }

    @Test("are not made again once the task is cancelled")
    func cancelled() async {
        let world = EndpointWorld()
        world.faults.plan([Fault(path: Self.path, count: .max - 1, kind: .unreached)])
        let task = Task {
            unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
            return try await world.connection().ask(EndpointWorld.request())
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("end before the next one where the budget of tokens is used up, and count what servers do not")
    func budget() async throws {
        let world = EndpointWorld()
        let connection = world.connection(budget: 8)
        _ = try await connection.ask(EndpointWorld.request(tokens: 6))
        let used = connection.budget.used
        #expect(used > 0)
        connection.budget.add(8)
        let error = await #expect(throws: OpenAIError.self) { try await connection.ask(EndpointWorld.request()) }
        #expect(error == .budgetSpent(url: EndpointWorld.address.url, used: used + 8, budget: 8))
        #expect(world.faults.log.count == 1)
        connection.budget.add(.max)
        #expect(connection.budget.used == .max)
        let uncounted = EndpointWorld(FakeEndpointTraits(counts: false)).connection(budget: 100)
        _ = try await uncounted.ask(EndpointWorld.request("abcd", tokens: 0))
        #expect(uncounted.budget.used == 4)
    }

    /// Says one thing to everything.
    private struct Answering: FakeAnswering {
        let reply: Reply

        init(_ reply: Reply) { self.reply = reply }

        func answer(_ path: String, _ body: Data?) -> Reply { reply }
    }
}
