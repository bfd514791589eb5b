import ArgumentParser
import Autodidact
import Backends
import LanguageModel
import Reports
import RunStore

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Say what a run would do and cost, with all its settings.",
        discussion: "The time is estimated from about a second of work on this machine as it is now. Nothing is stored.")

    @OptionGroup(title: "The run") var options: RunOptions
    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "This machine") var engine: EngineOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run() async throws {
        let (console, options, models, engine) = (output.console, options, models, engine)
        let plan = try await Interruption.shared.stopping {
            console.note("stopping")
        } perform: {
            try await ProgramHost.with(options.programs.confinement) { programs in
                let asked = try options.composed(programs: programs)
                let name = try ModelName(options.model ?? RunOptions.defaultModel, on: try models.shelf())
                _ = try options.remote.key(for: [name])
                try asked.check(name)
                guard case .here(let place) = name else {
                    // To try it would cost what it costs there.
                    if let note = asked.task.note { console.note(note) }
                    return RunPlan(asked, model: name.name, taught: [], cost: nil)
                }
                let model = try OpenedModel(place)
                let policy = try model.policy(engine.cores, of: asked.settings)
                try asked.check(policy)
                try await programs.prepare(for: console, judging: asked.task)
                let composed = try asked.resolved(conversation: policy.conversation.format.name)
                if let note = composed.task.note { console.note(note) }
                let speed = try await SpeedProbe(policy, for: composed, clock: SystemClock())
                return RunPlan(
                    composed, model: model.name, taught: model.taughtTasks, cost: RunCost(composed, policy: policy, speed: speed))
            }
        }
        try console.show(plan, text: plan.text(width: console.width, color: console.color))
    }
}
