import Autodidact
import Foundation
import Studies
import TestSupport
import Testing

@Suite("A study")
struct StudyRunnerTests {
    private let folder = URL(fileURLWithPath: "/cells")

    private struct Killed: Error {}

    @Test("is run arm by arm and seed by seed, and judged by its criteria")
    func endToEnd() async throws {
        let record = try await ScriptedStudy().record()
        #expect(record.verdict == .reproduced && record.checks.map(\.holds) == [true, true, true])
        #expect(record.arms.map(\.name) == ["base", "right", "wrong"] && record.seeds == 3)
        for arm in record.arms {
            let figure = try #require(arm.measurements["mean@4"])
            #expect(figure.values.count == 3 && arm.estimate == figure.estimate)
            #expect(arm.low <= arm.estimate && arm.estimate <= arm.high && arm.problems == 30)
        }
        #expect(record.arms[1].estimate > record.arms[0].estimate && record.arms[2].estimate < record.arms[0].estimate)
        // The base is the same whatever the seed; what is trained is not.
        #expect(Set(record.arms[0].measurements["mean@4"]?.values ?? []).count == 1)
        #expect(record.arms[0].tokens.allSatisfy { $0.sampled == 0 && $0.trained == 0 && $0.evaluated > 0 })
        #expect(record.arms[1].tokens.allSatisfy { $0.sampled > 0 && $0.trained > 0 })
        let course = try #require(record.arms[1].series["mean@4"]?.first)
        #expect(course.steps == [0, 1, 2])
        #expect(record.arms[1].series["loss"]?.first?.steps == [1, 2])
        #expect(record.arms[1].series["length/drift"]?.first?.steps == [2])
        #expect(record.arms[1].settings["generations"] == "2" && record.arms[1].settings["evaluation.problems"] == "30")
    }

    @Test("gives equal records when it is run again, and leaves the policy as it was")
    func deterministic() async throws {
        let policy = ScriptedPolicy()
        let before = try await policy.snapshot()
        let record = try await ScriptedStudy().record(policy: policy)
        #expect(try await policy.snapshot() == before)
        #expect(try await ScriptedStudy().record() == record)
    }

    @Test("a second call of training goes on from the first: drift of lengths is told in its first generation")
    func furtherTraining() async throws {
        let bench = try await StudyBench.alone(ScriptedPolicy())
        let generations = Recorder<StudyGeneration>()
        for _ in 0..<2 {
            try await bench.train(ScriptedRecipe.imitation(), on: LetterTask(), generations: 1) { generations.record($0) }
        }
        let (first, second) = (generations.values[0].metrics, generations.values[1].metrics)
        #expect(generations.values.map(\.number) == [1, 2])
        #expect(first["length/drift"] == nil)
        let (earlier, later) = (try #require(first["length/mean"]), try #require(second["length/mean"]))
        #expect(second["length/drift"] == later / earlier - 1)
    }

    @Test("an arm is an ungated run: the same weights as the loop's where every candidate is kept")
    func sameAsRun() async throws {
        let policy = ScriptedPolicy()
        let remains = try await TestRun(generations: 2, seed: 2).undisturbed()
        #expect(remains.generations.allSatisfy { $0.decision.outcome == .promoted })
        let hashes = Recorder<String>()
        let body: TwoArms.Body = { bench in
            try await bench.train(ScriptedRecipe.imitation(), on: LetterTask(), generations: 2)
            hashes.record(try await bench.policy.snapshot().weightsHash)
            return Measurements()
        }
        let study = TwoArms(first: body, second: body)
        _ = try? await StudyRunner(policy: policy, versions: [:], clock: ManualClock())
            .run(study, seeds: 3, scale: .full, cells: nil, command: "")
        #expect(hashes.values.contains(remains.incumbentHash ?? ""))
    }

    @Test("a second draw trains from other seeds and measures on other problems, whatever cells the first one left")
    func secondDraw() async throws {
        let cells = CellFolder(folder, disk: MemoryDisk())
        let (seeds, problems) = (Recorder<UInt64>(), Recorder<Set<String>>())
        let body: TwoArms.Body = { bench in
            seeds.record(bench.seed)
            problems.record(Set(try bench.problems(20, of: LetterTask()).map(\.id)))
            var measurements = Measurements()
            measurements["x"] = 1
            return measurements
        }
        for draw in [0, 0, 1] {
            _ = try await StudyRunner(policy: ScriptedPolicy(), versions: [:], clock: ManualClock())
                .run(TwoArms(first: body, second: body, draw: draw), seeds: 3, scale: .full, cells: cells, command: "")
        }
        // The second run of the first draw found all of its cells.
        #expect(Array(seeds.values.prefix(6)) == [1, 1, 2, 2, 3, 3] && seeds.values.count == 12)
        #expect(Set(seeds.values.prefix(6)).isDisjoint(with: seeds.values.suffix(6)) && Set(seeds.values).count == 6)
        #expect(Set(problems.values.prefix(6)).count == 1 && Set(problems.values.suffix(6)).count == 1)
        #expect(problems.values[0] != problems.values[6])
    }

    @Test("says when arms with an equal budget did not sample equally much")
    func unequalTokens() async throws {
        var study = ScriptedStudy()
        study.generations = 3
        let record = try await study.record()
        let check = try #require(record.checks.last)
        #expect(check.name == "equal tokens" && !check.holds && record.verdict == .partly)
        #expect(check.figures.map(\.name) == ["right", "wrong"])
        #expect(check.figures[1].estimate > check.figures[0].estimate * 1.3)
    }

    @Test("that was killed goes on after its finished parts, to the same record")
    func resumed() async throws {
        let disk = MemoryDisk()
        let cells = CellFolder(folder, disk: disk)
        let begun = Recorder<String>()
        var study = ScriptedStudy()
        study.onArm = { name in if begun.record(name) == 4 { throw Killed() } }
        await #expect(throws: Killed.self) { try await study.record(cells: cells) }
        #expect(disk.paths.count == 5)
        let reused = Recorder<Bool>()
        study.onArm = { begun.record($0) }
        let record = try await study.record(cells: cells) { event in
            if case .cellFinished(_, _, _, let isReused) = event { reused.record(isReused) }
        }
        #expect(reused.values == [true, true, true, true, true, false, false, false, false])
        #expect(begun.values.count == 4 + 3)
        #expect(record == (try await ScriptedStudy().record()))
        try cells.clear()
        #expect(disk.paths.isEmpty)
    }

    @Test("does not take parts that were made with other settings, weights or versions")
    func fingerprints() async throws {
        let cells = CellFolder(folder, disk: MemoryDisk())
        _ = try await ScriptedStudy().record(cells: cells)
        var other = ScriptedStudy()
        other.generations = 3
        let reused = Recorder<String>()
        _ = try await other.record(cells: cells) { event in
            if case .cellFinished(let cell, _, _, true) = event { reused.record(cell.arm) }
        }
        #expect(Set(reused.values) == ["base", "right"] && reused.values.count == 6)
        let trained = ScriptedPolicy()
        _ = try await TestRun(generations: 1).loop(trained, MemoryLedger()).run(TestRun(generations: 1).manifest)
        _ = try await ScriptedStudy().record(policy: trained, cells: cells) { event in
            if case .cellFinished(let cell, _, _, true) = event { reused.record(cell.arm) }
        }
        #expect(reused.values.count == 6)
    }

    @Test("a damaged part is an error that names its file")
    func damaged() async throws {
        let disk = MemoryDisk()
        let cells = CellFolder(folder, disk: disk)
        _ = try await ScriptedStudy().record(cells: cells)
        for path in disk.paths { try disk.writeAtomically(Data("{".utf8), to: URL(fileURLWithPath: path)) }
        await #expect(throws: DiskError.self) { try await ScriptedStudy().record(cells: cells) }
    }

    @Test("its record reads back from JSON")
    func json() async throws {
        let clock = ManualClock()
        let record = try await ScriptedStudy().record(clock: clock) { event in
            if case .cellStarted = event { clock.advance(by: .seconds(2)) }
        }
        let encoder = JSONEncoder()
        let data = try encoder.encode(record)
        #expect(try JSONDecoder().decode(StudyRecord.self, from: data) == record)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["slug"] as? String == "scripted" && object["verdict"] as? String == "reproduced" && object["seeds"] as? Int == 3)
        #expect((object["criterion"] as? String)?.contains("'right' exceeds 'wrong' in mean@4") == true)
        let arms = try #require(object["arms"] as? [[String: Any]])
        for arm in arms {
            #expect(arm["name"] is String && arm["estimate"] is Double && arm["low"] is Double && arm["high"] is Double)
        }
    }

    @Test("is refused with too few seeds, or where a criterion reads what nobody measured")
    func refused() async throws {
        await #expect(throws: StudyError.tooFewSeeds(2, fewest: 3)) { try await ScriptedStudy().record(seeds: 2) }
        var study = ScriptedStudy()
        study.criteria = [.exceeds("odd", "right", over: "wrong", on: "beauty", weight: .core)]
        await #expect(throws: StudyError.noMeasurement("beauty", arm: "right")) { try await study.record() }
        study.criteria = [.exceeds("odd", "left", over: "wrong", on: "mean@4", weight: .core)]
        await #expect(throws: StudyError.noArm("left")) { try await study.record() }
        study.criteria = []
        await #expect(throws: StudyError.self) { try await study.record() }
    }
}

/// Two arms called `a` and `b`.
private struct TwoArms: Study {
    typealias Body = @Sendable (StudyBench) async throws -> Measurements

    let first: Body
    let second: Body
    var draw = 0

    var card: StudyCard {
        StudyCard(slug: "two", title: "Two", arxiv: "0000.00000", claim: "", quantity: StudyQuantity("x", title: "x"), draw: draw)
    }

    var criteria: [StudyCriterion] { [.exceeds("x", "b", over: "a", on: "x", weight: .core)] }

    func arms(_ scale: StudyScale) -> [StudyArm] {
        [StudyArm("a", "", settings: [:], run: first), StudyArm("b", "", settings: [:], run: second)]
    }
}
