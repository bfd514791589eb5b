import Autodidact
import Backends
import LanguageModel
import Tensors

/// The two kinds of policies that take snapshots back: a model that learns, and an adapter of one.
enum SnapshotLearner: String, CaseIterable {
    case model, adapter

    /// A policy of its own.
    func policy() throws -> EmbeddedPolicy {
        let model = try ToyModel.make()
        guard self == .adapter else { return EmbeddedPolicy(model, name: "toy", cores: Cores(1)) }
        let adapter = LowRankAdapter(model.transformer.architecture, AdapterConfiguration(rank: 1, alpha: 2))
        return EmbeddedPolicy(model, name: "toy", adapter: adapter, cores: Cores(1))
    }

    /// The one that all inputs of this kind are tried on.
    var shared: Result<EmbeddedPolicy, any Error> {
        switch self {
        case .model: Self.sharedModel
        case .adapter: Self.sharedAdapter
        }
    }

    private static let sharedModel = Result { try SnapshotLearner.model.policy() }
    private static let sharedAdapter = Result { try SnapshotLearner.adapter.policy() }
}
