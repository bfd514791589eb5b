import Autodidact
import Foundation
import LanguageModel
import Testing

@testable import Remote

/// The training service that `Scripts/skyrl-tx` started, which says in the environment where it is.
enum SkyRL {
    /// Why a suite does not run without one.
    static let reason: Comment = "needs a training service; Scripts/skyrl-tx starts one"

    /// The name by which the command line knows the model at the service.
    static let name = variable("AUTODIDACT_SKYRL")

    /// Where the service keeps its states.
    static let folder = variable("AUTODIDACT_SKYRL_FOLDER").map { URL(fileURLWithPath: $0, isDirectory: true) }

    /// The script that starts and ends it.
    static let script = variable("AUTODIDACT_SKYRL_SCRIPT").map { URL(fileURLWithPath: $0) }

    /// How many processes share the model.
    static let processes = variable("AUTODIDACT_SKYRL_PROCESSES").flatMap { Int($0) } ?? 1

    /// Where to write the model that is to be served.
    static let made = variable("AUTODIDACT_SKYRL_MAKE").map { URL(fileURLWithPath: $0, isDirectory: true) }

    /// The service's address, and the directory of its model.
    static func address() throws -> ServiceAddress { try ServiceAddress(try #require(name)) }

    /// The same weights, for the embedded engine.
    static func model() throws -> ModelDirectory { try ModelDirectory(URL(fileURLWithPath: try address().baseModel)) }

    /// An adapter small enough for a model of a million weights; gradients are not clipped here by anybody.
    static func options(usesBuiltInLosses: Bool = false) -> TinkerOptions {
        TinkerOptions(
            rank: 8, seed: 3, clipping: .ifSupported, usesBuiltInLosses: usesBuiltInLosses, keepsAdapters: processes > 1)
    }

    /// A policy at the service, taken off it when the work is done.
    static func withPolicy<Result: Sendable>(
        _ options: TinkerOptions = options(), patience: Duration = .seconds(60),
        onReading: @escaping @Sendable (MismatchReading) -> Void = { _ in }, _ work: (TinkerPolicy) async throws -> Result
    ) async throws -> Result {
        let address = try address()
        var pacing = Pacing(clock: RunningClock())
        pacing.patience = patience
        // The first request of each kind is compiled, on a machine that has other work.
        pacing.attempt = .seconds(400)
        let policy = try await TinkerPolicy.open(
            address, key: nil, text: try LocalText(for: address), options: options, pacing: pacing, onReading: onReading)
        do {
            let result = try await work(policy)
            try await policy.close()
            return result
        } catch {
            // Where the service is gone there is nothing to take it off from; the first error says more.
            do { try await policy.close() } catch {}
            throw error
        }
    }

    /// Runs a program to its end and returns what it printed.
    static func run(_ program: URL, _ arguments: [String]) throws -> String {
        let process = Process(), output = Pipe()
        (process.executableURL, process.arguments, process.standardOutput) = (program, arguments, output)
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program.lastPathComponent) \(arguments.joined(separator: " "))")
        return String(decoding: printed, as: UTF8.self)
    }

    private static func variable(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// All that is tried on the service, one after the other: it has one engine, and one of the tests ends it.
@Suite("SkyRL-tx", .serialized, .enabled(if: SkyRL.name != nil, SkyRL.reason))
struct SkyRLTests {}

/// The clocks of this machine.
struct RunningClock: WorldClock {
    private let start = ContinuousClock.now

    func monotonic() -> Duration { start.duration(to: .now) }

    func secondsSince1970() -> Double { Date().timeIntervalSince1970 }
}
