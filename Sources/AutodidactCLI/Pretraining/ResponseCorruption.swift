import Randomness

/// Damage to responses, from which a judge learns what wrong looks like.
enum ResponseCorruption {
    /// One digit is another one.
    static func digitChanged(in response: String, using generator: inout KeyedGenerator) -> String {
        var bytes = Array(response.utf8)
        let places = bytes.indices.filter { 0x30...0x39 ~= bytes[$0] }
        guard !places.isEmpty else { return response }
        let place = places[generator.index(below: places.count)]
        bytes[place] = 0x30 + (bytes[place] - 0x30 + 1 + UInt8(generator.index(below: 9))) % 10
        return String(decoding: bytes, as: UTF8.self)
    }

    /// One word is left out, doubled, exchanged with the next, or replaced by one of `strangers`.
    static func wordChanged(in response: String, strangers: String, using generator: inout KeyedGenerator) -> String {
        var words = response.split(separator: " ")
        let others = strangers.split(separator: " ")
        guard words.count > 1 && !others.isEmpty else { return response }
        let place = generator.index(below: words.count)
        switch generator.index(below: 6) {
        case 0: words.remove(at: place)
        case 1: words.insert(words[place], at: place)
        case 2: words.swapAt(place, (place + 1) % words.count)
        default: words[place] = others[generator.index(below: others.count)]
        }
        return words.joined(separator: " ")
    }
}
