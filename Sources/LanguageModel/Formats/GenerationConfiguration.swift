public import Foundation

/// How a model is meant to be sampled, as its `generation_config.json` states it; `nil` where the file is silent.
public struct GenerationConfiguration: Hashable, Sendable {
    /// The tokens that end a completion; may be empty.
    public var eosTokenIDs: [Int32]
    /// The token that fills unused places of a batch.
    public var padTokenID: Int32?
    /// The token that starts a text.
    public var bosTokenID: Int32?
    /// Divides the logits; not negative.
    public var temperature: Double?
    /// Keep this many of the likeliest tokens; 0 keeps all.
    public var topK: Int?
    /// Keep the likeliest tokens up to this mass; above 0, at most 1.
    public var topP: Double?
    /// Whether to sample; false means greedy.
    public var doSample: Bool?

    /// A configuration; all parts are optional.
    public init(
        eosTokenIDs: [Int32] = [], padTokenID: Int32? = nil, bosTokenID: Int32? = nil, temperature: Double? = nil,
        topK: Int? = nil, topP: Double? = nil, doSample: Bool? = nil
    ) {
        self.eosTokenIDs = eosTokenIDs
        self.padTokenID = padTokenID
        self.bosTokenID = bosTokenID
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.doSample = doSample
    }

    /// The configuration in the file at `url`.
    /// - Throws: `ConfigurationError`; see its cases.
    public static func load(from url: URL) throws(ConfigurationError) -> GenerationConfiguration {
        try ConfigurationDocument.load(GenerationConfiguration.self, from: url)
    }

    /// Writes the file atomically; equal configurations give equal files.
    /// - Throws: `ConfigurationError.unwritable`.
    public func save(to url: URL) throws(ConfigurationError) {
        try ConfigurationDocument.save(self, to: url)
    }
}

extension GenerationConfiguration: Codable {
    private enum Key: String, CodingKey {
        case temperature
        case eosTokenID = "eos_token_id"
        case padTokenID = "pad_token_id"
        case bosTokenID = "bos_token_id"
        case topK = "top_k"
        case topP = "top_p"
        case doSample = "do_sample"
    }

    /// Reads the fields that matter and checks their ranges; other fields are ignored.
    public init(from decoder: any Decoder) throws {
        let fields = try ConfigurationFields(decoder, keyedBy: Key.self)
        eosTokenIDs = try fields.optional(.eosTokenID, as: TokenIDList.self)?.ids ?? []
        padTokenID = try fields.optional(.padTokenID)
        bosTokenID = try fields.optional(.bosTokenID)
        temperature = try fields.optional(.temperature)
        topK = try fields.optional(.topK)
        topP = try fields.optional(.topP)
        doSample = try fields.optional(.doSample)
        try fields.check((temperature ?? 1) >= 0, .temperature, temperature ?? 1, "0 or more")
        try fields.check((topK ?? 0) >= 0, .topK, topK ?? 0, "0 or more")
        try fields.check((topP ?? 1) > 0 && (topP ?? 1) <= 1, .topP, topP ?? 1, "above 0, at most 1")
        for (key, ids) in [(Key.eosTokenID, eosTokenIDs), (.padTokenID, [padTokenID ?? 0]), (.bosTokenID, [bosTokenID ?? 0])] {
            for id in ids { try fields.check(id >= 0, key, id, "0 or more") }
        }
    }

    /// Writes the fields that are set.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        if !eosTokenIDs.isEmpty { try container.encode(TokenIDList(eosTokenIDs), forKey: .eosTokenID) }
        try container.encodeIfPresent(padTokenID, forKey: .padTokenID)
        try container.encodeIfPresent(bosTokenID, forKey: .bosTokenID)
        try container.encodeIfPresent(temperature, forKey: .temperature)
        try container.encodeIfPresent(topK, forKey: .topK)
        try container.encodeIfPresent(topP, forKey: .topP)
        try container.encodeIfPresent(doSample, forKey: .doSample)
    }
}
