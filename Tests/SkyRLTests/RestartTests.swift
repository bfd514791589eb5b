import Autodidact
import Foundation
import TestSupport
import Testing

@testable import Remote

extension SkyRLTests {
    @Suite("A service that is killed")
    struct RestartTests {
        private static func kill() throws {
            let folder = try #require(SkyRL.folder)
            _ = try SkyRL.run(try #require(SkyRL.script), ["down", "--now", "--folder", folder.path])
        }

        /// At the same address, with the same database and saved states.
        private static func start() throws {
            let folder = try #require(SkyRL.folder)
            _ = try SkyRL.run(
                try #require(SkyRL.script),
                [
                    "up", "--processes", "\(SkyRL.processes)", "--rank", "8", "--folder", folder.path,
                    try SkyRL.address().baseModel,
                ])
        }

        @Test("ends the run with a message that says what to do, and a resumed run ends as an undisturbed one does")
        func resumption() async throws {
            let run = SmallRun.expertIteration
            let undisturbed = MemoryLedger()
            _ = try await SkyRL.withPolicy { try await run.loop($0, undisturbed).run(run.manifest) }

            let ledger = MemoryLedger()
            let failures = Recorder<String>()
            // Somebody else who is connected all the while.
            try await SkyRL.withPolicy { bystander in
                let fault = await #expect(throws: TinkerError.self) {
                    try await SkyRL.withPolicy(patience: .seconds(2)) { policy in
                        _ = try await run.loop(policy, ledger) { event in
                            guard case .generationStarted(2, _) = event else { return }
                            do { try Self.kill() } catch { failures.record("\(error)") }
                        }.run(run.manifest)
                    }
                }
                let message = try #require(fault).description
                print("killed: \(message)")
                #expect(failures.values == [] && message.contains("cannot be reached") && message.contains("check that the service runs"))
                #expect(await ledger.generations.map(\.number) == [1])

                try Self.start()
                let lost = await #expect(throws: TinkerError.self) {
                    try await bystander.logprobs(of: [ScoredSequence(context: [1], targets: [2])])
                }
                let said = try #require(lost).description
                print("bystander: \(said)")
                #expect(said.contains("does not know model") && said.contains("resume the run"))
            }
            _ = try await SkyRL.withPolicy { try await run.loop($0, ledger).resume() }
            #expect(await RunRemains(ledger) == RunRemains(undisturbed))
        }
    }
}
