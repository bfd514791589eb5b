/// Token ids as configuration files spell them: one number, or a list.
struct TokenIDList: Hashable, Sendable, Codable {
    let ids: [Int32]

    init(_ ids: [Int32]) {
        self.ids = ids
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let id = try? container.decode(Int32.self) {
            ids = [id]
        } else {
            ids = try container.decode([Int32].self)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if ids.count == 1 { try container.encode(ids[0]) } else { try container.encode(ids) }
    }
}
