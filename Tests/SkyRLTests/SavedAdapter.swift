import Foundation
import LanguageModel
import Testing

/// An adapter in the archive that the service wrote for its sampler.
struct SavedAdapter {
    private static let files = ["adapter_config.json", "adapter_model.safetensors"]
    private let archive: URL

    /// - Parameter path: `tinker://MODEL/NAME`, or with a kind between.
    init(_ path: String) throws {
        let parts = path.split(separator: "/").map(String.init)
        try #require(parts.first == "tinker:" && parts.count > 2, "\(path)")
        let place = "checkpoints/\(parts[1])/sampler_weights/\(parts[parts.count - 1]).tar.gz"
        archive = try #require(SkyRL.folder).appendingPathComponent(place)
    }

    /// Unpacks it into a new folder, for PEFT.
    ///
    /// SkyRL-tx 0.3.0 adapts all linear layers of the blocks and leaves `target_modules` empty, from which PEFT would take only some.
    func write(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try SkyRL.run(URL(fileURLWithPath: "/usr/bin/env"), ["tar", "-xzf", archive.path, "-C", folder.path] + Self.files)
        let file = folder.appendingPathComponent("adapter_config.json")
        var fields = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        try #require(fields["target_modules"] is NSNull)
        fields["target_modules"] = AdapterTarget.allLinear
        try JSONSerialization.data(withJSONObject: fields).write(to: file)
    }
}
