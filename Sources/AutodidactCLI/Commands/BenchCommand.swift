import ArgumentParser
import Autodidact
import Foundation
import Reports
import Tensors

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure the speed of the engine on this machine, beside what its matrix products alone allow.",
        discussion: """
            Leave the machine otherwise idle: times are wall times. Without --work it measures everything but scaling, which takes some \
            minutes.
            """)

    @Option(help: ArgumentHelp("Measure only this model: \(names.joined(separator: " or ")).", valueName: "model"))
    var only: String?

    @Option(help: ArgumentHelp("Measure a model of your own instead.", valueName: "directory"))
    var model: String?

    @Option(help: ArgumentHelp("Measure only this work.", valueName: "work"))
    var work: BenchWork?

    @OptionGroup(title: "This machine") var engine: EngineOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    private static let names = BenchModel.sizes.map(\.name)

    func validate() throws {
        if let only, !Self.names.contains(only) {
            throw ValidationError("--only is '\(only)'; allowed: \(Self.names.joined(separator: ", "))")
        }
        if model != nil && only != nil { throw ValidationError("--model and --only exclude each other; name one") }
        guard model != nil || only != nil else { return }
        if work == .scaling { throw ValidationError("--work scaling measures models of its own; leave --model and --only out") }
        if work == .sandbox { throw ValidationError("--work sandbox measures no model; leave --model and --only out") }
    }

    mutating func run() async throws {
        let console = output.console
        var measurements: [Measurement] = []
        if work == .scaling {
            measurements = try ScalingBench(cores: engine.cores) { console.note("measuring \($0)") }.measurements()
        } else if work != .sandbox {
            for model in try models() {
                console.note("measuring \(model.name) on \(counted(engine.cores.count, "core"))")
                let bench = Bench(model: model, cores: engine.cores)
                for kind in BenchWork.allCases where work == nil || work == kind {
                    measurements += try await bench.measurements(of: kind)
                }
            }
        }
        if work == .sandbox || (work == nil && model == nil && only == nil) { measurements += try await sandbox(console) }
        try console.show(measurements, text: Self.text(measurements, color: console.color))
    }

    /// The line of programs in sandboxes; none, with a note, where they were not asked for and cannot be made.
    private func sandbox(_ console: Console) async throws -> [Measurement] {
        console.note("measuring programs in sandboxes")
        do {
            return [try await SandboxBench(cores: engine.cores).measurement()]
        } catch {
            if work != nil { throw error }
            console.note("note: programs in sandboxes are not measured: \(error)")
            return []
        }
    }

    private func models() throws -> [BenchModel] {
        if let model { return [try BenchModel(URL(fileURLWithPath: model))] }
        return try BenchModel.sizes.filter { only == nil || only == $0.name }.map { try BenchModel($0) }
    }

    private static func text(_ measurements: [Measurement], color: TerminalColor) -> String {
        let numbers = ["batch", "length", "cores", "value"]
        let columns =
            [TextColumn("name"), TextColumn("model")] + numbers.map { TextColumn($0, isRightAligned: true) } + [TextColumn("unit")]
            + ["roofline", "with OpenBLAS", "share"].map { TextColumn($0, isRightAligned: true) }
        let rows = measurements.map {
            [
                $0.name, $0.model, "\($0.batch)", "\($0.length)", "\($0.cores)", Figures.count($0.value), $0.unit,
                $0.roofline.map(Figures.count) ?? "–", $0.rooflineOpenBLAS.map(Figures.count) ?? "–",
                $0.share.map { Figures.percent($0) } ?? "–",
            ]
        }
        return table(columns: columns, rows: rows, color: color)
    }
}
