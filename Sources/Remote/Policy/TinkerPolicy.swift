public import Autodidact

/// A model at a training service of the Tinker API as a policy: sampled, scored and trained elsewhere, with the same recipes.
///
/// Objectives are evaluated here, on logprobs of a fresh forward pass, and their slopes are sent to the service when the step is made
/// (`CarriedSequence`). Until then nothing has changed there, so a step either is made as a whole, or the policy says that it does not know
/// and refuses everything but `restore`. One task at a time may use it.
public actor TinkerPolicy: TrainablePolicy {
    /// As the command line names it.
    public nonisolated let name: String
    /// Makes tokens of texts.
    public nonisolated let text: any RemoteText
    let options: TinkerOptions
    let traits: ServiceTraits
    let session: Session
    let fingerprint: Fingerprint
    private let isSessionOwner: Bool
    /// Told how far sampler and trainer disagree, each time the sampler has got new weights.
    let onReading: @Sendable (MismatchReading) -> Void

    var model: RemoteModel
    /// How the weights came about.
    var lineage: Lineage
    /// How the optimiser's moments came about: as the weights did, unless they were forgotten on the way.
    var memory: Lineage
    /// Sequences with slopes for the next step.
    var accumulated: [CarriedSequence] = []
    /// False once a slope of the next step is not finite.
    var isFinite = true
    /// Why the model's state is not known; nil while it is.
    var doubt: String?
    /// What the sampler serves.
    var served: ServedWeights?
    /// By which the weights since the last step are told from those before.
    var witness: Witness?
    /// States saved or loaded by this process.
    var saved: [RemoteState] = []
    /// Whether the service loads weights without the optimiser's memory; nil until that is asked for.
    var loadsWeightsAlone: Bool?
    var pushes = 0

    init(
        name: String, text: any RemoteText, options: TinkerOptions, traits: ServiceTraits, session: Session, model: RemoteModel,
        lineage: Lineage, fingerprint: Fingerprint, isSessionOwner: Bool, onReading: @escaping @Sendable (MismatchReading) -> Void
    ) {
        (self.name, self.text, self.options, self.traits) = (name, text, options, traits)
        (self.session, self.model, self.fingerprint) = (session, model, fingerprint)
        (self.lineage, memory) = (lineage, lineage)
        (self.isSessionOwner, self.onReading) = (isSessionOwner, onReading)
    }

    /// Everything.
    public nonisolated var capabilities: Set<Capability> { Set(Capability.allCases) }

    /// The fewer of the positions that the model's files say and the service allows.
    public nonisolated var contextLength: Int { min(text.contextLength, session.contextLength ?? .max) }

    /// The token that ends a turn.
    public nonisolated var endOfTurn: TokenID? { text.endOfTurn }

    /// The tokens of a text; special tokens written in it are ordinary text.
    public nonisolated func encode(_ text: String) throws -> [TokenID] { try self.text.encode(text) }

    /// The tokens of a request to answer a text.
    public nonisolated func prompt(for text: String) throws -> [TokenID] { try self.text.prompt(for: text) }

    /// The tokens between a finished turn and the next.
    public nonisolated func followUp(to text: String, isClosed: Bool) throws -> [TokenID] {
        try self.text.followUp(to: text, isClosed: isClosed)
    }

    /// The text of tokens, without special tokens.
    public nonisolated func decode(_ tokens: [TokenID]) -> String { text.decode(tokens) }

    /// Takes the model off the service and, for the policy that was opened, ends the session.
    ///
    /// What was saved stays there.
    public func close() async throws {
        doubt = "it was closed"
        // The service takes it off by itself where this fails, once the heartbeats have ended.
        let failure: (any Error)?
        do {
            try await model.unload()
            failure = nil
        } catch { failure = error }
        if isSessionOwner { try await session.close() }
        if let failure { throw failure }
    }

    var url: String { session.address.url }

    /// Stops where the state of the model is not known.
    func check() throws(TinkerError) {
        if let doubt { throw .unusable(reason: doubt + "; restore a saved state, or resume the run") }
    }
}
