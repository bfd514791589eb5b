import Autodidact
import Backends
import Foundation
import LanguageModel
import Randomness
import Remote
import RunStore
import Synchronization
import Tensors
import Texts

/// The policies of one command that compute elsewhere: they are let go of when it ends, whatever ended it.
final class OpenedPolicies: Sendable {
    private struct State {
        var closing: [@Sendable () async throws -> Void] = []
        var reading = MismatchReading.none
    }

    private let console: Console
    private let state = Mutex(State())

    private init(_ console: Console) { self.console = console }

    /// Does a command's work with policies of its own.
    static func with<Result>(_ console: Console, _ work: (OpenedPolicies) async throws -> Result) async throws -> Result {
        let policies = OpenedPolicies(console)
        let result: Result
        do {
            result = try await work(policies)
        } catch {
            await policies.close()
            throw error
        }
        await policies.close()
        return result
    }

    /// Connects to a model at an endpoint.
    ///
    /// - Parameter conversation: `auto` for chat, `plain` for text that is continued.
    /// - Throws: `OpenAIError`, or `SettingsError` for another format.
    func endpoint(_ address: OpenAIAddress, key: Secret?, conversation: String, settings: BackendSettings) async throws -> OpenAIPolicy {
        let form: OpenAIOptions.Form
        switch conversation {
        case ConversationFormat.automatic: form = .chat
        case ConversationFormat.plain.name: form = .text
        default:
            throw SettingsError.outOfRange(
                key: "conversation", value: conversation,
                allowed: "\(ConversationFormat.automatic) (a chat, which an endpoint lays out itself) or \(ConversationFormat.plain.name)")
        }
        let policy = try await OpenAIPolicy.open(
            address, key: key, options: settings.openAIOptions(form: form), pacing: settings.pacing(at: .endpoint, clock: SystemClock()))
        closeAtEnd { try await policy.close() }
        return policy
    }

    /// Connects to a training service and makes an adapter; `seed` names its first weights.
    ///
    /// - Throws: `TinkerError`, `ConversationError`, or `BadInput` where the tokenizer cannot be read.
    func service(
        _ address: ServiceAddress, key: Secret?, conversation: String, settings: BackendSettings, seed: SeedTree
    ) async throws -> (policy: TinkerPolicy, text: LocalText) {
        let text = try Self.text(of: address, conversation: conversation, settings: settings)
        let policy = try await TinkerPolicy.open(
            address, key: key, text: text, options: settings.tinkerOptions(seed: Int(seed("adapter").key >> 34)),
            pacing: settings.pacing(at: .service, clock: SystemClock())
        ) { [self] reading in
            state.withLock { $0.reading = $0.reading.merged(with: reading) }
        }
        closeAtEnd { try await policy.close() }
        return (policy, text)
    }

    /// The text side of a base model at a service.
    static func text(of address: ServiceAddress, conversation: String, settings: BackendSettings) throws -> LocalText {
        let folder = settings.tokenizer.isEmpty ? nil : URL(fileURLWithPath: settings.tokenizer)
        do {
            return try LocalText(for: address, directory: folder, conversation: conversation)
        } catch let error as ConversationError {
            throw error
        } catch TinkerError.unsupported(let url, let what, _) {
            throw BadInput(
                "\(url.shown) does not offer \(what.shown); name a directory with its config.json and tokenizer.json: "
                    + "--set backend.tokenizer=DIR")
        } catch {
            throw BadInput("the tokenizer of \(address.baseModel.shown): \(error)")
        }
    }

    private func closeAtEnd(_ close: @escaping @Sendable () async throws -> Void) { state.withLock { $0.closing.append(close) } }

    /// What could not be let go of is told, and does not change what the command came to.
    private func close() async {
        let ended = state.withLock { state in
            defer { state.closing = [] }
            return state
        }
        if ended.reading.tokens > 0 { console.note("sampler and trainer of the service: \(ended.reading)") }
        for close in ended.closing.reversed() {
            do { try await close() } catch { console.note("note: while letting go of a model: \(error)") }
        }
    }
}
