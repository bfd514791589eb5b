import Autodidact
import Foundation
import LanguageModel
import Texts

/// Where models are looked for: the folder that was named, else `Models` in the working directory or above it, else beside the
/// program or above that.
struct ModelShelf: Sendable {
    /// The folders, in the order in which they are searched.
    let folders: [URL]

    /// The folders to search; `folder` is that of `--models`.
    init(folder: String?) throws(BadInput) {
        if let folder {
            let url = URL(fileURLWithPath: folder).standardizedFileURL
            guard Self.isFolder(url) else { throw BadInput("there is no folder '\(folder)' to look for models in") }
            folders = [url]
        } else {
            let working = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
            let program = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
            var found: [URL] = []
            for start in [working, program].compactMap(\.self) {
                let nearest = start.andAncestors.map { $0.appendingPathComponent("Models") }.first(where: Self.isFolder)
                if let nearest, !found.contains(nearest) { found.append(nearest) }
            }
            folders = found
        }
    }

    /// A model that was found, not yet read.
    struct Place: Sendable {
        /// What names it from any working directory.
        let name: String
        let folder: URL
    }

    /// All named models, each from the first folder that has it.
    var models: [Place] {
        var known: Set<String> = []
        return folders.flatMap { folder in
            // A folder that cannot be listed holds no model that could be opened.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return names.sorted().map { Place(name: $0, folder: folder.appendingPathComponent($0)) }
        }.filter { Self.isModel($0.folder) && known.insert($0.name).inserted }
    }

    /// The model of that name, or the directory at that path.
    func place(_ name: String) throws(BadInput) -> Place {
        let scheme = name.prefix { $0 != "+" && $0 != ":" }
        if name.contains("://") || ["tinker", "openai"].contains(scheme) && name.contains("+") {
            throw BadInput(
                "model '\(name.shown)': remote policies (tinker+…, openai+…) are not part of this version; name 'seedling' or a directory")
        }
        if let model = models.first(where: { $0.name == name }) { return model }
        let folder = URL(fileURLWithPath: name).standardizedFileURL
        if !name.isEmpty && (name.contains("/") || name == "." || Self.isFolder(folder)) {
            return Place(name: folder.path, folder: folder)
        }
        let known = models.map(\.name)
        let nearest = nearestName(to: name, among: known)
        let searched =
            folders.isEmpty
            ? "no Models folder was found; give --models DIR" : "looked in " + folders.map(\.path).joined(separator: " and ")
        let choice = known.isEmpty ? "" : "take one of \(known.prefix(12).joined(separator: ", ").shown), or "
        throw BadInput(
            "there is no model '\(name.shown)'"
                + (nearest.map { "; did you mean '\($0)'?" } ?? "; \(choice)name a directory (\(searched))"))
    }

    private static func isFolder(_ url: URL) -> Bool {
        // `ObjCBool` is how Foundation answers; a directory's path with a trailing slash exists only for directories.
        FileManager.default.fileExists(atPath: url.path + "/")
    }

    private static func isModel(_ url: URL) -> Bool {
        FileManager.default.fileExists(atPath: url.appendingPathComponent("config.json").path)
    }
}

extension URL {
    /// This folder and all above it, nearest first.
    var andAncestors: [URL] {
        var all = [standardizedFileURL]
        while let last = all.last, last.path != "/" { all.append(last.deletingLastPathComponent().standardizedFileURL) }
        return all
    }
}
