import ArgumentParser
import Foundation
import Reports

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what this machine has, and what it lacks for a run.")

    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "Where things are") var store: StoreOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run() async throws {
        let console = output.console
        let checks = await Examination(models: models, store: store).checks
        try console.show(
            checks,
            text: table(
                columns: [TextColumn(""), TextColumn(""), TextColumn("")],
                rows: checks.map { [$0.isMet ? "ok" : "missing", $0.need, $0.finding] }, width: console.width, color: console.color))
        if let unmet = checks.first(where: { !$0.isMet && $0.isRequired }) { throw WorkFailed("\(unmet.need): \(unmet.finding)") }
    }
}
