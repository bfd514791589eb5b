import Autodidact
import Studies
import TestSupport
import Testing

@Suite("Criteria")
struct CriterionTests {
    /// Arms that measure given numbers, seed by seed.
    private struct Given: Study {
        let values: [(arm: String, values: [Double])]
        let criteria: [StudyCriterion]

        var card: StudyCard {
            StudyCard(slug: "given", title: "Given", arxiv: "0000.00000", claim: "", quantity: StudyQuantity("x", title: "x"))
        }

        func arms(_ scale: StudyScale) -> [StudyArm] {
            values.map { name, values in
                StudyArm(name, "", budget: .own(because: "given"), settings: [:]) { bench in
                    var measurements = Measurements()
                    measurements["x"] = values[Int(bench.seed) - 1]
                    return measurements
                }
            }
        }

        func record() async throws -> StudyRecord {
            try await StudyRunner(policy: ScriptedPolicy(), versions: [:], clock: ManualClock())
                .run(self, seeds: values[0].values.count, scale: .full, cells: nil, command: "")
        }
    }

    private static let low = [0.20, 0.25, 0.30]
    private static let high = [0.31, 0.35, 0.41]

    private func holds(_ criterion: StudyCriterion, a: [Double], b: [Double]) async throws -> Bool {
        try await Given(values: [("a", a), ("b", b)], criteria: [criterion]).record().checks[0].holds
    }

    @Test("'exceeds' asks for an interval above the margin")
    func exceeds() async throws {
        let plain = StudyCriterion.exceeds("c", "a", over: "b", on: "x", weight: .core)
        #expect(try await holds(plain, a: Self.high, b: Self.low))
        #expect(try await !holds(plain, a: Self.low, b: Self.high))
        #expect(try await !holds(plain, a: [0.5, 0.2, 0.4], b: Self.low))
        let wide = StudyCriterion.exceeds("c", "a", over: "b", on: "x", by: 0.1, weight: .core)
        #expect(try await !holds(wide, a: Self.high, b: Self.low))
    }

    @Test("'holds up' bears noise, not a loss that is shown or large")
    func holdsUp() async throws {
        let criterion = StudyCriterion.holdsUp("c", "a", against: "b", on: "x", within: 0.03, weight: .core)
        #expect(try await holds(criterion, a: [0.15, 0.28, 0.28], b: Self.low))
        #expect(try await !holds(criterion, a: [0.19, 0.24, 0.29], b: Self.low))
        #expect(try await !holds(criterion, a: [0.02, 0.28, 0.22], b: Self.low))
    }

    @Test("'matches' asks for an interval within the margin")
    func matches() async throws {
        let criterion = StudyCriterion.matches("c", "a", "b", on: "x", within: 0.02, weight: .core)
        #expect(try await holds(criterion, a: [0.201, 0.249, 0.301], b: Self.low))
        #expect(try await !holds(criterion, a: [0.15, 0.28, 0.32], b: Self.low))
    }

    @Test("the verdict follows from the checks alone")
    func verdict() {
        func check(_ weight: StudyCriterion.Weight, _ holds: Bool) -> StudyCheck {
            StudyCheck(name: "", text: "", weight: weight, holds: holds, figures: [])
        }
        #expect(StudyVerdict([check(.core, true), check(.required, true), check(.reported, false)]) == .reproduced)
        #expect(StudyVerdict([check(.core, true), check(.required, false)]) == .partly)
        #expect(StudyVerdict([check(.core, true), check(.core, false)]) == .partly)
        #expect(StudyVerdict([check(.core, false), check(.required, true)]) == .notReproduced)
        #expect(StudyVerdict.notReproduced.rawValue == "not reproduced")
    }

    @Test("a figure that is no number is refused by name")
    func notFinite() async throws {
        let criterion = StudyCriterion.exceeds("c", "a", over: "b", on: "x", weight: .core)
        await #expect(throws: StudyError.notFinite("x", arm: "b", seed: 2)) {
            try await holds(criterion, a: Self.high, b: [0, .nan, 0])
        }
    }

    @Test("the words of the criterion name every check and what each verdict takes")
    func words() {
        let text = [
            StudyCriterion.exceeds("gain", "a", over: "b", on: "x", weight: .core),
            StudyCriterion.holdsUp("cost", "a", against: "c", on: "y", within: 0.02, weight: .required),
            StudyCriterion.exceeds("aside", "c", over: "b", on: "x", weight: .reported),
        ].text
        for word in ["(1) gain", "(2) cost", "at least one of 'gain'.", "without a vote: aside"] { #expect(text.contains(word)) }
    }
}
