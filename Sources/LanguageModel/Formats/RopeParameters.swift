import Tensors

/// `rope_scaling` of transformers 4, or `rope_parameters` of transformers 5.
struct RopeParameters: Codable {
    /// `rope_theta`, where it stands here.
    let theta: Double?
    private let type: String
    private let factor: Double?
    private let lowFrequencyFactor: Double?
    private let highFrequencyFactor: Double?
    private let originalPositions: Int?
    /// Where it was read, for messages.
    private let file: String
    private let field: String

    /// The names of the file.
    enum Key: String, CodingKey, CaseIterable {
        case factor
        case theta = "rope_theta"
        case type = "rope_type"
        case oldType = "type"
        case lowFrequencyFactor = "low_freq_factor"
        case highFrequencyFactor = "high_freq_factor"
        case originalPositions = "original_max_position_embeddings"
        case partialFactor = "partial_rotary_factor"
    }

    /// Reads the entries; one that is not known is refused by name, because it would change what the positions mean.
    init(from decoder: any Decoder) throws {
        let fields = try ConfigurationFields(decoder, keyedBy: Key.self)
        file = fields.file
        field = fields.path
        if let stranger = fields.strangers().first {
            throw ConfigurationError.unsupported(
                file: file, field: field, found: "the entry “\(stranger)”", supported: Key.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let partialFactor: Double = try fields.optional(.partialFactor) ?? 1
        guard partialFactor == 1 else { throw fields.refuse(.partialFactor, found: "\(partialFactor)", supported: "1") }
        theta = try fields.optional(.theta)
        // transformers 5 may leave the usual type out; in the form of transformers 4 an entry without one is a mistake.
        let silent = field == ModelConfiguration.Key.ropeParameters.rawValue ? "default" : "without a type"
        type = try fields.optional(.type) ?? fields.optional(.oldType) ?? silent
        factor = try fields.optional(.factor)
        lowFrequencyFactor = try fields.optional(.lowFrequencyFactor)
        highFrequencyFactor = try fields.optional(.highFrequencyFactor)
        originalPositions = try fields.optional(.originalPositions)
    }

    /// The scaling that the entries ask for; `maxPositions` stands in for a missing `original_max_position_embeddings`.
    func scaling(maxPositions: Int) throws(ConfigurationError) -> RotaryScaling {
        func required(_ value: Double?, _ key: Key) throws(ConfigurationError) -> Double {
            guard let value else { throw .missing(file: file, field: "\(field).\(key.rawValue)") }
            return value
        }
        let scaling: RotaryScaling
        switch type {
        case "default":
            scaling = .none
        case "linear":
            scaling = .linear(factor: try required(factor, .factor))
        case "llama3":
            scaling = .llama3(
                factor: try required(factor, .factor), lowFrequencyFactor: try required(lowFrequencyFactor, .lowFrequencyFactor),
                highFrequencyFactor: try required(highFrequencyFactor, .highFrequencyFactor),
                originalPositions: originalPositions ?? maxPositions)
        default:
            throw .unsupported(file: file, field: field, found: "position scaling “\(type)”", supported: "default, linear, llama3")
        }
        try scaling.validate(file: file, field: field)
        return scaling
    }
}

extension RopeParameters {
    /// The entries for a scaling; `theta` is left out where it is nil.
    init(theta: Double?, scaling: RotaryScaling) {
        self.theta = theta
        file = "config.json"
        field = ModelConfiguration.Key.ropeParameters.rawValue
        switch scaling {
        case .none:
            (type, factor, lowFrequencyFactor, highFrequencyFactor, originalPositions) = ("default", nil, nil, nil, nil)
        case .linear(let factor):
            (type, self.factor, lowFrequencyFactor, highFrequencyFactor, originalPositions) = ("linear", factor, nil, nil, nil)
        case .llama3(let factor, let low, let high, let positions):
            (type, self.factor, lowFrequencyFactor, highFrequencyFactor, originalPositions) = ("llama3", factor, low, high, positions)
        }
    }

    /// Writes the entries that are set.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(type, forKey: .type)
        try container.encodeIfPresent(theta, forKey: .theta)
        try container.encodeIfPresent(factor, forKey: .factor)
        try container.encodeIfPresent(lowFrequencyFactor, forKey: .lowFrequencyFactor)
        try container.encodeIfPresent(highFrequencyFactor, forKey: .highFrequencyFactor)
        try container.encodeIfPresent(originalPositions, forKey: .originalPositions)
    }
}

extension RotaryScaling {
    /// Checks the range of every factor.
    func validate(file: String, field: String) throws(ConfigurationError) {
        func check(_ holds: Bool, _ key: RopeParameters.Key, _ value: Double, _ allowed: String) throws(ConfigurationError) {
            guard holds else { throw .outOfRange(file: file, field: "\(field).\(key.rawValue)", value: "\(value)", allowed: allowed) }
        }
        switch self {
        case .none: break
        case .linear(let factor):
            try check(factor >= 1 && factor.isFinite, .factor, factor, "1 or more")
        case .llama3(let factor, let low, let high, let originalPositions):
            try check(factor >= 1 && factor.isFinite, .factor, factor, "1 or more")
            try check(low > 0 && low.isFinite, .lowFrequencyFactor, low, "positive numbers")
            try check(high > low && high.isFinite, .highFrequencyFactor, high, "above low_freq_factor, which is \(low)")
            try check(originalPositions > 0, .originalPositions, Double(originalPositions), "positive numbers")
        }
    }
}
