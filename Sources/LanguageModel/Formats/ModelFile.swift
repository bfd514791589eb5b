package import Foundation

/// Why a file of a model is not read.
package struct ModelFileFault: Error, Hashable {
    package let reason: String
}

/// Reads the files of a model's folder, which may be of any origin.
///
/// What a file is, where it lies and how large it is are looked at before anything of it is read. A link must not lead out of the folder,
/// but for those of Hugging Face's cache, where each file of `snapshots/REVISION` is a link to one of `blobs`.
package enum ModelFile {
    /// The most bytes of a file that is read whole: the largest published tokenizers have half as many.
    static let mostTextBytes = 64 << 20

    /// The bytes of a file that is read whole.
    static func text(at url: URL) throws(ModelFileFault) -> Data {
        let size = try size(of: url)
        guard size <= mostTextBytes else {
            throw ModelFileFault(reason: "it has \(size) bytes, more than the \(mostTextBytes) that are read")
        }
        return try bytes(of: url, options: [])
    }

    /// The first bytes of a file of any size, at most so many: of texts in which nothing is looked for far from their beginning.
    package static func head(of url: URL, most: Int) throws(ModelFileFault) -> Data {
        _ = try size(of: url)
        do {
            let file = try FileHandle(forReadingFrom: url)
            defer { try? file.close() }  // Nothing was written, so nothing is lost.
            return try file.read(upToCount: most) ?? Data()
        } catch {
            throw ModelFileFault(reason: error.localizedDescription)
        }
    }

    /// The bytes of a file of any size, mapped into memory.
    static func mapped(at url: URL) throws(ModelFileFault) -> Data {
        _ = try size(of: url)
        return try bytes(of: url, options: .alwaysMapped)
    }

    private static func bytes(of url: URL, options: Data.ReadingOptions) throws(ModelFileFault) -> Data {
        do { return try Data(contentsOf: url, options: options) } catch { throw ModelFileFault(reason: error.localizedDescription) }
    }

    /// The size of a file that may be read.
    private static func size(of url: URL) throws(ModelFileFault) -> Int {
        let real = url.resolvingSymlinksInPath()
        let attributes: [FileAttributeKey: Any]
        do { attributes = try FileManager.default.attributesOfItem(atPath: real.path) } catch {
            let isAbsent = [.fileReadNoSuchFile, .fileNoSuchFile].contains((error as? CocoaError)?.code)
            throw ModelFileFault(reason: isAbsent ? "there is no such file" : error.localizedDescription)
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int else {
            throw ModelFileFault(reason: "it is not a regular file")
        }
        let folder = url.deletingLastPathComponent().resolvingSymlinksInPath()
        guard homes(of: folder).contains(where: { real.path.hasPrefix($0.path + "/") }) else {
            throw ModelFileFault(reason: "it is a link to \(real.path), out of the model's folder; put a copy of the file in its place")
        }
        return size
    }

    /// Where the files of a model's folder may lie.
    private static func homes(of folder: URL) -> [URL] {
        let revisions = folder.deletingLastPathComponent()
        guard revisions.lastPathComponent == "snapshots" else { return [folder] }
        return [folder, revisions.deletingLastPathComponent().appendingPathComponent("blobs")]
    }
}
