/// A parser under test: what it reads when all is well, and how it is called.
struct FuzzTarget: Sendable, CustomStringConvertible {
    /// The name on the command line.
    let name: String
    /// Words of the format, in which mutations speak its language.
    let words: [String]
    /// Texts of which a refusal must hold one: the file, or the words before the field at fault.
    let places: [String]
    /// One of so many inputs is tried, where each takes long.
    var share = 1
    /// Valid inputs, made by this project's own writers: the first cases, which must be accepted.
    let corpus: @Sendable () async throws -> [FuzzInput]
    /// Reads an input, and uses what was read; throws the refusal, or `Violation` where a promise is broken.
    let run: @Sendable (FuzzInput) async throws -> Void
    /// What has to be up while inputs are tried, around the work that it is given.
    var host: @Sendable (@escaping @Sendable () async throws -> Void) async throws -> Void = { try await $0() }

    init(
        _ name: String, words: [String] = [], places: [String] = [], corpus: @escaping @Sendable () async throws -> [FuzzInput],
        run: @escaping @Sendable (FuzzInput) async throws -> Void
    ) {
        self.name = name
        self.words = words
        self.places = places
        self.corpus = corpus
        self.run = run
    }

    var description: String { name }

    /// All parsers of what comes from outside.
    static let all: [FuzzTarget] =
        settingsTargets + taskTargets + checkpointTargets + configurationTargets + tokenizerTargets + adapterTargets + answerTargets
        + recordTargets + storeTargets + nameTargets + commandTargets + serverTargets + apiTargets + cardTargets + endpointTargets
}

/// A promise that an input has broken.
struct Violation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Passes where `holds`.
func require(_ holds: Bool, _ promise: @autoclosure () -> String) throws {
    if !holds { throw Violation(promise()) }
}
