import Autodidact
import TaskLibrary
import Testing

@testable import AutodidactCLI

@Suite("Protected tasks")
struct ProtectedTasksTests {
    @Test("the very problems that a run practises are refused, other levels and tasks are not")
    func own() throws {
        let family = try TaskCatalogue.family(named: "countdown")
        let own = family.card.defaultLevels
        let other = try #require(family.card.levels.map(\.number).first { !own.contains($0) })
        func check(_ levels: [Int], practising practised: [Int]) throws(SettingsError) {
            let skill = ProtectedSkill(name: "countdown", family: family, levels: levels)
            try ProtectedSkill.check([skill], besides: family, levels: practised)
        }
        for (levels, practised) in [([], []), (own, []), ([], own), ([other], [other])] {
            #expect {
                try check(levels, practising: practised)
            } throws: { error in
                "\(error)".contains("'retention.tasks' would have no effect") && "\(error)".contains("what the run practises")
            }
        }
        try check([other], practising: [])
        try check([], practising: [other])
        let arithmetic = try TaskCatalogue.family(named: "arithmetic")
        try ProtectedSkill.check([ProtectedSkill(name: "arithmetic", family: arithmetic)], besides: family, levels: [])
    }
}
