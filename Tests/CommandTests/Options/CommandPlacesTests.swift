import Autodidact
import Reports
import Testing

@testable import AutodidactCLI

@Suite("What printed commands need to find a run's model")
struct CommandPlacesTests {
    private static var store: StoreOptions {
        var options = StoreOptions()
        options.path = "my runs"
        return options
    }

    @Test("a folder to fill in where no usual folder has the name, and nothing where it is a path")
    func models() {
        let store = Self.store
        #expect(CommandPlaces(store: store, model: "no-such-model").models == " --models DIR")
        #expect(CommandPlaces(store: store, model: "/models/qwen").models.isEmpty)
        #expect(CommandPlaces(store: store, model: "/models/qwen").store == " --store 'my runs'")
    }

    @Test("a finished run that was to be resumed says how to go on from it, or that there is only its base")
    func finishedRun() {
        let store = Self.store
        let manifest = RunManifest(
            runID: "r", recipe: "grpo", task: "countdown", model: "/m", seed: 1, settings: "{}", versions: [:], createdAt: 0)
        let learned = FinishedRun(manifest, isBase: false, store: store).description
        #expect(learned.contains("'autodidact export r --store 'my runs' --model DIR'"), "\(learned)")
        #expect(learned.contains("'autodidact run grpo --task countdown --store 'my runs' --model DIR'"), "\(learned)")
        let unchanged = FinishedRun(manifest, isBase: true, store: store).description
        #expect(unchanged.contains("already finished") && !unchanged.contains("export"), "\(unchanged)")
    }
}
