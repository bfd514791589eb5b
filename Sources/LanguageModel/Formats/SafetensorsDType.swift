/// The number formats of weights that this engine reads; it always computes in `Float`.
public enum SafetensorsDType: String, Hashable, Sendable, Codable, CaseIterable {
    /// IEEE single precision, four bytes.
    case float32 = "F32"
    /// The upper half of a single: eight exponent bits, seven of fraction.
    case bfloat16 = "BF16"
    /// IEEE half precision: five exponent bits, ten of fraction.
    case float16 = "F16"

    /// The size of one number.
    public var bytes: Int {
        self == .float32 ? 4 : 2
    }

    /// The name of the format in a Hugging Face `config.json`: "float32", "bfloat16" or "float16".
    public var configurationName: String {
        switch self {
        case .float32: "float32"
        case .bfloat16: "bfloat16"
        case .float16: "float16"
        }
    }
}
