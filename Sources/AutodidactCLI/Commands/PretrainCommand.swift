import ArgumentParser
import Autodidact
import Foundation
import LanguageModel
import Reports
import RunStore
import Tensors

struct PretrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pretrain", abstract: "Make the embedded base model from nothing, with its model card.",
        discussion: "Trains on random demonstrations that are not always right, never on held-out or sealed problems.")

    @Option(name: .customLong("output"), help: ArgumentHelp("Folder of the model.", valueName: "dir"))
    var folder = "Models/seedling"

    @Option(help: "Optimiser steps. (default: \(PretrainingPlan().steps))", transform: WholeNumber.reader(1...CountLimits.items))
    var steps = PretrainingPlan().steps

    @Option(help: "Root of all random draws. (default: \(PretrainingPlan().seed))", transform: WholeNumber.seed)
    var seed = PretrainingPlan().seed

    @Option(
        help: "Held-out problems of each level for the figures in the card. (default: \(defaultProblems))",
        transform: WholeNumber.reader(1...CountLimits.items))
    var problems = defaultProblems

    @Flag(help: "Replace a model that is there already.")
    var overwrite = false

    @OptionGroup(title: "This machine") var engine: EngineOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    private static let defaultProblems = 300

    func validate() throws {
        for (name, value) in [("steps", steps), ("problems", problems)] where value < 1 || value > CountLimits.items {
            throw ValidationError("--\(name) is \(value); allowed: from 1 up to \(CountLimits.items)")
        }
    }

    mutating func run() async throws {
        let (console, clock) = (output.console, SystemClock())
        let url = try OutputPath.madeFolder(folder, for: "--output", on: SystemDisk())
        if !overwrite && FileManager.default.fileExists(atPath: url.appendingPathComponent("config.json").path) {
            throw BadInput("'\(folder)' holds a model already; give --overwrite to replace it, or another --output")
        }
        var plan = PretrainingPlan()
        (plan.steps, plan.seed) = (steps, seed)
        let model = try await Pretraining(plan: plan, cores: engine.cores).run { progress in
            let time = Figures.seconds(clock.monotonic() / .seconds(1))
            let loss = String(format: "%.4f", progress.loss)
            console.note("[\(time)] step \(progress.step) of \(steps): loss \(loss), \(Figures.count(progress.tokens)) tokens")
        }
        try model.save(to: url, format: .bfloat16)
        let trained = clock.monotonic()
        // What is measured is what was written, rounding included.
        let written = try OpenedModel(url.path, on: ModelShelf(folder: nil))
        let policy = try written.policy(engine.cores, conversation: ConversationFormat.automatic)
        let figures = try await LevelFigures.measure(policy, problems: problems, clock: clock) { console.note($0) }
        let judging = try await JudgeFigures.measure(policy, plan: plan, problems: problems)
        let command = "autodidact pretrain\(CommandPlaces.option("--output", folder)) --steps \(steps) --seed \(seed)"
        let card = ModelCard(
            name: url.lastPathComponent, command: command, plan: plan, parameters: written.parameters,
            cores: engine.cores.count, tokens: written.directory.tokenizer.vocabularySize, minutes: trained / .seconds(60),
            figures: figures, judging: judging
        )
        try SystemDisk().writeAtomically(Data(card.text.utf8), to: url.appendingPathComponent(ModelCard.fileName))
        try console.show(card, text: "model \(url.path)\n\n" + LevelFigures.text(figures, color: console.color))
    }
}
