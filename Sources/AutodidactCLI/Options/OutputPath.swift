import Autodidact
import Foundation

/// Where the command line asks for something to be written: one rule for all options, held before any work.
///
/// The folder above has to be there, a file is not named where a folder is meant or the other way round, and what was made at a cost (a
/// model, an adapter, episodes, an archive) is never replaced. A report, a plot or a page is made anew from its records at any time, so it
/// is; stores and folders of studies are added to.
enum OutputPath {
    /// A file that is not there yet; messages call it `what`, such as `--episodes`.
    static func newFile(_ path: String, for what: String) throws(BadInput) -> URL {
        try fresh(try file(path, for: what), path, for: what)
    }

    /// A folder that is not there yet.
    static func newFolder(_ path: String, for what: String) throws(BadInput) -> URL {
        try fresh(try folder(path, for: what), path, for: what)
    }

    /// A file that is made, or made anew.
    static func file(_ path: String, for what: String) throws(BadInput) -> URL {
        let url = try below(path, for: what)
        if isFolder(url) { throw BadInput("\(what): '\(path)' is a folder, not a file; name a file in it") }
        return url
    }

    /// A folder that is made, or added to.
    static func folder(_ path: String, for what: String) throws(BadInput) -> URL {
        let url = try below(path, for: what)
        if isThere(url) && !isFolder(url) { throw BadInput("\(what): '\(path)' is a file, not a folder; name a folder") }
        return url
    }

    /// A folder that is there when this returns, made where it was not: whether one can be made shows only when it is.
    static func madeFolder(_ path: String, for what: String, on disk: some Disk) throws(BadInput) -> URL {
        let url = try folder(path, for: what)
        if isThere(url) { return url }
        do {
            try disk.createDirectory(url)
        } catch {
            throw BadInput("\(what): '\(path)' cannot be made (\(error.reason)); choose another path")
        }
        return url
    }

    private static func below(_ path: String, for what: String) throws(BadInput) -> URL {
        guard !path.isEmpty else { throw BadInput("\(what): the path is empty; name a path") }
        let url = URL(fileURLWithPath: path).standardizedFileURL, parent = url.deletingLastPathComponent()
        guard isFolder(parent) else {
            throw BadInput(
                "\(what): '\(path)' cannot be made: "
                    + (isThere(parent)
                        ? "'\(parent.path)' is a file, not a folder; choose another path"
                        : "there is no folder '\(parent.path)'; make it first, or choose another path"))
        }
        return url
    }

    private static func fresh(_ url: URL, _ path: String, for what: String) throws(BadInput) -> URL {
        guard !isThere(url) else {
            throw BadInput("\(what): '\(path)' exists already and is not replaced; choose another path, or remove it")
        }
        return url
    }

    private static func isThere(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

    /// A path with a slash at its end exists only for folders.
    private static func isFolder(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path + "/") }
}
