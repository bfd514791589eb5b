import Autodidact
import Randomness
import TaskLibrary
import Testing

@Suite("Laws of every task family")
struct FamilyLawsTests {
    @Test("equal generators give equal problems of the family's form", arguments: TaskCatalogue.families.map(\.card.slug))
    func problems(slug: String) throws {
        let family = try TaskCatalogue.family(named: slug)
        FamilyLaws(family: family).checkProblems(1_000)
    }

    @Test("difficulty is a function of the problem and rises with the level", arguments: TaskCatalogue.families.map(\.card.slug))
    func difficulty(slug: String) throws {
        let family = try TaskCatalogue.family(named: slug)
        let means = family.card.levels.map { level in
            var generator = SeedTree(root: 12)("difficulty", level.number).generator
            let problems = (0..<200).map { _ in family.problem(level: level.number, using: &generator) }
            let difficulties = problems.map { family.difficulty(of: $0) }
            #expect(difficulties == problems.map { family.difficulty(of: $0) })
            return difficulties.reduce(0, +) / 200
        }
        #expect(zip(means, means.dropFirst()).allSatisfy { $0 < $1 }, "\(means)")
    }

    @Test("the oracle is right on every problem", arguments: TaskCatalogue.families.map(\.card.slug))
    func oracle(slug: String) async throws {
        let family = try TaskCatalogue.family(named: slug)
        await FamilyLaws(family: family).checkOracle(1_000)
    }

    @Test("every cheat is wrong on every problem", arguments: TaskCatalogue.families.map(\.card.slug))
    func cheats(slug: String) async throws {
        let family = try TaskCatalogue.family(named: slug)
        await FamilyLaws(family: family).checkCheats(1_000)
    }

    @Test("demonstrations are well-formed and follow from the generator", arguments: TaskCatalogue.families.map(\.card.slug))
    func demonstrations(slug: String) throws {
        let family = try TaskCatalogue.family(named: slug)
        FamilyLaws(family: family).checkDemonstrations(1_000)
    }

    @Test(
        "the demonstrator is right as often on default-level problems as its family says",
        arguments: [
            ("countdown", 0.30...0.40), ("arithmetic", 0.70...0.82), ("keydoor", 0.55...0.95), ("translation", 0.25...0.40),
            ("choice", 0.91...0.94),
        ])
    func demonstratorAccuracy(slug: String, expected: ClosedRange<Double>) async throws {
        let family = try TaskCatalogue.family(named: slug)
        for level in family.card.defaultLevels {
            let accuracy = await FamilyLaws(family: family).demonstratorAccuracy(level: level, problems: 4_000)
            #expect(expected ~= accuracy, "\(family.card.slug) level \(level): \(accuracy)")
        }
    }

    @Test("no labelled item is misjudged", arguments: TaskCatalogue.families.map(\.card.slug))
    func audit(slug: String) async throws {
        let family = try TaskCatalogue.family(named: slug)
        let result = await FamilyLaws(family: family).audit(2_000)
        #expect(result.counts.values.reduce(0, +) == 2_000)
        #expect(AuditItem.Kind.allCases.allSatisfy { result.counts[$0, default: 0] >= 600 })
        #expect(result.falsePositives.isEmpty && result.falseNegatives.isEmpty, "\(family.card.slug): \(result)")
    }

    @Test("the splits of a stream are disjoint and about 80, 10 and 10 percent", arguments: TaskCatalogue.families.map(\.card.slug))
    func splits(slug: String) throws {
        let family = try TaskCatalogue.family(named: slug)
        let key = SeedTree(root: 7)
        let streams = Split.allCases.map { split in
            var stream = ProblemStream(family, split: split, key: key)
            return stream.next(400)
        }
        #expect(Set(streams.flatMap { $0.map(\.id) }).count == 1_200)
        #expect(Set(streams.flatMap { $0.map(\.prompt) }).count == 1_200)

        var generator = key("shares").generator
        let drawn = (0..<10_000).map { _ in family.problem(level: family.card.defaultLevels[0], using: &generator) }
        let distinct = Dictionary(drawn.map { ($0.id, $0.split) }, uniquingKeysWith: { first, _ in first })
        for (split, share) in [(Split.train, 0.8), (.heldOut, 0.1), (.sealed, 0.1)] {
            let measured = Double(distinct.values.count { $0 == split }) / Double(distinct.count)
            #expect(abs(measured - share) < 0.015, "\(split): \(measured)")  // over four standard deviations
        }
    }

    @Test("a reference that cannot be read is unscorable and gives no responses", arguments: TaskCatalogue.families.map(\.card.slug))
    func brokenReference(slug: String) async throws {
        let family = try TaskCatalogue.family(named: slug)
        for reference in ["", " ", "nonsense", "1;2;3", "1 2;3", "1+2+", "1+2/3", "03+2", "5-9", "3 7;;3+7=10", "\u{0}", "1-1"] {
            let problem = Problem(task: family.card.slug, canonical: reference, prompt: "", reference: reference, level: 1)
            var generator = KeyedGenerator(key: 1)
            guard case .unscorable = await family.verifier.verdict(on: "1+2=3", for: problem) else {
                Issue.record("\(family.card.slug) judged by the reference \(reference)")
                continue
            }
            #expect(family.oracleResponse(for: problem).isEmpty)
            #expect(family.demonstration(for: problem, using: &generator).isEmpty)
            #expect(family.cheatResponses(for: problem).isEmpty)
        }
    }

    @Test("hostile responses are wrong, not fatal", arguments: TaskCatalogue.families.map(\.card.slug))
    func hostileResponses(slug: String) async throws {
        let family = try TaskCatalogue.family(named: slug)
        var generator = KeyedGenerator(key: 3)
        let problem = family.problem(level: family.card.defaultLevels[0], using: &generator)
        let oracle = family.oracleResponse(for: problem)
        let million = 1 << 20
        let hostile = [
            String(repeating: "9", count: million), String(repeating: "\n", count: million),
            String(repeating: "1+1=2\n", count: million / 6),
            String(repeating: "\u{0}", count: million), String(repeating: "\u{1F9EE}", count: million / 4),
            oracle + String(repeating: " ", count: million),
            String(repeating: "9", count: 18) + "*" + String(repeating: "9", count: 18) + "=1", String(repeating: "9", count: 19) + "+1=1",
            "9223372036854775807+1=9223372036854775808", "0/0=0", "1/0=1", "0-0=0", "-9223372036854775808/-1=1", "1=1", "+", "=", "+=",
            "1+=2", "1+1=",
            "1+1", "1", "1+1=2=2", "1++1=2", "e\u{301}+1=2", "\u{FFFD}",
            String(decoding: [0xC0, 0x80, 0xFF, 0xFE] as [UInt8], as: UTF8.self), "\r\n\r\n",
            oracle + "\u{0}", "\u{0}" + oracle,
        ]
        for response in hostile {
            let verdict = await family.verifier.verdict(on: response, for: problem)
            #expect(
                FamilyLaws(family: family).isRejected(verdict) && verdict.feedback.utf8.count < 200, "\(response.prefix(40)): \(verdict)")
        }
    }
}
