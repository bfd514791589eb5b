import struct Foundation.Data
import class Foundation.JSONDecoder

extension RunManifest {
    /// The adapter that the run trains; nil where it trains all weights.
    ///
    /// Settings that cannot be read name none: this describes a run, and whatever goes on with it reads them strictly.
    package var adapter: AdapterSettings? {
        struct Group: Decodable { let adapter: AdapterSettings }
        let group = try? JSONDecoder().decode(Group.self, from: Data(settings.utf8))
        return group.flatMap { $0.adapter.isUsed ? $0.adapter : nil }
    }
}
