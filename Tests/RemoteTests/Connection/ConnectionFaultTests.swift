import Foundation
import TestSupport
import Testing

@testable import Remote

@Suite("Requests to a service that fails")
struct ConnectionFaultTests {
    private let session = CreateSession(tags: [], userMetadata: [:], sdkVersion: "0")

    private func error(_ world: FakeWorld, _ body: (TinkerConnection) async throws -> some Sendable) async -> TinkerError? {
        do {
            _ = try await body(world.connection)
            return nil
        } catch { return error as? TinkerError }
    }

    @Test(
        "are made again until it answers, where that is safe",
        arguments: [
            Fault.Kind.status(429, retryAfter: .seconds(2)), .status(500), .status(503), .status(408), .unreached, .cutBefore, .cutAfter,
            .stall, .stallAfter,
        ])
    func recovered(kind: Fault.Kind) async throws {
        let world = FakeWorld()
        world.faults.plan([Fault(path: CreateSession.path, count: 2, kind: kind)])
        #expect(try await world.connection.ask(session).sessionID == "session_1")
        #expect(world.faults.log.count == 3)
    }

    @Test("wait as long as it asks for")
    func retryAfter() async throws {
        let world = FakeWorld()
        world.faults.plan([Fault(path: CreateSession.path, kind: .status(429, retryAfter: .seconds(42)))])
        _ = try await world.connection.ask(session)
        #expect(world.clock.monotonic() == .seconds(42))
    }

    @Test("end with an error that names address and cause, once patience is used up")
    func givenUp() async {
        let world = FakeWorld()
        world.faults.plan([Fault(path: CreateSession.path, count: .max - 1, kind: .unreached)])
        let error = await error(world) { try await $0.ask(session) }
        #expect(error == .unreachable(url: "http://127.0.0.1:8000/api/v1/create_session", reason: "refused"))
        #expect(world.clock.monotonic() <= world.pacing.patience)
        #expect(world.clock.monotonic() > world.pacing.patience / 2)
    }

    @Test("that are refused are not made again, and the service's words are kept", arguments: [400, 401, 404, 422])
    func refused(status: Int) async {
        let world = FakeWorld()
        world.faults.plan([Fault(path: CreateSession.path, kind: .status(status))])
        let error = await error(world) { try await $0.ask(session) }
        #expect(error == .refused(url: "http://127.0.0.1:8000/api/v1/create_session", status: status, said: "fault"))
        #expect(world.faults.log.count == 1)
    }

    @Test("whose answer cannot be read say where in it")
    func unreadable() async {
        let world = FakeWorld()
        world.faults.plan([Fault(path: CreateSession.path, kind: .garbled)])
        guard case .unreadable(let url, let field, _) = await error(world, { try await $0.ask(session) }) else {
            Issue.record("no error of reading")
            return
        }
        #expect(url.hasSuffix("create_session") && field == "the whole answer")
        let missing = Reply(status: 200, body: Data(#"{"type":"create_session"}"#.utf8))
        let error = #expect(throws: TinkerError.self) {
            try world.connection.read(CreateSession.Answer.self, from: missing, of: CreateSession.path)
        }
        #expect(error?.description.contains("session_id") == true)
    }

    @Test("are not made again once the task is cancelled")
    func cancelled() async {
        let world = FakeWorld()
        world.faults.plan([Fault(path: CreateSession.path, count: .max - 1, kind: .unreached)])
        let task = Task {
            unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
            return try await world.connection.ask(session)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
