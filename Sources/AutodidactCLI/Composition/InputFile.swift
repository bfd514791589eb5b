import Autodidact
import Foundation
import RunStore

/// A file that the command line names: of any origin, so its kind and size are known before it is read.
struct InputFile {
    private let url: URL
    private let name: String
    /// In bytes; nil where the system does not say.
    let size: Int?

    /// Looks at the file at `path`, which messages call `kind`, such as `settings file`.
    ///
    /// - Throws: `BadInput` where there is none, or something else than a file.
    init(_ path: String, kind: String) throws(BadInput) {
        name = "the \(kind) '\(path)'"
        url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        guard World.system.disk.exists(url) else {
            throw BadInput("\(name) cannot be read: there is no such file; check its path from the working directory")
        }
        // What cannot be looked at cannot be read either, and reading says why.
        let attributes = (try? FileManager.default.attributesOfItem(atPath: url.path)) ?? [:]
        if let type = attributes[.type] as? FileAttributeType, type != .typeRegular {
            throw BadInput("\(name) is a \(type == .typeDirectory ? "folder" : "device or pipe"), not a file; name a file")
        }
        size = attributes[.size] as? Int
    }

    /// The whole content, of at most so many bytes.
    func read(most limit: Int = .max) throws(BadInput) -> Data {
        if let size, size > limit { throw BadInput("\(name) has \(size) bytes, more than the \(limit) that are read") }
        do {
            return try World.system.disk.read(url)
        } catch {
            throw BadInput("\(name) cannot be read: \(error.reason)")
        }
    }
}
