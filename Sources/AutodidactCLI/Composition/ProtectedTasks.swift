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
}
