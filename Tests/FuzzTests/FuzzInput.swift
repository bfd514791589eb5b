/// What a parser is fed: one file, or several that belong together.
struct FuzzInput: Sendable, Hashable {
    var files: [FuzzFile]

    init(_ files: [FuzzFile]) { self.files = files }

    /// An input of one file.
    init(_ name: String, _ bytes: some Sequence<UInt8>) { files = [FuzzFile(name, bytes)] }

    /// The bytes of the only file, or of the first.
    var bytes: [UInt8] { files.first?.bytes ?? [] }

    /// The same as text, as a program reads it that does not refuse what is no UTF-8.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    subscript(_ name: String) -> [UInt8] { files.first { $0.name == name }?.bytes ?? [] }
}

/// A file of an input.
struct FuzzFile: Sendable, Hashable {
    let name: String
    var bytes: [UInt8]

    init(_ name: String, _ bytes: some Sequence<UInt8>) {
        self.name = name
        self.bytes = Array(bytes)
    }

    /// How a file is put together, by which it can be changed sensibly.
    enum Form: Sendable { case json, lines, tensors, http, text, bytes }

    var form: Form {
        switch name.split(separator: ".").last {
        case "json": .json
        case "jsonl": .lines
        case "safetensors": .tensors
        case "http": .http
        case "blob", "sqlite": .bytes
        default: .text
        }
    }
}
