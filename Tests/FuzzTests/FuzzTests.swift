import Foundation
import Testing

/// The parsers of what comes from outside, under hostile inputs; a process of its own, because a crash ends it.
///
/// `Scripts/fuzz` runs this suite with more inputs, and with one again; it says so through the environment, which changes no result.
@Suite("Hostile inputs", .serialized)
struct FuzzTests {
    /// What each message ends with: how the input is tried again.
    private static func replay(_ target: FuzzTarget, _ seed: UInt64, _ number: Int) -> String {
        "again: Scripts/fuzz --target \(target.name) --seed \(seed) --case \(number)"
    }

    @Test("are accepted, or refused in one bounded sentence that says where", arguments: FuzzOrder.fromEnvironment.targets)
    func targets(_ target: FuzzTarget) async throws {
        let order = FuzzOrder.fromEnvironment
        let run = try await FuzzRun(target, seed: order.seed)
        try await target.host {
            if let number = order.number { try await show(number, of: run) } else { try await tryInputs(of: run) }
        }
    }

    /// Reads as many inputs as the order says, and says what became of them.
    private func tryInputs(of run: FuzzRun) async throws {
        let (order, target) = (FuzzOrder.fromEnvironment, run.target)
        PeakMemory.forget()
        let start = PeakMemory.bytes ?? 0
        let outcome = try await run.outcome(of: order.count, journal: order.journal.map { try FuzzJournal($0) })
        let peak = (PeakMemory.bytes ?? 0) - start
        for (number, what) in outcome.faults {
            Issue.record("\(target.name), input \(number): \(what)\n\(Self.replay(target, order.seed, number))")
        }
        #expect(
            peak <= FuzzOrder.mostMemory,
            "\(target.name) took \(peak >> 20) MiB more for inputs of up to \(outcome.longestInput) bytes")
        print(
            "fuzz \(target.name): \(outcome.accepted + outcome.refused) inputs of up to \(outcome.longestInput) bytes, "
                + "\(outcome.refused) refused, \(outcome.accepted) accepted, \(outcome.faults.count) faults, peak +\(peak >> 10) KiB")
    }

    /// Reads one input again, says what it does, and keeps its files where the order says.
    private func show(_ number: Int, of run: FuzzRun) async throws {
        let order = FuzzOrder.fromEnvironment
        let input = run.input(number)
        for file in input.files {
            let start = String(decoding: file.bytes.prefix(400), as: UTF8.self).debugDescription
            print("fuzz file \(file.name): \(file.bytes.count) bytes: \(start)")
            guard let folder = order.folder else { continue }
            try Data(file.bytes).write(to: URL(fileURLWithPath: folder).appendingPathComponent(file.name))
        }
        try order.journal.map { try FuzzJournal($0) }?.note(run.target.name, seed: run.seed, number: number)
        let refusal = await run.refusal(of: input)
        print("fuzz result: \(refusal.map { "refused: \($0)" } ?? "accepted")")
        if let fault = run.fault(number, refusal: refusal) { Issue.record("\(run.target.name), input \(number): \(fault)") }
    }

    @Test("targets are told apart by name")
    func namesDiffer() {
        for target in FuzzTarget.all { print("fuzz target \(target.name)") }
        #expect(Set(FuzzTarget.all.map(\.name)).count == FuzzTarget.all.count)
    }

    @Test("a number names an input, whatever was tried before")
    func inputsAreNamed() async throws {
        let target = try #require(FuzzTarget.all.first)
        let (one, other) = (try await FuzzRun(target, seed: 3), try await FuzzRun(target, seed: 3))
        _ = one.input(50)
        #expect(one.input(77) == other.input(77))
        #expect(Set((0..<60).map { one.input($0) }).count > 30)
    }

    @Test("a wrong refusal is noticed", arguments: [nil, "", "a\u{1B}b", String(repeating: "a", count: 3_000), "nowhere"] as [String?])
    func faultsAreNoticed(text: String?) {
        struct Untyped: Error {}
        let error: any Error = text.map { SettingsErrorText.error($0) } ?? Untyped()
        #expect(Refusal.fault(of: error, places: ["somewhere"]) != nil)
    }
}
