import ArgumentParser
import Autodidact

/// The key of a model that computes elsewhere.
struct RemoteOptions: ParsableArguments {
    /// Where the key is looked for unless a file is named.
    static let variable = "AUTODIDACT_API_KEY"

    @Option(
        name: .customLong("api-key-file"),
        help: ArgumentHelp(
            "File of the API key of a model that computes elsewhere. (default: \(variable) in the environment)", valueName: "file"))
    var keyFile: String?

    /// The key for these models; nil where there is none, or all are of this machine.
    ///
    /// - Throws: `BadInput` for a key that cannot be taken, has no use, or would go to two places.
    func key(for models: [ModelName]) throws(BadInput) -> Secret? {
        let places = Set(models.compactMap(\.url))
        guard !places.isEmpty else {
            if keyFile != nil { throw BadInput("--api-key-file would have no effect: the model is one of this machine") }
            return nil
        }
        let key: Secret?
        do throws(SecretError) { key = try secret(in: keyFile, or: Self.variable) } catch {
            throw BadInput("\(keyFile == nil ? "the API key" : "--api-key-file"): \(error)")
        }
        if key != nil && places.count > 1 {
            throw BadInput("one API key would be sent to \(places.sorted().joined(separator: " and ")); measure their models one by one")
        }
        return key
    }
}
