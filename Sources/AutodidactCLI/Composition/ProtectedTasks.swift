import Autodidact
import TaskLibrary

extension ProtectedSkill {
    private static let key = "retention.tasks"

    /// The task of the catalogue that `name` means, with its level after a colon; or another level of the run's own task.
    ///
    /// - Throws: `UnknownTask`, or `SettingsError` for a level that the task does not have.
    init(named name: String, besides own: any TaskFamily, programs: ProgramHost) throws {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let family: any TaskFamily = parts[0] == own.card.slug ? own : try programs.family(named: parts[0])
        guard parts.count > 1 else {
            self.init(name: name, family: family)
            return
        }
        let known = family.card.levels.map(\.number)
        guard let level = Int(parts[1]), known.contains(level) else {
            let list = known.map(String.init).joined(separator: ", ")
            throw SettingsError.outOfRange(
                key: Self.key, value: name, allowed: "'\(parts[0])', or it with a colon and one of its levels: \(list)")
        }
        self.init(name: name, family: family, levels: [level])
    }

    /// Refuses to protect the very problems that a run practises: the gate holds every candidate to those already.
    static func check(_ skills: [ProtectedSkill], besides own: any TaskFamily, levels: [Int]) throws(SettingsError) {
        func chosen(_ levels: [Int]) -> Set<Int> { Set(levels.isEmpty ? own.card.defaultLevels : levels) }
        for skill in skills where skill.family.card.slug == own.card.slug && chosen(skill.levels) == chosen(levels) {
            let others = own.card.levels.map(\.number).filter { !chosen(levels).contains($0) }
            let example = others.first.map { ", or another of its levels, such as \(own.card.slug):\($0)" } ?? ""
            throw .noEffect(
                key: Self.key,
                because: "'\(skill.name)' is what the run practises, and its gate asks for more than no loss there; name another task"
                    + example)
        }
    }
}
