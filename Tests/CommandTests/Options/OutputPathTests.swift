import Autodidact
import Foundation
import Testing

@testable import AutodidactCLI

@Suite("Where a command line asks for something to be written")
struct OutputPathTests {
    typealias Rule = @Sendable (String, String) throws -> URL
    static let rules: [(name: String, rule: Rule, isFile: Bool, replaces: Bool)] = [
        ("new file", { try OutputPath.newFile($0, for: $1) }, true, false),
        ("new folder", { try OutputPath.newFolder($0, for: $1) }, false, false),
        ("file", { try OutputPath.file($0, for: $1) }, true, true), ("folder", { try OutputPath.folder($0, for: $1) }, false, true),
        ("made folder", { try OutputPath.madeFolder($0, for: $1, on: FolderDisk()) }, false, true),
    ]

    @Test("a folder that cannot be made is refused with the system's reason and a remedy, one that can be is there afterwards")
    func made() async throws {
        try await Workplace.with { place in
            let path = place.folder.appendingPathComponent("new").path
            let error = #expect(throws: BadInput.self) { try OutputPath.madeFolder(path, for: "--option", on: FolderDisk(refuses: true)) }
            #expect(error == BadInput("--option: '\(path)' cannot be made (no room for it); choose another path"))
            #expect(!FileManager.default.fileExists(atPath: path))
            for _ in 0..<2 {
                let made = try OutputPath.madeFolder(path, for: "--option", on: FolderDisk())
                #expect(made.path == path)
            }
            #expect(FileManager.default.fileExists(atPath: path + "/"))
        }
    }

    @Test("one rule holds for all kinds", arguments: rules.indices)
    func rule(index: Int) async throws {
        let (name, rule, isFile, replaces) = Self.rules[index]
        try await Workplace.with { place in
            let (file, folder) = (place.folder.appendingPathComponent("file"), place.folder.appendingPathComponent("folder"))
            try Data().write(to: file)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            func refusal(_ path: String) -> String? {
                do {
                    _ = try rule(path, "--option")
                    return nil
                } catch {
                    return error is BadInput ? "\(error)" : "another error"
                }
            }
            #expect(refusal(folder.appendingPathComponent("new").path) == nil, "\(name)")
            let orphan = refusal(place.folder.appendingPathComponent("nowhere/new").path) ?? ""
            #expect(orphan.hasPrefix("--option: '") && orphan.contains("there is no folder") && orphan.contains("make it first"), "\(name)")
            #expect(refusal(file.appendingPathComponent("new").path)?.contains("is a file, not a folder") == true, "\(name)")
            #expect(refusal("") != nil)
            // What is there of the right kind is replaced or added to only where that costs nothing.
            let (same, other) = isFile ? (file.path, folder.path) : (folder.path, file.path)
            #expect(replaces ? refusal(same) == nil : refusal(same)?.contains("exists already and is not replaced") == true, "\(name)")
            #expect(refusal(other)?.contains(isFile ? "is a folder, not a file" : "is a file, not a folder") == true, "\(name)")
        }
    }
}

/// Makes folders, or refuses to; nothing else is asked of it.
private struct FolderDisk: Disk {
    var refuses = false

    func createDirectory(_ url: URL) throws(DiskError) {
        if refuses { throw DiskError(action: "create directory", path: url.path, reason: "no room for it") }
        do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false) } catch { throw unexpected(url) }
    }

    func read(_ url: URL) throws(DiskError) -> Data { throw unexpected(url) }
    func writeAtomically(_ data: Data, to url: URL) throws(DiskError) { throw unexpected(url) }
    func exists(_ url: URL) -> Bool { false }
    func contents(of url: URL) throws(DiskError) -> [String] { throw unexpected(url) }
    func remove(_ url: URL) throws(DiskError) { throw unexpected(url) }

    private func unexpected(_ url: URL) -> DiskError { DiskError(action: "be asked for", path: url.path, reason: "nothing asks for it") }
}
