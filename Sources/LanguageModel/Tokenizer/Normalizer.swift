import Foundation

/// What is done to a text before it is cut into words.
struct Normalizer: Hashable, Sendable {
    /// One change of the text.
    enum Step: Hashable, Sendable {
        /// Characters are composed (NFC).
        case compose
        /// A text that is not empty gets this at its front.
        case prepend(String)
        /// Every occurrence of the first text becomes the second.
        case replace(String, by: String)
    }

    /// The changes, in order.
    let steps: [Step]

    /// The normalised text in UTF-8.
    func apply(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        for step in steps {
            switch step {
            case .compose:
                // Characters below U+0300 are composed as they stand; the first byte of a later one is 0xCC or more.
                guard bytes.contains(where: { $0 >= 0xCC }) else { continue }
                bytes = Array(String(decoding: bytes, as: UTF8.self).precomposedStringWithCanonicalMapping.utf8)
            case .prepend(let front): if !bytes.isEmpty { bytes = Array(front.utf8) + bytes }
            case .replace(let old, let new): bytes = bytes.replacing(Array(old.utf8), by: Array(new.utf8))
            }
        }
        return bytes
    }
}

extension Normalizer {
    private static let supported = "NFC, Prepend, Replace of a String, or a Sequence of these"

    /// Reads the `normalizer` of a `tokenizer.json`.
    init(json: JSONValue, file: String) throws(TokenizerError) {
        guard json != .null else {
            steps = []
            return
        }
        let parts = json["type"]?.string == "Sequence" ? json["normalizers"]?.array : [json]
        guard let parts else { throw .malformed(file: file, field: "normalizer.normalizers", reason: "it must be a list") }
        var steps: [Step] = []
        for part in parts {
            switch part["type"]?.string {
            case "NFC": steps.append(.compose)
            case "Prepend":
                guard let front = part["prepend"]?.string else {
                    throw .malformed(file: file, field: "normalizer.Prepend.prepend", reason: "it must be a string")
                }
                steps.append(.prepend(front))
            case "Replace":
                let (old, new) = try Self.replacement(part, field: "normalizer.Replace", file: file)
                steps.append(.replace(old, by: new))
            case let type:
                throw .unsupported(file: file, field: "normalizer.type", found: type ?? part.kind, supported: Self.supported)
            }
        }
        self.steps = steps
        try Self.requireBounded(steps, file: file)
    }

    /// Refuses steps that could make a text more than so many times as long, and so take any amount of memory.
    private static func requireBounded(_ steps: [Step], file: String) throws(TokenizerError) {
        var growth = 1
        for step in steps {
            growth = min(growth * growthOf(step), TokenizerError.mostGrowth + 1)
        }
        guard growth <= TokenizerError.mostGrowth else { throw .growth(file: file, field: "normalizer") }
    }

    /// How many times as long a step can make a text that is not empty.
    private static func growthOf(_ step: Step) -> Int {
        switch step {
        case .compose: 1
        case .prepend(let front): 1 + front.utf8.count
        case .replace(let old, let new): growth(replacing: old, by: new)
        }
    }

    /// How many times as long a replacement can make a text.
    static func growth(replacing old: String, by new: String) -> Int { max(1, (new.utf8.count + old.utf8.count - 1) / old.utf8.count) }

    /// The texts of a part called `Replace`, which is a normalizer and a decoder under one name.
    static func replacement(_ part: JSONValue, field: String, file: String) throws(TokenizerError) -> (old: String, new: String) {
        guard let old = part["pattern"]?["String"]?.string, !old.isEmpty else {
            throw .unsupported(
                file: file, field: "\(field).pattern", found: part["pattern"]?["Regex"]?.string ?? "a pattern that is no String",
                supported: "a String that is not empty")
        }
        guard let new = part["content"]?.string else {
            throw .malformed(file: file, field: "\(field).content", reason: "it must be a string")
        }
        return (old, new)
    }
}

extension [UInt8] {
    /// These bytes with every occurrence of `old`, found from the left, replaced by `new`.
    func replacing(_ old: [UInt8], by new: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count + count / 4)
        var index = 0
        while index < count {
            if self[index] == old[0], old.count == 1 || self[index...].starts(with: old) {
                result += new
                index += old.count
            } else {
                result.append(self[index])
                index += 1
            }
        }
        return result
    }
}
