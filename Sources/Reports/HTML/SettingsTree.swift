import Foundation

/// One leaf of a settings tree, named by its path: `gate.confidence`.
typealias Setting = (key: String, value: String)

/// The leaves of a settings tree in the order of their names; nil where the text is not a JSON object.
func flattenedSettings(_ json: String) -> [Setting]? {
    do {
        guard case .object(let members) = try JSONDecoder().decode(SettingsTree.self, from: Data(json.utf8)) else { return nil }
        return members.sorted { $0.key < $1.key }.flatMap { $0.value.leaves(under: $0.key) }
    } catch {
        // Settings that cannot be read are shown as they are.
        return nil
    }
}

/// A word as a shell reads it back: quoted where it holds anything but plain characters.
package func shellQuoted(_ word: String) -> String {
    let plain = "-_./:@%+=,"
    let isPlain =
        !word.isEmpty
        && word.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0 || plain.unicodeScalars.contains($0))
        }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}

/// JSON as far as settings use it.
private indirect enum SettingsTree: Decodable {
    case object([String: SettingsTree])
    case list([SettingsTree])
    case leaf(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .leaf("null")
        } else if let members = try? container.decode([String: SettingsTree].self) {
            self = .object(members)
        } else if let items = try? container.decode([SettingsTree].self) {
            self = .list(items)
        } else if let flag = try? container.decode(Bool.self) {
            self = .leaf(flag ? "true" : "false")
        } else if let number = try? container.decode(Int64.self) {
            self = .leaf("\(number)")
        } else if let number = try? container.decode(UInt64.self) {
            self = .leaf("\(number)")
        } else if let number = try? container.decode(Double.self) {
            self = .leaf("\(number)")
        } else {
            self = .leaf(try container.decode(String.self))
        }
    }

    func leaves(under path: String) -> [Setting] {
        switch self {
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap { $0.value.leaves(under: path + "." + $0.key) }
        case .list(let items): [(path, items.map(\.text).joined(separator: ","))]
        case .leaf(let text): [(path, text)]
        }
    }

    private var text: String {
        switch self {
        case .leaf(let text): text
        case .list(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.text)" }.joined(separator: ",") + "}"
        }
    }
}
