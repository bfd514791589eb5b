import Foundation

/// The file `adapter_config.json` of a LoRA adapter, as PEFT writes it.
///
/// Reading refuses, by name, everything that would make the adapter compute something else than W + s·B·A; also fields that a later
/// PEFT may add, unless they are switched off (null, false, empty). `lora_dropout` is accepted and not applied: it changes training in
/// PEFT, not what the adapter computes.
struct PEFTConfiguration: Hashable, Sendable {
    static let fileName = "adapter_config.json"

    /// The path of the file, or the name that messages give it.
    let file: String
    let rank: Int
    let alpha: Double
    let stabilizesRank: Bool
    /// Names of layers, each the end of the layer's path or all of it; nil means all linear layers.
    let targets: [String]?

    /// Reads the text of a file.
    init(_ text: [UInt8], file: String) throws(AdapterError) {
        let document: JSONValue
        do { document = try JSONParser.parse(text) } catch { throw .unreadable(file: file, reason: error.description) }
        guard let members = document.members else { throw .unreadable(file: file, reason: "it must hold one JSON object") }
        guard let type = document["peft_type"]?.string else {
            throw .malformed(file: file, field: "peft_type", reason: "it must be a string")
        }
        guard type == "LORA" else {
            throw .unsupported(
                file: file, field: "peft_type", found: type, remedy: "only LORA can be loaded: merge it into its model with PEFT")
        }
        for member in members { try Self.check(member, file: file) }
        guard let rank = document["r"]?.integer, 1...AdapterConfiguration.largestRank ~= rank else {
            throw .malformed(file: file, field: "r", reason: "it must be a whole number from 1 to \(AdapterConfiguration.largestRank)")
        }
        guard let alpha = document["lora_alpha"]?.double, alpha > 0, Float(alpha).isFinite else {
            throw .malformed(file: file, field: "lora_alpha", reason: "it must be a positive number")
        }
        self.file = file
        self.rank = rank
        self.alpha = alpha
        stabilizesRank = try Self.flag(document, "use_rslora", file: file)
        targets = try Self.targets(document["target_modules"], file: file)
    }

    /// The model that an adapter in a directory says it changes, empty where it names none; nil where the directory holds no adapter.
    static func base(in directory: URL) -> String? {
        let file = directory.appendingPathComponent(fileName)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        // The file only adds a name to a refusal: whatever is wrong with it is told where the adapter is read.
        let document = (try? ModelFile.text(at: file)).flatMap { try? JSONParser.parse([UInt8]($0)) }
        return document?["base_model_name_or_path"]?.string ?? ""
    }

    /// The file's text for an adapter; equal adapters give equal files.
    static func text(_ configuration: AdapterConfiguration, baseModel: String?) -> [UInt8] {
        let names = configuration.targets.map(\.rawValue).sorted().map { JSONValue.string($0) }
        let alpha = configuration.alpha
        let isWhole = alpha == alpha.rounded() && abs(alpha) < 0x1p53
        let members: [(String, JSONValue)] = [
            ("alpha_pattern", .object([])), ("auto_mapping", .null),
            ("base_model_name_or_path", baseModel.map { .string($0) } ?? .null), ("bias", .string("none")),
            ("fan_in_fan_out", .bool(false)), ("inference_mode", .bool(true)), ("init_lora_weights", .bool(true)),
            ("layers_pattern", .null), ("layers_to_transform", .null), ("lora_alpha", isWhole ? .integer(Int(alpha)) : .number(alpha)),
            ("lora_dropout", .number(0)), ("modules_to_save", .null), ("peft_type", .string("LORA")), ("r", .integer(configuration.rank)),
            ("rank_pattern", .object([])), ("revision", .null), ("target_modules", .array(names)), ("task_type", .string("CAUSAL_LM")),
            ("use_dora", .bool(false)), ("use_rslora", .bool(configuration.stabilizesRank)),
        ]
        return JSONValue.object(members.map { JSONValue.Member($0.0, $0.1) }).text(pretty: true) + [UInt8(ascii: "\n")]
    }

    // MARK: Details

    /// Fields that are read elsewhere, or say nothing about what the adapter computes.
    private static let known: Set<String> = [
        "peft_type", "r", "lora_alpha", "use_rslora", "target_modules", "peft_version", "auto_mapping", "base_model_name_or_path",
        "revision",
        "inference_mode", "lora_dropout", "qalora_group_size", "megatron_core", "runtime_config", "eva_config",
    ]

    /// How the factors may have been drawn: all but the ways that change the base model as well.
    private static let initializations: [JSONValue] = [
        .bool(true), .bool(false), .string("gaussian"), .string("orthogonal"), .string("eva"),
    ]

    private static func check(_ member: JSONValue.Member, file: String) throws(AdapterError) {
        func refuse(_ remedy: String) -> AdapterError {
            .unsupported(file: file, field: member.key, found: member.value.string.map { "“\($0)”" } ?? member.value.kind, remedy: remedy)
        }
        switch member.key {
        case "bias":
            guard member.value == .string("none") else { throw refuse("train the adapter with bias “none”, or merge it with PEFT") }
        case "task_type":
            guard [.null, .string("CAUSAL_LM")].contains(member.value) else { throw refuse("only CAUSAL_LM adapters can be loaded") }
        case "init_lora_weights":
            guard initializations.contains(member.value) else {
                throw refuse("convert the adapter to plain LoRA when saving it with PEFT (path_initial_model_for_weight_conversion)")
            }
        case "rank_pattern", "alpha_pattern":
            guard isOff(member.value) else { throw refuse("use one rank and one alpha for all layers, or merge the adapter with PEFT") }
        case "layers_to_transform", "layers_pattern", "exclude_modules", "target_parameters":
            guard isOff(member.value) else { throw refuse("adapt whole kinds of layers in all blocks, or merge the adapter with PEFT") }
        default:
            guard known.contains(member.key) || isOff(member.value) else { throw refuse("merge the adapter into its model with PEFT") }
        }
    }

    private static func isOff(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool(false), .object([]), .array([]): true
        default: false
        }
    }

    private static func flag(_ document: JSONValue, _ field: String, file: String) throws(AdapterError) -> Bool {
        guard let value = document[field], value != .null else { return false }
        guard let flag = value.bool else { throw .malformed(file: file, field: field, reason: "it must be true or false") }
        return flag
    }

    private static func targets(_ value: JSONValue?, file: String) throws(AdapterError) -> [String]? {
        let field = "target_modules"
        if let text = value?.string {
            guard text == AdapterTarget.allLinear else {
                throw .unsupported(
                    file: file, field: field, found: "the pattern “\(text)”", remedy: "list the names of the layers instead, such as q_proj"
                )
            }
            return nil
        }
        guard let list = value?.array, !list.isEmpty else {
            throw .malformed(file: file, field: field, reason: "it must be a list of names of layers, or “\(AdapterTarget.allLinear)”")
        }
        let names = list.compactMap(\.string)
        guard names.count == list.count else { throw .malformed(file: file, field: field, reason: "it must hold strings only") }
        return names
    }
}

extension JSONValue {
    /// The value of a number.
    fileprivate var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
