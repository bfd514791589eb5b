import Autodidact
import Backends
import Foundation
import LanguageModel
import Randomness
import Tensors

/// A model that was read, with the name that a run records.
struct OpenedModel: Sendable {
    let place: ModelShelf.Place
    let directory: ModelDirectory

    /// Reads a model by its name or path.
    init(_ name: String, on shelf: ModelShelf) throws {
        place = try shelf.place(name)
        directory = try ModelDirectory(place.folder)
    }

    var name: String { place.name }

    var parameters: Int { directory.transformer.parameters.count }

    func policy(_ cores: Cores) -> EmbeddedPolicy { EmbeddedPolicy(directory, name: name, cores: cores) }

    /// The model, with the adapter of a folder where one is named.
    func policy(_ cores: Cores, adapterFolder path: String?) throws(AdapterError) -> EmbeddedPolicy {
        guard let path else { return policy(cores) }
        let folder = URL(fileURLWithPath: path).standardizedFileURL
        let adapter = try LowRankAdapter(directory: folder, architecture: directory.transformer.architecture)
        return EmbeddedPolicy(directory, name: "\(name) + \(folder.path)", adapter: adapter, cores: cores)
    }

    /// The policy that a run with these settings trains: the model, or a new adapter of it.
    func policy(_ cores: Cores, of settings: RunSettings) -> EmbeddedPolicy {
        guard let configuration = AdapterConfiguration(settings.adapter) else { return policy(cores) }
        let adapter = LowRankAdapter(directory.transformer.architecture, configuration)
        adapter.initialize(SeedTree(root: settings.seed)("adapter"))
        return EmbeddedPolicy(directory, name: name, adapter: adapter, cores: cores)
    }
}

extension AdapterConfiguration {
    /// What a run's settings ask for; nil where they train all weights.
    init?(_ settings: AdapterSettings) {
        guard settings.isUsed else { return nil }
        let targets =
            settings.targets == [AdapterSettings.allLinear] ? AdapterTarget.allCases : settings.targets.compactMap(AdapterTarget.init)
        self.init(rank: settings.rank, alpha: settings.alpha, targets: Set(targets), stabilizesRank: settings.rsLoRA)
    }
}
