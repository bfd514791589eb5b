import Texts

/// Why a safetensors file, or the index of a sharded checkpoint, cannot be read or written.
public enum SafetensorsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file cannot be opened or read.
    case unreadable(file: String, reason: String)
    /// The file ends before its header does.
    case truncated(file: String, bytes: Int, needed: UInt64)
    /// The declared header length is beyond the limit of the format.
    case headerTooLong(file: String, declared: UInt64, limit: Int)
    /// The header is not the JSON object that the format asks for.
    case malformedHeader(file: String, reason: String)
    /// The file is sound, but of another model or adapter.
    case foreign(file: String, reason: String)
    /// The entry of one tensor is incomplete or contradicts itself.
    case malformedTensor(file: String, tensor: String, reason: String)
    /// A tensor has a number format that this engine does not read.
    case unsupportedType(file: String, tensor: String, found: String)
    /// The tensors do not fill the data part exactly: a hole, an overlap, or bytes that are missing or left over.
    case brokenLayout(file: String, reason: String)
    /// No tensor has the asked name.
    case missingTensor(file: String, tensor: String)
    /// The index of a sharded checkpoint is not usable.
    case malformedIndex(file: String, reason: String)
    /// The file cannot be written.
    case unwritable(file: String, reason: String)

    /// Why weights that nothing could be computed with are refused.
    static let notFinite = "it holds numbers that are infinite or NaN"

    /// One sentence for people: what, where, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file) cannot be read (\(reason.shown)); check the path and its permissions."
        case .truncated(let file, let bytes, let needed):
            "\(file) has \(bytes) bytes, but its header needs \(needed); the file is cut short, download or copy it again."
        case .headerTooLong(let file, let declared, let limit):
            "\(file) declares a header of \(declared) bytes, but at most \(limit) are allowed; this is not a safetensors file."
        case .malformedHeader(let file, let reason):
            "the header of \(file) is not valid: \(reason.shown). Write the file again with a safetensors library."
        case .foreign(let file, let reason): "\(file) does not belong here: \(reason.shown)."
        case .malformedTensor(let file, let tensor, let reason):
            "tensor “\(tensor.shown)” in \(file) is not valid: \(reason.shown). Write the file again with a safetensors library."
        case .unsupportedType(let file, let tensor, let found):
            "tensor “\(tensor.shown)” in \(file) has type \(found.shown), which is not supported (supported: "
                + SafetensorsDType.allCases.map(\.rawValue).joined(separator: ", ") + "); convert it to one of these."
        case .brokenLayout(let file, let reason):
            "the data of \(file) does not match its header: \(reason.shown). The file is damaged, download or write it again."
        case .missingTensor(let file, let tensor):
            "\(file) has no tensor “\(tensor.shown)”; the file belongs to another architecture or is incomplete."
        case .malformedIndex(let file, let reason):
            "the checkpoint index \(file) is not valid: \(reason.shown). Download the checkpoint again."
        case .unwritable(let file, let reason):
            "\(file) cannot be written (\(reason.shown)); check the folder, its permissions and the free space."
        }
    }
}
